using System.Runtime.InteropServices;

namespace Signals.Core.Platform.Statistics;

/// <summary>Where a figure lies with 95% confidence.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double From, double To)
{
    /// <summary>Of the middle 95% of what resampling gave; null when it gave nothing.</summary>
    public static Interval? Of(List<double> resampled)
    {
        if (resampled.Count == 0)
            return null;
        resampled.Sort();
        return new Interval(Quantile(resampled, 0.025), Quantile(resampled, 0.975));
    }

    /// <summary>Of a share; null out of none.</summary>
    public static Interval? OfShare(long part, long whole)
    {
        if (whole == 0)
            return null;
        var (low, high) = Wilson.Interval95(part, whole);
        return new Interval(low, high);
    }

    private static double Quantile(List<double> sorted, double share)
    {
        double position = share * (sorted.Count - 1);
        int below = (int)position;
        double rest = position - below;
        return below + 1 < sorted.Count ? sorted[below] * (1 - rest) + sorted[below + 1] * rest : sorted[below];
    }
}
