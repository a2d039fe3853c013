using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// How much each cause is worth helping with (<see cref="Cause.Score"/>), and how much it says that the customer will leave
/// (<see cref="Cause.Evidence"/>), both as log-odds.
/// </summary>
public static class CauseScores
{
    /// <summary>What is said of an account that is average in everything: its score, in log-odds.</summary>
    public const double AverageLogOdds = -2.5;

    private const double Usual = 0.5;

    /// <summary>What a cause that is no more says of a departure, of what it was worth helping with.</summary>
    private const double Untried = 0.3;

    /// <summary>Log-odds that the cause adds when it is certain and about the whole account.</summary>
    public static double LogOdds(string cause)
    {
        double score = CauseCatalogue.Find(cause)?.Score ?? Usual;
        return Math.Log(score / (1 - score)) - AverageLogOdds;
    }

    /// <summary>Log-odds by confidence times share.</summary>
    public static Curve Evidence(string cause) => CauseCatalogue.Find(cause)?.Evidence ?? Curve.Line(Untried * LogOdds(cause), 0, 1);

    /// <summary>How much a cause matters among those that hold: the first of them is the primary one.</summary>
    public static double Importance(FoundCause cause) => LogOdds(cause.Id) * cause.Confidence * cause.Share;
}
