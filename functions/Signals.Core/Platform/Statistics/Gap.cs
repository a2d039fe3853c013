namespace Signals.Core.Platform.Statistics;

/// <summary>A figure less another of other people, with the 95% interval of the difference.</summary>
/// <remarks>
/// From the two intervals, as Zou and Donner put them together, "Construction of confidence limits about effect measures", Statistics in
/// Medicine 27 (2008). Of two shares with Wilson's intervals this is R. G. Newcombe's method 10, "Interval estimation for the difference
/// between independent proportions", Statistics in Medicine 17 (1998).
/// </remarks>
public sealed record Gap(double Difference, double Low, double High)
{
    /// <summary>True when the interval leaves out that there is none.</summary>
    public bool IsShown => Low > 0 || High < 0;

    /// <summary>Null while one of the two is not known.</summary>
    public static Gap? Of(Proportion? one, Proportion? other) =>
        one is { Share: { } a } && other is { Share: { } b } ? Of(a, one.Low, one.High, b, other.Low, other.High) : null;

    public static Gap Of(double one, double oneLow, double oneHigh, double other, double otherLow, double otherHigh) =>
        new(
            one - other,
            one - other - Math.Sqrt(Square(one - oneLow) + Square(otherHigh - other)),
            one - other + Math.Sqrt(Square(oneHigh - one) + Square(other - otherLow))
        );

    private static double Square(double value) => value * value;
}
