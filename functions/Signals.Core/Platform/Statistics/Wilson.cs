namespace Signals.Core.Platform.Statistics;

/// <summary>Bounds of a share that was seen in few trials; they stay within 0 and 1.</summary>
/// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference" (1927).</remarks>
public static class Wilson
{
    /// <summary>The standard normal's 97.5th percentile: 95% lie between.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The standard normal's 90th percentile.</summary>
    private const double Z90OneSided = 1.2815515655446004;

    /// <summary>Where the true share lies with 95% confidence; anywhere, out of none.</summary>
    public static (double Low, double High) Interval95(long part, long whole) =>
        whole == 0 ? (0, 1) : Interval((double)part / whole, whole, Z95);

    /// <summary>The same of a share seen in the worth of so many trials, which need be no whole number.</summary>
    public static (double Low, double High) Interval95(double share, double trials) => trials <= 0 ? (0, 1) : Interval(share, trials, Z95);

    /// <summary>The share that the true one is above with 90% confidence.</summary>
    public static double LowerBound90(long part, long whole) => whole == 0 ? 0 : Interval((double)part / whole, whole, Z90OneSided).Low;

    private static (double Low, double High) Interval(double share, double whole, double z)
    {
        double square = z * z / whole;
        double middle = (share + square / 2) / (1 + square);
        double half = z / (1 + square) * Math.Sqrt(share * (1 - share) / whole + square / (4 * whole));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
