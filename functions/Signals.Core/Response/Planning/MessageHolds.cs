using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Planning;

/// <summary>
/// Holds an account's messages and lets them go again. The hold stands in the account's row, where planning and sending read it anyway;
/// when it ends by itself a wake-up has the account reviewed, so that what was not planned meanwhile is.
/// </summary>
public sealed class MessageHolds(
    IEntityStore store,
    WakeIndex wakes,
    OutreachRows outreach,
    IMessageQueue queue,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>The newest messages of an account, among which its cards are looked for.</summary>
    private const int MessagesLookedAt = 200;

    private readonly AccountRows _rows = new(store);

    /// <summary>Holds messages from now on, in the place of an earlier hold; null when there is no such account.</summary>
    /// <param name="key">The account.</param>
    /// <param name="until">A moment to come, at most <see cref="MessageHold.MaxDays"/> ahead.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="reason">Why, in their words.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    public async Task<MessageHold?> HoldAsync(
        AccountKey key,
        DateTimeOffset until,
        string by,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (until <= now || until > now.AddDays(MessageHold.MaxDays))
            throw new ArgumentOutOfRangeException(
                nameof(until),
                until,
                $"A hold ends at a time to come within {MessageHold.MaxDays} days of {now:yyyy-MM-dd}."
            );
        string why = reason.Length > MessageHold.MaxReasonChars ? reason[..MessageHold.MaxReasonChars] : reason;
        var hold = new MessageHold(Stored(until), by, why, Stored(now));
        await wakes.AddAsync([new Wake(hold.Until, WakeKind.Review, key)], cancellationToken);
        if (await ChangeAsync(key, hold, cancellationToken) is not { } account)
            return null;
        await audit.WriteAsync(
            new AuditEntry(now, by, "account.held", account.Id, $"until {hold.Until:yyyy-MM-dd HH:mm} UTC"),
            cancellationToken
        );
        await LookAtCardsAsync(key, now, cancellationToken);
        return hold;
    }

    /// <summary>Lets messages go again; false when nothing was held.</summary>
    public async Task<bool> ReleaseAsync(AccountKey key, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await _rows.GetAccountAsync(key, cancellationToken) is not { Hold: { } hold } || !hold.StandsAt(now))
            return false;
        await wakes.AddAsync([new Wake(now, WakeKind.Review, key)], cancellationToken);
        if (await ChangeAsync(key, null, cancellationToken) is not { } account)
            return false;
        await audit.WriteAsync(new AuditEntry(now, by, "account.released", account.Id), cancellationToken);
        return true;
    }

    /// <summary>Has an account's hold as it was before; false when there is no such account.</summary>
    /// <param name="key">The account.</param>
    /// <param name="before">The hold that stood, or null for none.</param>
    /// <param name="by">Who undoes what came after it.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    public async Task<bool> PutBackAsync(AccountKey key, MessageHold? before, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await wakes.AddAsync([new Wake(before?.Until ?? now, WakeKind.Review, key)], cancellationToken);
        if (await ChangeAsync(key, before, cancellationToken) is not { } account)
            return false;
        var entry = before is null
            ? new AuditEntry(now, by, "account.released", account.Id)
            : new AuditEntry(now, by, "account.held", account.Id, $"as before, until {before.Until:yyyy-MM-dd HH:mm} UTC");
        await audit.WriteAsync(entry, cancellationToken);
        return true;
    }

    /// <summary>Has the cards that stand looked at: a hold takes them back.</summary>
    private async Task LookAtCardsAsync(AccountKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = (await outreach.OfAccountAsync(key, MessagesLookedAt, null, cancellationToken))
            .Where(record =>
                record.Channel == CustomerChannels.InApp
                && record.State is OutreachState.Sent or OutreachState.Delivered
                && record.Card?.StandsAt(now) == true
            )
            .Select(record => new OutreachId(record.Id).ToMessage(now))
            .ToList();
        if (standing.Count > 0)
            await queue.SendAsync(QueueNames.Outreach, standing, cancellationToken);
    }

    /// <summary>A moment as an account's row keeps it: what is returned is what will be read.</summary>
    private static DateTimeOffset Stored(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    private Task<AccountState?> ChangeAsync(AccountKey key, MessageHold? hold, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync<AccountState?>(
            $"hold the messages of account '{key}'",
            clock,
            async () =>
            {
                if (await _rows.GetAccountAsync(key, cancellationToken) is not { } account)
                    return null;
                account.Hold = hold;
                // The next review plans anew.
                account.Changed = true;
                var result = await store.CommitAsync(AccountRows.Table, key.Value, [AccountRows.Save(account)], cancellationToken);
                return result.Committed ? account : Attempt.Conflict;
            },
            cancellationToken
        );
}
