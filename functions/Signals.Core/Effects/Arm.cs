namespace Signals.Core.Effects;

/// <summary>One side of a comparison: people by lot, and how many of them reached the goal in time.</summary>
public sealed record Arm(int People, int Reached)
{
    /// <summary>95% of a normal distribution lie within so many standard deviations.</summary>
    internal const double Z = 1.959963984540054;

    public double? Rate => People == 0 ? null : (double)Reached / People;

    /// <summary>
    /// The 95% interval of the rate by Wilson's score, which stays within 0 and 1 and holds for few people. Source: E. B. Wilson, "Probable
    /// inference, the law of succession, and statistical inference", JASA 22 (1927).
    /// </summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (People == 0)
                return (0, 1);
            double n = People, rate = Reached / n, spread = Z * Z / n;
            double middle = (rate + (spread / 2)) / (1 + spread);
            double half = Z * Math.Sqrt((rate * (1 - rate) / n) + (spread / (4 * n))) / (1 + spread);
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }
}
