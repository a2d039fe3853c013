namespace Signals.Core.Platform.Statistics;

/// <summary>The middle of some numbers: the mean of the two in the middle where they are even in number.</summary>
public static class Median
{
    /// <summary>In any order; null of none.</summary>
    public static double? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
