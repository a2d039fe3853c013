namespace Signals.Core.Measures;

/// <summary>A part of a whole, with the 95% interval in which the true share lies: few observations make a wide one.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="Share">0 to 1; null out of none.</param>
/// <param name="Low">The interval's lower end; 0 out of none.</param>
/// <param name="High">The interval's upper end; 1 out of none.</param>
/// <remarks>The score interval of Wilson, "Probable inference, the law of succession, and statistical inference" (1927).</remarks>
public sealed record Proportion(int Count, int Of, double? Share, double Low, double High)
{
    /// <summary>The standard normal's 97.5th percentile.</summary>
    private const double Z = 1.959964;

    /// <param name="count">How many, 0 to <paramref name="of"/>.</param>
    /// <param name="of">Out of how many.</param>
    public static Proportion Of95(int count, int of)
    {
        if (of == 0)
            return new Proportion(0, 0, null, 0, 1);
        double share = (double)count / of;
        double centre = share + Z * Z / (2 * of), spread = Z * Math.Sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of)), scale = 1 + Z * Z / of;
        return new Proportion(count, of, Rounded(share), Rounded(Math.Max(0, (centre - spread) / scale)), Rounded(Math.Min(1, (centre + spread) / scale)));
    }

    private static double Rounded(double share) => Math.Round(share, 4);
}
