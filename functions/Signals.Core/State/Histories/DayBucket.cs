using System.Numerics;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.State.Histories;

/// <summary>
/// One UTC day of one person (or account): how often each event name occurred, property sums, and the half hours with activity.
/// Counts and sums are indexed by the owning <see cref="History"/>'s names and sums.
/// </summary>
public sealed class DayBucket(int day)
{
    public const int SlotsPerDay = 48;

    private SparseTotals _counts;
    private SparseTotals _sums;

    public int Day { get; } = day;

    /// <summary>Bit n is set when something happened in the n-th half hour of the day.</summary>
    public ulong Slots { get; set; }

    /// <summary>Events whose name found no room in the history's list of names.</summary>
    public int Overflow { get; set; }

    /// <summary>Accounts only: how many different people did something that day.</summary>
    public int People { get; set; }

    /// <summary>Distinct values by index of the history's sketch keys; null while there are none.</summary>
    public SortedDictionary<int, DistinctSketch>? Sketches { get; set; }

    /// <summary>
    /// Sessions by the half-hour rule: unbroken runs of active half hours. Runs are a property of the set of slots, so they do not
    /// depend on the order of arrival.
    /// </summary>
    public int Sessions => BitOperations.PopCount(Slots & ~(Slots << 1));

    public int Count(int name) => (int)Math.Min(int.MaxValue, _counts[name]);

    public long Sum(int key) => _sums[key];

    public void AddCount(int name, int amount) => _counts.Add(name, amount);

    public void AddSum(int key, long micros) => _sums.Add(key, micros);

    public DistinctSketch Sketch(int key)
    {
        Sketches ??= [];
        if (!Sketches.TryGetValue(key, out var sketch))
            Sketches[key] = sketch = new DistinctSketch();
        return sketch;
    }

    /// <summary>Adds another bucket's activity; its indexes are translated by the lists, where a negative name is overflow.</summary>
    internal void MergeFrom(DayBucket other, List<int> names, List<int> sums, List<int> sketches)
    {
        Slots |= other.Slots;
        Overflow += other.Overflow;
        for (int i = 0; i < other._counts.Length; i++)
        {
            var (key, count) = other._counts.At(i);
            if (names[key] >= 0)
                _counts.Add(names[key], count);
            else
                Overflow += (int)count;
        }
        for (int i = 0; i < other._sums.Length; i++)
        {
            var (key, sum) = other._sums.At(i);
            _sums.Add(sums[key], sum);
        }
        foreach (var (key, sketch) in other.Sketches ?? [])
            Sketch(sketches[key]).MergeFrom(sketch);
    }

    public void Write(PackWriter writer, int previousDay)
    {
        writer.Count(Day - previousDay);
        writer.Unsigned(Slots);
        writer.Count(Overflow);
        writer.Count(People);
        _counts.Write(writer);
        _sums.Write(writer);
        writer.Count(Sketches?.Count ?? 0);
        if (Sketches is null)
            return;
        foreach (var (key, sketch) in Sketches)
        {
            writer.Count(key);
            sketch.Write(writer);
        }
    }

    public static DayBucket Read(ref PackReader reader, int previousDay, int names, int sums, int sketches)
    {
        long day = (long)previousDay + reader.Int();
        if (day <= previousDay || day > DateOnly.MaxValue.DayNumber)
            throw new InvalidDataException($"A packed day follows day {previousDay} and is in the calendar; found {day}.");
        var bucket = new DayBucket((int)day)
        {
            Slots = reader.Unsigned(),
            Overflow = reader.Int(),
            People = reader.Int(),
            _counts = SparseTotals.Read(ref reader, names),
            _sums = SparseTotals.Read(ref reader, sums),
        };
        for (int count = reader.Count(); count > 0; count--)
            (bucket.Sketches ??= [])[reader.Index(sketches)] = DistinctSketch.Read(ref reader);
        return bucket;
    }
}
