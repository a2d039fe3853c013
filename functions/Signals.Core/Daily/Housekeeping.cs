using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Experiments;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily;

/// <summary>
/// What both hosts do once a day: what keeps the tables from growing for ever, and sums and norms that are too large to make at every look.
/// Running it again, or twice at once, does no harm.
/// </summary>
public sealed class Housekeeping(
    PipelineCounters counters, PipelineWatch watch, Quarantine quarantine, AccountLists lists, FigureBook figures, CohortPass cohorts, EffectLog effects,
    MeasurePass measures, TimeProvider clock)
{
    /// <summary>Returns how many rows were removed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int removed = await counters.PruneAsync(clock.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            + await watch.PruneAsync(cancellationToken).ConfigureAwait(false)
            + await quarantine.PruneAsync(clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        removed += await lists.PruneAsync(cancellationToken).ConfigureAwait(false);
        removed += await figures.PruneAsync(Days.Of(clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        await cohorts.RunAsync(cancellationToken).ConfigureAwait(false);
        await effects.SumAsync(cancellationToken).ConfigureAwait(false);
        await measures.RunAsync(cancellationToken).ConfigureAwait(false);
        return removed;
    }
}
