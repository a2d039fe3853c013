using Signals.Core.Platform.Statistics;
using Signals.Core.State.Seen;

namespace Signals.Backtesting;

/// <summary>
/// What a backtest found. Measures are null where they are not defined: no ranking without both outcomes, no precision without flags.
/// An assessment is one account at one cut; it churns when the account does within the horizon.
/// </summary>
public sealed record BacktestResult
{
    public required BacktestSettings Settings { get; init; }

    /// <summary>The earliest and the newest event.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Events folded, each once.</summary>
    public required long Folded { get; init; }

    public required long Duplicates { get; init; }

    /// <summary>Events that came over a day after a cut they lie before: folded, but unknown to that cut.</summary>
    public required long Late { get; init; }

    /// <summary>People with a user id, and anonymous ones that nothing named.</summary>
    public required int People { get; init; }

    public required int Anonymous { get; init; }

    /// <summary>Accounts that are reviewed.</summary>
    public required int Accounts { get; init; }

    /// <summary>Accounts with a churn event at any time.</summary>
    public required int Churned { get; init; }

    /// <summary>The cuts that a whole horizon of events follows, in order of time.</summary>
    public required IReadOnlyList<CutFindings> Cuts { get; init; }

    /// <summary>Sums over the cuts.</summary>
    public required Outcomes Outcomes { get; init; }

    public required double? Auc { get; init; }

    public required double? AveragePrecision { get; init; }

    public required double? TopDecileLift { get; init; }

    /// <summary>Days from the first flag of an unbroken run-up to the churn, the median of <see cref="Leads"/> accounts.</summary>
    public required double? MedianLeadDays { get; init; }

    /// <summary>Churned accounts that were flagged at the last cut before, and so have a run-up.</summary>
    public required int Leads { get; init; }

    /// <summary>The leads themselves, in days, rising.</summary>
    public required IReadOnlyList<double> LeadDays { get; init; }

    /// <summary>Causes that were found, most frequent first.</summary>
    public required IReadOnlyList<CauseFindings> Causes { get; init; }

    public Intervals Intervals { get; init; } = Intervals.None;

    /// <summary>Null without assessments.</summary>
    public ScoreCalibration? Calibration { get; init; }

    public ScoreCurves? Curves { get; init; }

    /// <summary>Accounts that came to the alert level, a week; null with fewer than one cut.</summary>
    public double? FlagsPerWeek { get; init; }

    /// <summary>
    /// Mails that the outreach rules would have sent, a week: as they are planned at the cuts, with cooldowns, caps and holdout.
    /// </summary>
    public double? MailsPerWeek { get; init; }

    /// <summary>What regressions reach under the same cuts; null where too few churned.</summary>
    public RegressionComparison? Regressions { get; init; }

    /// <summary>What came by name, beside what the model reads.</summary>
    public required SeenReport Seen { get; init; }

    /// <summary>Every account that came to the alert level at any cut, judged or not, the first flags first.</summary>
    public IReadOnlyList<FlaggedAccount> Flagged { get; init; } = [];

    /// <summary>Causes found against causes known; null without labels.</summary>
    public CauseConfusion? Confusion { get; init; }
}

/// <summary>How flags and churn met.</summary>
/// <param name="Assessed">Accounts assessed.</param>
/// <param name="Churned">Of those, how many churned within the horizon.</param>
/// <param name="Flagged">How many stood at the alert level or above.</param>
/// <param name="Caught">How many of the flagged churned within the horizon.</param>
public sealed record Outcomes(int Assessed, int Churned, int Flagged, int Caught)
{
    public static Outcomes None { get; } = new(0, 0, 0, 0);

    public double? BaseRate => Share(Churned, Assessed);

    public double? Precision => Share(Caught, Flagged);

    public double? Recall => Share(Caught, Churned);

    public double? FlaggedShare => Share(Flagged, Assessed);

    /// <summary>
    /// The share of the flagged that churned, over the base rates of the cuts that they were flagged at: what a flag says of one account
    /// beside the others of its day. Where departures come in waves, the precision over all cuts tells of the waves too. Null without flags
    /// or departures.
    /// </summary>
    public static double? PrecisionOverBaseOfTheDay(IEnumerable<Outcomes> cuts)
    {
        double caught = 0,
            expected = 0;
        foreach (var cut in cuts.Where(cut => cut.Assessed > 0))
        {
            caught += cut.Caught;
            expected += (double)cut.Flagged * cut.Churned / cut.Assessed;
        }
        return expected > 0 ? caught / expected : null;
    }

    public static Outcomes operator +(Outcomes a, Outcomes b) =>
        new(a.Assessed + b.Assessed, a.Churned + b.Churned, a.Flagged + b.Flagged, a.Caught + b.Caught);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>One cut: the outcomes, and how many accounts each cause was found in.</summary>
/// <param name="At">A UTC midnight.</param>
/// <param name="Outcomes">Flags and churn.</param>
/// <param name="Causes">By cause, in how many accounts it was found.</param>
/// <param name="NewlyFlagged">Flagged accounts that were not at the cut before.</param>
/// <param name="Mails">Mails that would have been planned.</param>
/// <param name="HeldOut">Mails that the lot would have held back.</param>
public sealed record CutFindings(
    DateTimeOffset At,
    Outcomes Outcomes,
    IReadOnlyDictionary<string, int> Causes,
    int NewlyFlagged,
    int Mails,
    int HeldOut
);

/// <summary>One cause over all cuts.</summary>
/// <param name="Cause">Its id.</param>
/// <param name="Found">Assessments it was found in.</param>
/// <param name="Primary">Of those, how many it came first in.</param>
/// <param name="Churned">Of those it was found in, how many churned within the horizon.</param>
/// <param name="Accounts">Different accounts it was found in.</param>
public sealed record CauseFindings(string Cause, int Found, int Primary, int Churned, int Accounts)
{
    /// <summary>Share that churned where it was found, over the base rate; 1 says nothing of leaving. Null where nobody churned.</summary>
    public double? OverBase { get; init; }

    public Interval? OverBaseInterval { get; init; }

    /// <summary>Assessments in which it was found and had not been at the cut before, and how many of those churned.</summary>
    public int Began { get; init; }

    public int BeganChurned { get; init; }

    /// <summary>As <see cref="OverBase"/>, of those in which it began.</summary>
    public double? BeganOverBase { get; init; }

    public Interval? BeganOverBaseInterval { get; init; }

    /// <summary>
    /// Where it began and the account was still there four weeks later: the share in which it was gone by itself. What lasts is worth help.
    /// </summary>
    public double? Passed { get; init; }
}
