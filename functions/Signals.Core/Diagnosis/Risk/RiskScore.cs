using System.Runtime.CompilerServices;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// The risk of an account: a logistic function of its features, weighed by reason or, where the model carries a calibration, by history.
/// Pure, and explained feature by feature: what each adds is its weight times how far it lies from what is usual.
/// </summary>
/// <remarks>
/// By reason the score is the logistic function itself, times 100. Calibrated, that function is the probability to churn within the
/// horizon, which for most products is a few percent even of those at risk; the score then tells where that lies between the levels'
/// thresholds, so that 25, 50 and 80 begin a level either way and lists and alerts read the same.
/// </remarks>
public sealed class RiskScore
{
    /// <summary>A level is left only once the score is this far under it, so that an account at the edge does not flicker.</summary>
    public const int Hysteresis = 5;

    /// <summary>The scores from which a level holds.</summary>
    public const int WatchFrom = 25;
    public const int AtRiskFrom = 50;
    public const int CriticalFrom = 80;

    private const int MaxReasons = 5;
    private const double LeastReason = 0.05;

    private static readonly ConditionalWeakTable<ValueModel, RiskScore> Known = [];

    private static readonly (RiskLevel Level, int From)[] Levels =
    [
        (RiskLevel.Critical, CriticalFrom),
        (RiskLevel.AtRisk, AtRiskFrom),
        (RiskLevel.Watch, WatchFrom),
    ];

    private readonly double _intercept;
    private readonly RiskThresholds? _thresholds;
    private readonly List<Term> _terms = [];

    public RiskScore(ValueModel model)
    {
        var calibration = model.Risk;
        _intercept = calibration?.Intercept ?? CauseScores.AverageLogOdds;
        _thresholds = calibration?.Levels;
        foreach (var feature in RiskFeatures.Of(model))
        {
            var weight = calibration?.Weights.GetValueOrDefault(feature.Id);
            if (calibration is not null && weight is null && !feature.IsCause)
                continue;
            weight ??= new FeatureWeight(feature.Weight, 0, 1);
            if (weight.Weight != 0)
                _terms.Add(new Term(feature, weight));
        }
    }

    /// <summary>The score under a model; made once for each.</summary>
    public static RiskScore Of(ValueModel model) => Known.GetValue(model, static model => new RiskScore(model));

    /// <summary>The risk of an account on a day.</summary>
    /// <param name="subject">The account.</param>
    /// <param name="before">The level so far: a level is left later than it is entered.</param>
    /// <param name="explained">True to say what raised the score; a look at days to come does not ask.</param>
    public RiskAssessment Assess(RiskSubject subject, RiskLevel before, bool explained)
    {
        var reasons = explained ? new List<RiskReason>() : null;
        double logOdds = _intercept;
        foreach (var term in _terms)
        {
            double added = term.Adds(term.Feature.Measure(subject));
            logOdds += added;
            if (added >= LeastReason)
                reasons?.Add(new RiskReason(term.Feature.Id, term.Feature.Describe(subject), Math.Round(added, 2)));
        }
        double probability = 1 / (1 + Math.Exp(-logOdds));
        int score = (int)Math.Round(100 * Scored(probability, logOdds));
        return new RiskAssessment(LevelOf(score, before), score)
        {
            LogOdds = Math.Round(logOdds, 4),
            Probability = _thresholds is null ? null : Math.Round(probability, 4),
            RaisedBy = reasons is null ? [] : [.. reasons.OrderByDescending(reason => reason.Added).Take(MaxReasons)],
        };
    }

    /// <summary>Where a probability lies between the thresholds, as a score of 0 to 1.</summary>
    private double Scored(double probability, double logOdds)
    {
        if (_thresholds is not { } levels)
            return probability;
        if (probability < levels.Watch)
            return probability / levels.Watch * WatchFrom / 100;
        if (probability >= levels.Critical)
            return (CriticalFrom + (100 - CriticalFrom) * (probability - levels.Critical) / (1 - levels.Critical)) / 100;
        return probability < levels.AtRisk
            ? Between(logOdds, levels.Watch, levels.AtRisk, WatchFrom, AtRiskFrom)
            : Between(logOdds, levels.AtRisk, levels.Critical, AtRiskFrom, CriticalFrom);
    }

    private static double Between(double logOdds, double low, double high, int from, int to)
    {
        double lowOdds = Math.Log(low / (1 - low)),
            highOdds = Math.Log(high / (1 - high));
        return (from + (to - from) * (logOdds - lowOdds) / (highOdds - lowOdds)) / 100;
    }

    private static RiskLevel LevelOf(int score, RiskLevel before)
    {
        foreach (var (level, from) in Levels)
        {
            if (score >= from || (before >= level && score >= from - Hysteresis))
                return level;
        }
        return RiskLevel.Healthy;
    }

    private sealed record Term(RiskFeature Feature, FeatureWeight Weight)
    {
        /// <summary>Log-odds that a value adds; what is not known adds nothing.</summary>
        public double Adds(double? value) =>
            value is { } known
                ? Weight.Weight
                    * Math.Clamp((known - Weight.Centre) / Weight.Scale, -Standardization.MostScales, Standardization.MostScales)
                : 0;
    }
}
