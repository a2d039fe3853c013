using Signals.Core.Platform.Serialization;

namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Quantiles of amounts of 0 and more, each within 2%, in room that grows with the logarithm of their range; sketches add up.
/// </summary>
/// <remarks>Buckets that grow geometrically: Masson, Rim, Lee, "DDSketch" (2019).</remarks>
public sealed class QuantileSketch
{
    private const double Growth = 1.04;

    private readonly SortedDictionary<int, int> _buckets = [];
    private int _zeros;

    public int Count { get; private set; }

    public void Add(double amount)
    {
        Count++;
        if (amount <= 0)
            _zeros++;
        else
        {
            int bucket = Bucket(amount);
            _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + 1;
        }
    }

    public void MergeFrom(QuantileSketch other)
    {
        Count += other.Count;
        _zeros += other._zeros;
        foreach (var (bucket, count) in other._buckets)
            _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
    }

    /// <summary>The amount below which so large a share of the others lies; 0 of an empty sketch.</summary>
    public double Quantile(double share)
    {
        double rank = share * Count;
        double below = _zeros;
        if (rank <= below)
            return 0;
        foreach (var (bucket, count) in _buckets)
        {
            below += count;
            if (below >= rank)
                return Math.Pow(Growth, bucket + 0.5);
        }
        return 0;
    }

    /// <summary>The share of the others that are not above an amount, within 2% of it; 0 for an amount of nothing.</summary>
    public double ShareUpTo(double amount)
    {
        if (amount <= 0 || Count == 0)
            return 0;
        return (double)(Count - CountAbove(amount)) / Count;
    }

    /// <summary>How many of the others are above an amount, within 2% of it.</summary>
    public int CountAbove(double amount)
    {
        int last = amount <= 0 ? int.MinValue : Bucket(amount);
        return _buckets.SkipWhile(bucket => bucket.Key <= last).Sum(bucket => bucket.Value);
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_zeros);
        writer.Count(_buckets.Count);
        foreach (var (bucket, count) in _buckets)
        {
            writer.Signed(bucket);
            writer.Count(count);
        }
    }

    public static QuantileSketch Read(ref PackReader reader)
    {
        var sketch = new QuantileSketch { _zeros = reader.Int() };
        sketch.Count = sketch._zeros;
        for (int buckets = reader.Count(); buckets > 0; buckets--)
        {
            int bucket = (int)reader.Signed(),
                count = reader.Int();
            sketch._buckets[bucket] = count;
            sketch.Count += count;
        }
        return sketch;
    }

    private static int Bucket(double amount) => (int)Math.Floor(Math.Log(amount) / Math.Log(Growth));
}
