using System.Runtime.InteropServices;

namespace Signals.Core.Backtest;

/// <summary>Where a figure lies with 95% confidence.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double From, double To)
{
    private const double Normal95 = 1.959964;

    /// <summary>Of the middle 95% of what resampling gave; null when it gave nothing.</summary>
    public static Interval? Of(List<double> resampled)
    {
        if (resampled.Count == 0)
            return null;
        resampled.Sort();
        return new Interval(Quantile(resampled, 0.025), Quantile(resampled, 0.975));
    }

    /// <summary>Of a share.</summary>
    /// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference" (1927).</remarks>
    public static Interval? OfShare(long part, long whole)
    {
        if (whole == 0)
            return null;
        double share = (double)part / whole, square = Normal95 * Normal95 / whole;
        double middle = (share + square / 2) / (1 + square);
        double half = Normal95 / (1 + square) * Math.Sqrt(share * (1 - share) / whole + square / (4 * whole));
        return new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private static double Quantile(List<double> sorted, double share)
    {
        double position = share * (sorted.Count - 1);
        int below = (int)position;
        double rest = position - below;
        return below + 1 < sorted.Count ? sorted[below] * (1 - rest) + sorted[below + 1] * rest : sorted[below];
    }
}
