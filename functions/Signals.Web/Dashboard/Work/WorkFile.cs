using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Work;

namespace Signals.Web.Dashboard.Work;

/// <summary>What the team does for one account, as its page shows it.</summary>
internal sealed record WorkFile(AccountWork Work, IReadOnlyList<AccountNote> Notes, bool HasMoreNotes)
{
    public const int NotesShown = 20;

    public static async Task<WorkFile> ReadAsync(
        WorkBook work,
        AccountNotes notes,
        Core.State.Identity.AccountKey account,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var read = await notes.ReadAsync(account, after, NotesShown + 1, cancellationToken);
        return new WorkFile(await work.GetAsync(account, cancellationToken), [.. read.Take(NotesShown)], read.Count > NotesShown);
    }

    /// <summary>
    /// How often a goal's signal was seen since it was written, and the day on which that was enough; null for what only a person can tell.
    /// </summary>
    public static GoalSeen? SeenOf(PlanGoal goal, UsageView usage, ValueModel model)
    {
        IReadOnlyList<string> events = goal switch
        {
            { Event: { } name } => [name],
            { Signal: { } signal } => model.FeatureOf(signal)?.Events ?? [signal],
            _ => [],
        };
        if (events.Count == 0)
            return null;
        int[] indexes = usage.IndexesOf(events);
        int from = Days.Of(goal.At),
            needed = goal.Times ?? 1;
        long times = 0;
        foreach (var bucket in usage.Buckets)
        {
            if (bucket.Day < from)
                continue;
            times += indexes.Sum(index => (long)bucket.Count(index));
            if (times >= needed)
                return new GoalSeen(times, Days.Date(bucket.Day));
        }
        return new GoalSeen(times, null);
    }
}

/// <summary>How far a goal is, as events tell it.</summary>
/// <param name="Times">So often until the day on which it was enough, or until now.</param>
/// <param name="On">The day on which it was enough; null for not yet.</param>
internal sealed record GoalSeen(long Times, DateOnly? On);
