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
    /// The day on which the model saw a goal reached, since it was written; null for not yet, or for what only a person can tell.
    /// </summary>
    public static DateOnly? SeenOn(PlanGoal goal, UsageView usage, ValueModel model)
    {
        if (goal.Signal is not { } signal)
            return null;
        IReadOnlyList<string> events = model.Features.FirstOrDefault(feature => feature.Id == signal)?.Events ?? [signal];
        int[] indexes = usage.IndexesOf(events);
        if (indexes.Length == 0)
            return null;
        int from = Days.Of(goal.At);
        foreach (var bucket in usage.Buckets)
        {
            if (bucket.Day >= from && indexes.Any(index => bucket.Count(index) > 0))
                return Days.Date(bucket.Day);
        }
        return null;
    }
}
