using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Core.State.Assessments;

/// <summary>How likely the customer is to leave for lack of value; the score is 0 to 100, and 25, 50 and 80 begin a level.</summary>
public sealed record RiskAssessment(RiskLevel Level, int Score)
{
    /// <summary>A customer who left, or was never looked at.</summary>
    public static RiskAssessment None { get; } = new(RiskLevel.Healthy, 0);

    /// <summary>The same risk before it was rounded to a score.</summary>
    public double LogOdds { get; init; }

    /// <summary>The probability to churn within the calibration's horizon; null without a calibration.</summary>
    public double? Probability { get; init; }

    /// <summary>
    /// The probabilities to leave within a fortnight, a month and a quarter, say, by rising days, as far as the calibration's history
    /// tells; empty without one.
    /// </summary>
    public IReadOnlyList<RiskChance> Chances { get; init; } = [];

    /// <summary>
    /// The share of all customers whose risk was no higher the night before, 0 to 1; null where there are too few to say.
    /// </summary>
    public double? Standing { get; init; }

    /// <summary>What raised the score above the usual, most first.</summary>
    public IReadOnlyList<RiskReason> RaisedBy { get; init; } = [];
}

/// <summary>The probability that the customer leaves within so many days.</summary>
public sealed record RiskChance(int Days, double Probability);

/// <summary>What one feature added to the score.</summary>
/// <param name="Feature">The feature's id.</param>
/// <param name="Text">What was measured, in words.</param>
/// <param name="Added">Log-odds above the usual: 0.7 doubles the odds.</param>
public sealed record RiskReason(string Feature, Phrase Text, double Added);
