using Signals.Core.Cohorts;

namespace Signals.Core.Pipeline;

/// <summary>
/// What keeps the tables from growing for ever, and the day's cohort norms. Both hosts run it once a day; running it again, or twice at once,
/// does no harm.
/// </summary>
public sealed class Housekeeping(PipelineCounters counters, CohortPass cohorts, TimeProvider clock)
{
    /// <summary>Returns how many rows were removed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int removed = await counters.PruneAsync(clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        await cohorts.RunAsync(cancellationToken).ConfigureAwait(false);
        return removed;
    }
}
