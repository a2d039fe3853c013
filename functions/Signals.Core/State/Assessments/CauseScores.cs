using Signals.Core.Model;

namespace Signals.Core.State.Assessments;

/// <summary>
/// How much each cause says by reason that the customer will leave: the score (0 to 1) of an account that is average but for that cause,
/// certain and about the whole of it. From 0.5 on such a cause alone is an alert; a fall, or value not found, comes with silence and people
/// under the floor, which add to it.
/// </summary>
public static class CauseScores
{
    /// <summary>What is said of an account that is average in everything: its score, in log-odds.</summary>
    public const double AverageLogOdds = -2.5;

    private const double Usual = 0.5;

    private static readonly Dictionary<string, double> Scores = new(StringComparer.Ordinal)
    {
        [CauseIds.NeedsChanged] = 0.8,
        [CauseIds.UsageDrop] = 0.74,
        [CauseIds.PaymentFailing] = 0.75,
        [CauseIds.ValueNotFound] = 0.63,
        [CauseIds.OnboardingStalled] = 0.74,
        [CauseIds.ChampionLeft] = 0.7,
        [CauseIds.NeverTookOff] = 0.65,
        [CauseIds.SupportUnhappy] = 0.65,
        [CauseIds.SeatsShrinking] = 0.6,
        [CauseIds.Friction] = 0.6,
        [CauseIds.FeaturesUnused] = 0.44,
        [CauseIds.PriceOverValue] = 0.4,
        [CauseIds.FeatureSunset] = 0.3,
        [CauseIds.Delight] = 0.04,
    };

    /// <summary>Log-odds that the cause adds when it is certain and about the whole account.</summary>
    public static double LogOdds(string cause)
    {
        double score = Scores.GetValueOrDefault(cause, Usual);
        return Math.Log(score / (1 - score)) - AverageLogOdds;
    }

    /// <summary>How much a cause matters among those that hold: the first of them is the primary one.</summary>
    public static double Importance(FoundCause cause) => LogOdds(cause.Id) * cause.Confidence * cause.Share;
}
