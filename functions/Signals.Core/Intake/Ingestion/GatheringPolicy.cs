namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Says how long a gathering waits for more. It waits while requests come thick, and no longer than that gains something: senders who
/// wait for an answer before they post again send nothing while they are kept waiting. Used under its owner's lock.
/// </summary>
internal sealed class GatheringPolicy(TimeProvider clock, IngestionOptions options)
{
    /// <summary>After waiting in vain n + 1 times in a row it is not tried again for 2^n sends, n up to this.</summary>
    private const int MostDoublings = 6;

    /// <summary>When nobody came for this long, and for half of the time waited, nobody else is coming.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);

    private readonly ArrivalRate _arrivals = new(clock);
    private bool _waited;
    private int _inVain;
    private int _untilNextTry;

    public void NoteArrival() => _arrivals.Note();

    /// <summary>How long to wait before asking again; null when it is time to send.</summary>
    public TimeSpan? WaitFor(Gathering gathering)
    {
        if (
            options.GatherTime == TimeSpan.Zero
            || gathering.Portions.Count == 0
            || gathering.Full.IsCompleted
            || _untilNextTry > 0
            || _arrivals.Now() < options.GatherAbove
        )
            return null;
        var elapsed = clock.GetElapsedTime(gathering.Since);
        var silent = clock.GetElapsedTime(gathering.LastAt);
        if (elapsed >= options.GatherTime || (silent >= Silence && silent >= elapsed / 2))
            return null;
        _waited = true;
        var left = options.GatherTime - elapsed;
        return left < Silence ? left : Silence;
    }

    /// <summary>Learns from what is sent now whether waiting was worth it.</summary>
    public void NoteSend(Gathering gathering)
    {
        if (!_waited)
        {
            _untilNextTry = Math.Max(0, _untilNextTry - 1);
            return;
        }
        _waited = false;
        _inVain = gathering.Portions.Count > 1 ? 0 : Math.Min(_inVain + 1, MostDoublings + 1);
        _untilNextTry = _inVain < 2 ? 0 : 1 << (_inVain - 1);
    }
}
