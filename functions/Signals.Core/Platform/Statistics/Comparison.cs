namespace Signals.Core.Platform.Statistics;

/// <summary>
/// What a message did: people who were to get it against people who by lot were not, or one template against another. Everyone counts on
/// the side the lot put them on, whether or not their mail left in the end: dropping some would compare unlike people.
/// </summary>
/// <param name="Treated">Those who were to get the message, or its alternative.</param>
/// <param name="Control">Those held out, or those for the usual template.</param>
/// <param name="ControlShare">The share of people that the lot puts into <paramref name="Control"/>, 0 to 1.</param>
public sealed record Comparison(Arm Treated, Arm Control, double ControlShare)
{
    /// <summary>A smaller difference would not be worth a message.</summary>
    public const double WorthwhileDifference = 0.05;

    /// <summary>With so many standard deviations a worthwhile difference is found in 80 of 100 experiments.</summary>
    private const double ZPower = 0.8416212335729143;

    /// <summary>The goal rate of the treated less that of the control, or null while one side is empty.</summary>
    public double? Difference => Treated.Rate - Control.Rate;

    /// <summary>The 95% interval of the difference; see <see cref="Gap"/>.</summary>
    public (double Low, double High)? Interval
    {
        get
        {
            if (Difference is null)
                return null;
            var (treatedLow, treatedHigh) = Treated.Interval;
            var (controlLow, controlHigh) = Control.Interval;
            var gap = Gap.Of(Treated.Rate!.Value, treatedLow, treatedHigh, Control.Rate!.Value, controlLow, controlHigh);
            return (gap.Low, gap.High);
        }
    }

    /// <summary>
    /// How many people more each side needs before a verdict, for a test of two proportions at 5% and power 80% to find
    /// <see cref="WorthwhileDifference"/>. Source: J. L. Fleiss, "Statistical Methods for Rates and Proportions", section on sample sizes.
    /// </summary>
    public (int Treated, int Control) StillNeeded
    {
        get
        {
            if (ControlShare is <= 0 or >= 1)
                return (0, 0);
            // One more of each outcome keeps a rate that is not known yet away from a certain 0 or 1.
            double rate = (Treated.Reached + Control.Reached + 1) / (double)(Treated.People + Control.People + 2);
            double perSide = rate * (1 - rate) * Square((Wilson.Z95 + ZPower) / WorthwhileDifference);
            double total = perSide / (ControlShare * (1 - ControlShare));
            return (Missing(total * (1 - ControlShare), Treated), Missing(total * ControlShare, Control));
        }
    }

    /// <summary>
    /// None before the sample is large enough: whoever looks every day and stops at the first good one finds effects that are none.
    /// </summary>
    public Verdict Verdict
    {
        get
        {
            if (ControlShare is <= 0 or >= 1 || StillNeeded is not (0, 0) || Interval is not { } interval)
                return Verdict.TooEarly;
            return interval.Low > 0 ? Verdict.Helps
                : interval.High < 0 ? Verdict.Harms
                : Verdict.NoDifferenceShown;
        }
    }

    private static int Missing(double needed, Arm arm) => Math.Max(0, (int)Math.Ceiling(needed) - arm.People);

    private static double Square(double value) => value * value;
}

public enum Verdict
{
    /// <summary>Not enough people yet.</summary>
    TooEarly,

    Helps,

    NoDifferenceShown,

    Harms,
}
