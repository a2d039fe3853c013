using System.Numerics;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.State.Histories;

/// <summary>
/// One UTC day of one person (or account): how often each event name occurred, property sums, and the half hours with activity.
/// Counts and sums are indexed by the owning <see cref="History"/>'s names and sums. To be read before the history changes.
/// </summary>
public readonly struct DayBucket
{
    public const int SlotsPerDay = 48;

    private readonly DayTable _days;
    private readonly int _index;

    internal DayBucket(DayTable days, int index)
    {
        _days = days;
        _index = index;
    }

    public int Day => _days.DayAt(_index);

    /// <summary>Bit n is set when something happened in the n-th half hour of the day.</summary>
    public ulong Slots => _days.SlotsAt(_index);

    /// <summary>Events whose name found no room in the history's list of names.</summary>
    public int Overflow => _days.ExtrasAt(_index)?.Overflow ?? 0;

    /// <summary>Accounts only: how many different people did something that day.</summary>
    public int People => _days.ExtrasAt(_index)?.People ?? 0;

    /// <summary>Distinct values by index of the history's sketch keys; null while there are none.</summary>
    public IReadOnlyDictionary<int, DistinctSketch>? Sketches => _days.ExtrasAt(_index)?.Sketches;

    /// <summary>
    /// Sessions by the half-hour rule: unbroken runs of active half hours. Runs are a property of the set of slots, so they do not
    /// depend on the order of arrival.
    /// </summary>
    public int Sessions => BitOperations.PopCount(Slots & ~(Slots << 1));

    public int Count(int name) => (int)Math.Min(int.MaxValue, _days.CountAt(_index, name));

    public long Sum(int key) => _days.SumAt(_index, key);

    internal void Deconstruct(out DayTable days, out int index) => (days, index) = (_days, _index);
}
