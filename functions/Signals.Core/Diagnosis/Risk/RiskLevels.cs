using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>Where levels begin, and the score of what lies between.</summary>
internal static class RiskLevels
{
    /// <summary>
    /// Without a calibration: by how many times the usual odds. Watch is 1.6 times, at risk 3.3, critical 13.
    /// </summary>
    public static readonly RiskThresholds Usual = new(Times(0.5), Times(1.2), Times(2.6));

    /// <summary>Where log-odds lie between the thresholds, as a score of 0 to 1.</summary>
    public static double Place(double logOdds, RiskThresholds levels)
    {
        double probability = LogisticRegression.Logistic(logOdds);
        if (probability < levels.Watch)
            return probability / levels.Watch * RiskScore.WatchFrom / 100;
        if (probability >= levels.Critical)
        {
            double beyond = (probability - levels.Critical) / (1 - levels.Critical);
            return (RiskScore.CriticalFrom + (100 - RiskScore.CriticalFrom) * beyond) / 100;
        }
        return probability < levels.AtRisk
            ? Between(logOdds, levels.Watch, levels.AtRisk, RiskScore.WatchFrom, RiskScore.AtRiskFrom)
            : Between(logOdds, levels.AtRisk, levels.Critical, RiskScore.AtRiskFrom, RiskScore.CriticalFrom);
    }

    private static double Between(double logOdds, double low, double high, int from, int to) =>
        (from + (to - from) * (logOdds - LogOdds(low)) / (LogOdds(high) - LogOdds(low))) / 100;

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    private static double Times(double logOdds) => LogisticRegression.Logistic(CauseScores.AverageLogOdds + logOdds);
}
