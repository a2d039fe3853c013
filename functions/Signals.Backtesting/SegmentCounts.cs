using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Segments;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Backtesting;

/// <summary>
/// How many accounts of a history are in each of the model's segments on its last day (UTC). What people wrote is not understood here:
/// by words nobody is in any.
/// </summary>
public sealed class SegmentCounts(ValueModel model)
{
    private readonly Replay _replay = new(model);
    private int _last;

    /// <summary>Takes one event; memory grows with people and accounts.</summary>
    public void Add(UsageEvent usageEvent)
    {
        _last = Math.Max(_last, Days.Of(usageEvent.Timestamp));
        _replay.Fold(usageEvent, MessageHash.Of(usageEvent.MessageId));
    }

    /// <summary>The segments in the model's order, each with its accounts, and how many accounts there are.</summary>
    public (IReadOnlyList<(SegmentDefinition Segment, int Accounts)> Segments, int Accounts) Count()
    {
        int[] counts = new int[model.Segments.Count];
        int all = 0;
        foreach (var account in _replay.Accounts.Values.Where(_replay.IsReviewed))
        {
            var own = account.State.Key.IsGroup ? null : account.People.All.First().History;
            var context = AccountContext.Of(account.State, own, model, _replay.Known, _last);
            if (context.Usage.FirstDay is null && account.State.Profile.NewestAt is null)
                continue;
            all++;
            for (int i = 0; i < counts.Length; i++)
                counts[i] += AccountSegments.Holds(model.Segments[i], context, _last) ? 1 : 0;
        }
        return ([.. model.Segments.Select((segment, i) => (segment, counts[i]))], all);
    }
}
