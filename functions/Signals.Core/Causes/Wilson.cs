namespace Signals.Core.Causes;

/// <summary>Bounds of a share that was seen in few trials.</summary>
/// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference" (1927).</remarks>
internal static class Wilson
{
    /// <summary>The normal quantile that leaves one in ten above it.</summary>
    private const double Z = 1.2816;

    /// <summary>The share that the true one is above with 90% confidence.</summary>
    public static double LowerBound(int part, int whole)
    {
        if (whole == 0)
            return 0;
        double share = (double)part / whole, square = Z * Z;
        double middle = share + square / (2 * whole);
        double reach = Z * Math.Sqrt((share * (1 - share) + square / (4 * whole)) / whole);
        return Math.Max(0, (middle - reach) / (1 + square / whole));
    }
}
