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
/// Table system, a partition a series (<c>digests</c>, <c>reports</c>, and <c>digests-{calendar}</c> for mornings of another zone or
/// country), a row a day, says that the day's are planned; a run that a crash cut short plans the same ids again.
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

    /// <summary>True when the mails of a series and day were planned.</summary>
    public async Task<bool> ArePlannedAsync(string series, int day, CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, Partition(series), Days.Key(day), cancellationToken) is not null;

    /// <summary>
    /// The latest of the days from <paramref name="from"/> to before <paramref name="day"/> whose mails were planned and had their end:
    /// sent, refused, or held back on purpose, but neither waiting nor expired. Null when there is none.
    /// </summary>
    /// <param name="series">As the mails were planned.</param>
    /// <param name="from">The earliest local day's number.</param>
    /// <param name="day">The day to be told.</param>
    /// <param name="at">When a day's mails were due.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<int?> LastToldAsync(
        string series,
        int from,
        int day,
        Func<int, DateTimeOffset> at,
        CancellationToken cancellationToken
    )
    {
        var days = new EntityQuery(PipelineCounters.Table, Partition(series), Days.Key(from), Days.Key(day));
        await foreach (var row in store.ReadAllAsync(days, cancellationToken).Reverse().WithCancellation(cancellationToken))
        {
            int planned = Days.ParseKey(row.RowKey);
            var records = row.GetInt32(CountColumn) is 0
                ? []
                : await outreach.PlannedAtAsync(AccountOf(series), at(planned), cancellationToken);
            if (!records.Any(record => record.State is OutreachState.Planned or OutreachState.Expired))
                return planned;
        }
        return null;
    }

    /// <summary>Plans the mails of a series and day, one for each of those who get them.</summary>
    /// <param name="series">What they stand under, with those of other days.</param>
    /// <param name="plan">What they are, and when they are due.</param>
    /// <param name="mails">What each is told.</param>
    /// <param name="planned">
    /// Told the mails as they stand, before the day is noted as done: a run after a crash tells it the mails of the first.
    /// </param>
    /// <param name="cancellationToken">Stops the planning.</param>
    public async Task PlanAsync(
        string series,
        TeamMailPlan plan,
        IReadOnlyCollection<TeamMail> mails,
        Func<OutreachRecord, Task> planned,
        CancellationToken cancellationToken
    )
    {
        var account = AccountOf(series);
        foreach (var mail in mails)
        {
            var record = Record(plan, account, mail);
            await wakes.AddAsync(
                new Wake(clock.GetUtcNow() + options.WorkerTimeout, WakeKind.Outreach, account, record.Id),
                cancellationToken
            );
            await outreach.AnnounceAsync(record, cancellationToken);
            var inserted = await store.CommitAsync(AccountRows.Table, account.Value, [OutreachRows.Insert(record)], cancellationToken);
            if (inserted.Committed)
                await queue.SendAsync(QueueNames.Outreach, [new OutreachId(record.Id).ToMessage()], cancellationToken);
        }
        foreach (var record in await outreach.PlannedAtAsync(account, plan.At, cancellationToken))
            await planned(record);
        var done = new Entity(Partition(series), Days.Key(plan.Day)) { [CountColumn] = mails.Count };
        await store.CommitAsync(PipelineCounters.Table, done.PartitionKey, [EntityOperation.Upsert(done)], cancellationToken);
    }

    private OutreachRecord Record(TeamMailPlan plan, AccountKey account, TeamMail mail) =>
        new()
        {
            Id = OutreachId.Of(account, mail.To.ToLowerInvariant(), plan.Template, null, plan.At).Value,
            Kind = plan.Kind,
            Account = account.Value,
            AccountId = "",
            Cause = plan.Template,
            Template = plan.Template,
            Locale = model.TeamLocale,
            Channel = mail.Channel,
            To = mail.To,
            State = OutreachState.Planned,
            PlannedAt = plan.At,
            ExpiresAt = plan.ExpiresAt,
            Variables = mail.Variables,
        };

    private static string Partition(string series)
    {
        int dash = series.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? $"{series}s" : $"{series[..dash]}s{series[dash..]}";
    }

    /// <summary>No customer's account: outreach of a series stands under this key.</summary>
    private static AccountKey AccountOf(string series) => new($"d_{Partition(series)}");
}

/// <summary>What some mails to the team are, and when they are due.</summary>
/// <param name="Template">The template's name, which stands in the place of a cause.</param>
/// <param name="Kind">What the records are.</param>
/// <param name="Day">The local day's number.</param>
/// <param name="At">When they are due.</param>
/// <param name="ExpiresAt">When they are no news any more.</param>
public sealed record TeamMailPlan(string Template, OutreachKind Kind, int Day, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>What one of the team is told, over one of <see cref="AlertChannels"/>.</summary>
public sealed record TeamMail(string Channel, string To, MessageVariables Variables);
