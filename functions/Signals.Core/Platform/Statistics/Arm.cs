namespace Signals.Core.Platform.Statistics;

/// <summary>One side of a comparison: people by lot, and how many of them reached the goal in time.</summary>
public sealed record Arm(int People, int Reached)
{
    public double? Rate => People == 0 ? null : (double)Reached / People;

    /// <summary>The 95% interval of the rate.</summary>
    public (double Low, double High) Interval => Wilson.Interval95(Reached, People);
}
