using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// How much each cause says by reason that the customer will leave (<see cref="Cause.Score"/>), as log-odds. From 0.5 on such a cause alone
/// is an alert; a fall, or value not found, comes with silence and people under the floor, which add to it.
/// </summary>
public static class CauseScores
{
    /// <summary>What is said of an account that is average in everything: its score, in log-odds.</summary>
    public const double AverageLogOdds = -2.5;

    private const double Usual = 0.5;

    /// <summary>Log-odds that the cause adds when it is certain and about the whole account.</summary>
    public static double LogOdds(string cause)
    {
        double score = CauseCatalogue.Find(cause)?.Score ?? Usual;
        return Math.Log(score / (1 - score)) - AverageLogOdds;
    }

    /// <summary>How much a cause matters among those that hold: the first of them is the primary one.</summary>
    public static double Importance(FoundCause cause) => LogOdds(cause.Id) * cause.Confidence * cause.Share;
}
