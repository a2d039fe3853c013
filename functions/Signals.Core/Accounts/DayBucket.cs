using System.Numerics;
using Signals.Core.Packing;

namespace Signals.Core.Accounts;

/// <summary>
/// One UTC day of one person (or account): how often each event name occurred, property sums, and the half hours with activity.
/// Counts and sums are indexed by the owning <see cref="History"/>'s names and sums.
/// </summary>
public sealed class DayBucket(int day)
{
    public const int SlotsPerDay = 48;

    private int[] _counts = [];
    private long[] _sums = [];

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

    public int Count(int name) => name < _counts.Length ? _counts[name] : 0;

    public long Sum(int key) => key < _sums.Length ? _sums[key] : 0;

    public void AddCount(int name, int amount)
    {
        Grow(ref _counts, name);
        _counts[name] = (int)Math.Min(int.MaxValue, (long)_counts[name] + amount);
    }

    public void AddSum(int key, long micros)
    {
        Grow(ref _sums, key);
        _sums[key] = Saturated(_sums[key], micros);
    }

    public DistinctSketch Sketch(int key)
    {
        Sketches ??= [];
        if (!Sketches.TryGetValue(key, out var sketch))
            Sketches[key] = sketch = new DistinctSketch();
        return sketch;
    }

    public void Write(PackWriter writer, int previousDay)
    {
        writer.Signed(Day - previousDay);
        writer.Unsigned(Slots);
        writer.Count(Overflow);
        writer.Count(People);
        writer.Count(_counts.Count(count => count != 0));
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            writer.Count(i);
            writer.Count(_counts[i]);
        }
        writer.Count(_sums.Count(sum => sum != 0));
        for (int i = 0; i < _sums.Length; i++)
        {
            if (_sums[i] == 0)
                continue;
            writer.Count(i);
            writer.Signed(_sums[i]);
        }
        writer.Count(Sketches?.Count ?? 0);
        foreach (var (key, sketch) in Sketches ?? [])
        {
            writer.Count(key);
            sketch.Write(writer);
        }
    }

    public static DayBucket Read(ref PackReader reader, int previousDay, int names, int sums)
    {
        var bucket = new DayBucket(previousDay + (int)reader.Signed())
        {
            Slots = reader.Unsigned(),
            Overflow = reader.Int(),
            People = reader.Int(),
            _counts = new int[names],
            _sums = new long[sums],
        };
        for (int count = reader.Count(); count > 0; count--)
            bucket._counts[reader.Int()] = reader.Int();
        for (int count = reader.Count(); count > 0; count--)
            bucket._sums[reader.Int()] = reader.Signed();
        for (int count = reader.Count(); count > 0; count--)
            (bucket.Sketches ??= [])[reader.Int()] = DistinctSketch.Read(ref reader);
        return bucket;
    }

    private static void Grow<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
            Array.Resize(ref array, Math.Max(index + 1, array.Length == 0 ? 4 : array.Length * 2));
    }

    private static long Saturated(long a, long b)
    {
        long sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? long.MinValue : long.MaxValue) : sum;
    }
}
