using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// Mails to the team that belong to no customer's account. They are outreach: claimed and sent as everything else, once, whatever crashes.
/// </summary>
/// <remarks>
/// Table system, a partition a kind (<c>digests</c>, <c>reports</c>), a row a day, says that the day's are planned; a run that a crash cut
/// short plans
/// the same ids again.
/// </remarks>
public sealed class TeamMails(
    IEntityStore store,
    OutreachRows outreach,
    WakeIndex wakes,
    IMessageQueue queue,
    ValueModel model,
    OutreachOptions options,
    TimeProvider clock
)
{
    private const string CountColumn = "count";

    /// <summary>True when the mails of a kind and day were planned.</summary>
    public async Task<bool> ArePlannedAsync(string kind, int day, CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, Partition(kind), Days.Key(day), cancellationToken) is not null;

    /// <summary>Plans the mails of a kind and day, an address each.</summary>
    /// <param name="kind">The template's name, which stands in the place of a cause.</param>
    /// <param name="of">What the records are.</param>
    /// <param name="day">The local day's number.</param>
    /// <param name="at">When they are due.</param>
    /// <param name="mails">What each address is told.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    public async Task PlanAsync(
        string kind,
        OutreachKind of,
        int day,
        DateTimeOffset at,
        IReadOnlyCollection<KeyValuePair<string, MessageVariables>> mails,
        CancellationToken cancellationToken
    )
    {
        var account = AccountOf(kind);
        foreach (var (address, variables) in mails)
        {
            var record = Record(kind, of, account, at, address, variables);
            await wakes.AddAsync(
                new Wake(clock.GetUtcNow() + options.WorkerTimeout, WakeKind.Outreach, account, record.Id),
                cancellationToken
            );
            await outreach.AnnounceAsync(record, cancellationToken);
            var inserted = await store.CommitAsync(AccountRows.Table, account.Value, [OutreachRows.Insert(record)], cancellationToken);
            if (inserted.Committed)
                await queue.SendAsync(QueueNames.Outreach, [new OutreachId(record.Id).ToMessage()], cancellationToken);
        }
        var done = new Entity(Partition(kind), Days.Key(day)) { [CountColumn] = mails.Count };
        await store.CommitAsync(PipelineCounters.Table, done.PartitionKey, [EntityOperation.Upsert(done)], cancellationToken);
    }

    private OutreachRecord Record(
        string kind,
        OutreachKind of,
        AccountKey account,
        DateTimeOffset at,
        string address,
        MessageVariables variables
    ) =>
        new()
        {
            Id = OutreachId.Of(account, address.ToLowerInvariant(), kind, null, at).Value,
            Kind = of,
            Account = account.Value,
            AccountId = "",
            Cause = kind,
            Template = kind,
            Locale = model.TeamLocale,
            To = address,
            State = OutreachState.Planned,
            PlannedAt = at,
            ExpiresAt = at.AddDays(model.Outreach.ExpireAfterDays),
            Variables = variables,
        };

    private static string Partition(string kind) => $"{kind}s";

    /// <summary>No customer's account: outreach of a kind stands under this key.</summary>
    private static AccountKey AccountOf(string kind) => new($"d_{kind}s");
}
