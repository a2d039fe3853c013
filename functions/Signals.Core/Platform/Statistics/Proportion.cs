namespace Signals.Core.Platform.Statistics;

/// <summary>A part of a whole, with the 95% interval in which the true share lies: few observations make a wide one.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="Share">0 to 1; null out of none.</param>
/// <param name="Low">The interval's lower end; 0 out of none.</param>
/// <param name="High">The interval's upper end; 1 out of none.</param>
/// <remarks>The interval is <see cref="Wilson"/>'s.</remarks>
public sealed record Proportion(int Count, int Of, double? Share, double Low, double High)
{
    /// <param name="count">How many, 0 to <paramref name="of"/>.</param>
    /// <param name="of">Out of how many.</param>
    public static Proportion Of95(int count, int of)
    {
        var (low, high) = Wilson.Interval95(count, of);
        return new Proportion(count, of, of == 0 ? null : Rounded((double)count / of), Rounded(low), Rounded(high));
    }

    private static double Rounded(double share) => Math.Round(share, 4);
}
