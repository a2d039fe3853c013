namespace Signals.Core.Pipeline;

/// <summary>What keeps the tables from growing for ever. Both hosts run it once a day; running it again, or twice at once, does no harm.</summary>
public sealed class Housekeeping(PipelineCounters counters, TimeProvider clock)
{
    /// <summary>Returns how many rows were removed.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => counters.PruneAsync(clock.GetUtcNow(), cancellationToken);
}
