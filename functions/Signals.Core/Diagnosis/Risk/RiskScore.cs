using System.Runtime.CompilerServices;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// The risk of an account: a sum of curves, one for each feature, drawn by what is known of customers in general or, where the model
/// carries a calibration, by its own history. Pure, and explained feature by feature: the parts add up to the score.
/// </summary>
/// <remarks>
/// A generalised additive model (Hastie and Tibshirani, 1986) of the log-odds to leave. Calibrated it gives the probability to churn within
/// the horizon; not calibrated it only ranks, and says how far above the usual an account lies. Either way the score tells where that lies
/// between the levels' thresholds, so that 25, 50 and 80 begin a level and lists and alerts read the same.
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
    private readonly bool _isCalibrated;
    private readonly RiskThresholds _thresholds;
    private readonly List<Term> _terms = [];

    public RiskScore(ValueModel model)
    {
        var calibration = model.Risk;
        _isCalibrated = calibration is not null;
        _intercept = calibration?.Intercept ?? CauseScores.AverageLogOdds;
        _thresholds = calibration?.Levels ?? RiskLevels.Usual;
        foreach (var feature in RiskFeatures.Of(model))
        {
            var curve = calibration is null ? feature.Curve : CurveOf(calibration, feature);
            if (curve?.IsFlat == false)
                _terms.Add(new Term(feature, curve));
        }
    }

    /// <summary>Log-odds from which an account is at risk, if a team can care for all that are.</summary>
    public double AtRiskFromLogOdds => Math.Log(_thresholds.AtRisk / (1 - _thresholds.AtRisk));

    /// <summary>The score under a model; made once for each.</summary>
    public static RiskScore Of(ValueModel model) => Known.GetValue(model, static model => new RiskScore(model));

    /// <summary>
    /// What each feature adds to the log-odds of an account; with those of one that is usual in everything they add up to its own.
    /// </summary>
    public (double Usual, IReadOnlyList<(RiskFeature Feature, double Added)> Parts) Explain(RiskSubject subject) =>
        (_intercept, [.. _terms.Select(term => (term.Feature, term.Adds(subject)))]);

    /// <summary>The risk of an account on a day.</summary>
    /// <param name="subject">The account.</param>
    /// <param name="before">The level so far: a level is left later than it is entered.</param>
    /// <param name="explained">True to say what raised the score; a look at days to come does not ask.</param>
    public RiskAssessment Assess(RiskSubject subject, RiskLevel before, bool explained)
    {
        var reasons = new List<(RiskFeature Feature, double Added)>();
        double logOdds = _intercept,
            ofDates = 0;
        foreach (var term in _terms)
        {
            double added = term.Adds(subject);
            logOdds += added;
            ofDates += Newcomers.IsOfDates(term.Feature) ? Math.Max(0, added) : 0;
            if (explained && added >= LeastReason)
                reasons.Add((term.Feature, Math.Round(added, 2)));
        }
        var norms = subject.Context.Norms.Risk;
        var levels = Newcomers.Raise(norms.Raise(_thresholds, subject.Model, subject.Context.Facts.Price), subject.Context, ofDates);
        int score = (int)Math.Round(100 * RiskLevels.Place(logOdds, levels));
        return new RiskAssessment(LevelOf(score, before), score)
        {
            LogOdds = Math.Round(logOdds, 4),
            Probability = _isCalibrated ? Math.Round(LogisticRegression.Logistic(logOdds), 4) : null,
            Chances =
                explained && subject.Model.Risk is { } fitted ? Horizons.Of(fitted, logOdds, Decisions.Next(subject) - subject.Today) : [],
            Standing = norms.Standing(logOdds) is { } standing ? Math.Round(standing, 2) : null,
            RaisedBy =
            [
                .. reasons
                    .OrderByDescending(reason => reason.Added)
                    .Take(MaxReasons)
                    .Select(reason => new RiskReason(reason.Feature.Id, reason.Feature.Describe(subject), reason.Added)),
            ],
        };
    }

    /// <summary>A cause that history did not show keeps what it adds by reason; any other feature that is not named adds nothing.</summary>
    private static Curve? CurveOf(RiskCalibration calibration, RiskFeature feature)
    {
        if (calibration.Curves.GetValueOrDefault(feature.Id) is { } points)
            return Curve.Of([.. points.Select(point => (point.At, point.Adds))]);
        if (calibration.Weights.GetValueOrDefault(feature.Id) is not { } weight)
            return feature.IsCause ? feature.Curve : null;
        double reach = Standardization.MostScales * weight.Scale,
            most = Standardization.MostScales * weight.Weight;
        return Curve.Of((weight.Centre - reach, -most), (weight.Centre + reach, most));
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

    private sealed record Term(RiskFeature Feature, Curve Curve)
    {
        /// <summary>Log-odds that it adds; what is not known is taken for what is usual.</summary>
        public double Adds(RiskSubject subject) => Feature.Measure(subject) is { } known ? Curve.AddsAt(known) : 0;
    }
}
