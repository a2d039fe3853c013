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

    /// <summary>
    /// The latest of the days from <paramref name="from"/> to before <paramref name="day"/> whose mails were planned and had their end:
    /// sent, refused, or held back on purpose, but neither waiting nor expired. Null when there is none.
    /// </summary>
    /// <param name="kind">The template's name.</param>
    /// <param name="from">The earliest local day's number.</param>
    /// <param name="day">The day to be told.</param>
    /// <param name="at">When a day's mails were due.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<int?> LastToldAsync(string kind, int from, int day, Func<int, DateTimeOffset> at, CancellationToken cancellationToken)
    {
        var days = new EntityQuery(PipelineCounters.Table, Partition(kind), Days.Key(from), Days.Key(day));
        await foreach (var row in store.ReadAllAsync(days, cancellationToken).Reverse().WithCancellation(cancellationToken))
        {
            int planned = Days.ParseKey(row.RowKey);
            var records = row.GetInt32(CountColumn) is 0
                ? []
                : await outreach.PlannedAtAsync(AccountOf(kind), at(planned), cancellationToken);
            if (!records.Any(record => record.State is OutreachState.Planned or OutreachState.Expired))
                return planned;
        }
        return null;
    }

    /// <summary>Plans the mails of a kind and day, an address each.</summary>
    /// <param name="kind">The template's name, which stands in the place of a cause.</param>
    /// <param name="of">What the records are.</param>
    /// <param name="day">The local day's number.</param>
    /// <param name="at">When they are due.</param>
    /// <param name="expiresAt">When they are no news any more.</param>
    /// <param name="mails">What each address is told.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    public async Task PlanAsync(
        string kind,
        OutreachKind of,
        int day,
        DateTimeOffset at,
        DateTimeOffset expiresAt,
        IReadOnlyCollection<KeyValuePair<string, MessageVariables>> mails,
        CancellationToken cancellationToken
    )
    {
        var account = AccountOf(kind);
        foreach (var (address, variables) in mails)
        {
            var record = Record(kind, of, account, at, expiresAt, address, variables);
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
        DateTimeOffset expiresAt,
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
            ExpiresAt = expiresAt,
            Variables = variables,
        };

    private static string Partition(string kind) => $"{kind}s";

    /// <summary>No customer's account: outreach of a kind stands under this key.</summary>
    private static AccountKey AccountOf(string kind) => new($"d_{kind}s");
}
