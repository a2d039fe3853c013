using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Addresses;

/// <summary>
/// What the link in a mail to somebody's old address does: it confirms the new one, which a browser named and no server has said. The word
/// then goes the way of every event, as a server's <c>identify</c>, so that it is folded once, whatever crashes.
/// </summary>
public sealed class AddressConfirmation(
    AddressTokens tokens,
    OutreachRows rows,
    IEntityStore store,
    IngestionService ingestion,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>As the audit trail names whoever opened the link.</summary>
    private const string Who = "link in a mail";

    private readonly AccountRows _accounts = new(store);

    /// <summary>
    /// What the link is about; null for a link that is not ours, over, used, or about an address that is not what waits any more.
    /// </summary>
    public async Task<WaitingConfirmation?> FindAsync(string? text, CancellationToken cancellationToken)
    {
        if (
            !model.Outreach.ConfirmAddresses
            || tokens.Verify(text, clock.GetUtcNow()) is not { } token
            || OutreachId.Parse(token.OutreachId) is not { } id
            || await rows.GetAsync(id, cancellationToken) is not { } stored
        )
            return null;
        var record = stored.Record;
        if (record.Cause != OutreachTemplates.ConfirmAddress || record.GoalReached == true || record.Detail != token.Address)
            return null;
        var person = await _accounts.GetPersonAsync(id.Account, new PersonKey(record.Person), cancellationToken);
        return
            person is not null
            && Mailbox.AreSame(person.Email, record.To)
            && AddressChecks.WaitingOf(person) is { } address
            && AddressTokens.HashOf(address) == token.Address
            ? new WaitingConfirmation(stored, address)
            : null;
    }

    /// <summary>
    /// Has the new address taken, in every account of the person that knows the old one. Done twice at once it is one word: the events'
    /// ids are made of the mail's.
    /// </summary>
    public async Task ConfirmAsync(WaitingConfirmation waiting, CancellationToken cancellationToken)
    {
        var record = waiting.Stored.Record;
        var now = clock.GetUtcNow();
        var accounts = await AccountsOfAsync(record, cancellationToken);
        byte[] traits = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string>(StringComparer.Ordinal) { [Traits.Email] = waiting.Address },
            AddressJson.Default.DictionaryStringString
        );
        var events = accounts.Select(account => new UsageEvent
        {
            Type = EventType.Identify,
            MessageId = $"address:{record.Id}:{MessageHash.Of(account.Key.Value):x16}",
            UserId = record.PersonId,
            GroupId = account.Key.IsGroup ? account.Id : null,
            Timestamp = now,
            ReceivedAt = now,
            Payload = traits,
        });
        await ingestion.AcceptAsync(new EventBatch([.. events], []), cancellationToken);
        // The word is safe: whoever opens the link again, or opened it at the same time, only says it once more.
        await rows.ReplaceAsync(waiting.Stored, record with { GoalReached = true }, cancellationToken);
        await audit.WriteAsync(new AuditEntry(now, Who, "address.confirmed", record.AccountId), cancellationToken);
    }

    private async Task<IReadOnlyList<AccountState>> AccountsOfAsync(OutreachRecord record, CancellationToken cancellationToken)
    {
        var person = new PersonKey(record.Person);
        var here = new OutreachId(record.Id).Account;
        var own = await _accounts.GetAccountAsync(AccountKey.Own(person), cancellationToken);
        var keys = (own?.Groups ?? []).Select(group => new AccountKey(group)).Prepend(here).Distinct();
        var found = new List<AccountState>();
        foreach (var key in keys)
        {
            if (
                await _accounts.GetAccountAsync(key, cancellationToken) is { } account
                && await _accounts.GetPersonAsync(key, person, cancellationToken) is { } known
                && Mailbox.AreSame(known.Email, record.To)
            )
                found.Add(account);
        }
        return found;
    }
}

/// <summary>A new address that its person's old one may confirm now.</summary>
public sealed record WaitingConfirmation(StoredOutreach Stored, string Address);
