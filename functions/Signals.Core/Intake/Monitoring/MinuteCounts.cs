namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// What this process did, minute by minute, until <see cref="PipelineWatch"/> writes it down: nothing here waits or reads. A crash loses
/// its last minute; the totals that must be right are <see cref="PipelineCounters"/>'.
/// </summary>
public sealed class MinuteCounts(TimeProvider clock)
{
    /// <summary>Minutes that are kept while they cannot be written.</summary>
    public const int MaxMinutes = 120;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, MinuteCount> _minutes = [];

    /// <summary>Events that are durable in the queue.</summary>
    public void NoteAccepted(int events) => Add(MinuteCount.Of(default) with { Accepted = events });

    /// <summary>
    /// What became of the events of a queue message; <paramref name="lag"/> is null when none of them could be understood.
    /// </summary>
    public void NoteFold(int folded, int duplicates, int quarantined, TimeSpan? lag) =>
        Add(
            new MinuteCount(
                default,
                0,
                folded,
                duplicates,
                quarantined,
                lag is { } elapsed && elapsed < TimeSpan.Zero ? TimeSpan.Zero : lag
            )
        );

    /// <summary>Takes out the minutes that are over, or all.</summary>
    internal IReadOnlyList<MinuteCount> Take(bool all)
    {
        lock (_gate)
        {
            long now = MinuteOf(clock.GetUtcNow());
            List<MinuteCount> taken = [.. _minutes.Where(minute => all || minute.Key < now).Select(minute => minute.Value)];
            foreach (var minute in taken)
                _minutes.Remove(MinuteOf(minute.Minute));
            return taken;
        }
    }

    /// <summary>Gives back what could not be written.</summary>
    internal void PutBack(IEnumerable<MinuteCount> minutes)
    {
        lock (_gate)
        {
            foreach (var minute in minutes)
                Add(MinuteOf(minute.Minute), minute);
        }
    }

    private void Add(MinuteCount count)
    {
        lock (_gate)
            Add(MinuteOf(clock.GetUtcNow()), count);
    }

    private void Add(long minute, MinuteCount count)
    {
        _minutes[minute] =
            (
                _minutes.TryGetValue(minute, out var known)
                    ? known
                    : MinuteCount.Of(new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero))
            ) + count;
        if (_minutes.Count > MaxMinutes)
            _minutes.Remove(_minutes.Keys.First());
    }

    private static long MinuteOf(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerMinute;
}
