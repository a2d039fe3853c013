using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;

namespace Signals.Web.Api;

/// <summary>Counts what became of every event.</summary>
/// <remarks>
/// Two sources are read, the queue's depth and the counters, and nothing locks them both. A message is counted before it leaves the queue,
/// and here the depth is read before the counters: so no accepted event is missed, but those of a message that is counted and not yet
/// settled, or settled between the two reads, are in both sums. <c>accepted</c> never falls, hence of several readings, each right or too
/// high, the lowest is the nearest. When nothing is being folded the first reading is exact; while folding goes on the answer can be too
/// high by the messages that a worker has in hand between counting and settling.
/// </remarks>
internal sealed class PipelineReader(PipelineCounters counters, IMessageQueue queue)
{
    private const int MaxReadings = 3;

    public async Task<PipelineView> ReadAsync(CancellationToken cancellationToken)
    {
        PipelineView? best = null;
        var depth = await queue.GetDepthAsync(QueueNames.Usage, cancellationToken);
        for (int reading = 0; reading < MaxReadings; reading++)
        {
            var view = Of(depth, await counters.GetAsync(cancellationToken));
            if (best is null || view.Accepted < best.Accepted)
                best = view;
            var after = await queue.GetDepthAsync(QueueNames.Usage, cancellationToken);
            if (after == depth)
                break;
            depth = after;
        }
        return best!;
    }

    private static PipelineView Of(QueueDepth depth, PipelineTotals totals)
    {
        long queued = depth.Items + depth.DeadLetteredItems;
        return new PipelineView(
            totals.Folded + totals.Duplicates + totals.Quarantined + queued,
            totals.Folded,
            totals.Duplicates,
            totals.Quarantined,
            queued,
            depth.DeadLetteredItems
        )
        {
            AtLeast = depth.IsAtLeast,
        };
    }
}
