using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// Fits the risk score to a history that was replayed: each curve by itself, or with few churned accounts all of them by one factor, over
/// the base rate.
/// </summary>
public static class Calibrator
{
    /// <summary>
    /// Levels by the probabilities that accounts were told by fits that had not seen them: how many of them, and how far above the base
    /// rate.
    /// </summary>
    private static readonly (double Quantile, double TimesBaseRate) Watch = (0.75, 1.25),
        AtRisk = (0.90, 2),
        Critical = (0.98, 4);

    /// <summary>All who are at risk leave together so many times as often as is usual, by what they were told.</summary>
    private const double TogetherTimesBaseRate = 2.5;

    private const double LeastStep = 1.2;
    private const double MostProbability = 0.95;

    /// <summary>
    /// The calibration, or how many churned accounts it would take: with fewer than <see cref="RegressionComparison.LeastChurned"/> in the
    /// labelled cuts nothing is fitted.
    /// </summary>
    /// <param name="backtester">One whose stream has ended.</param>
    /// <param name="result">What it found, with its regressions.</param>
    /// <param name="data">The file's name and hash.</param>
    /// <param name="date">Today.</param>
    public static CalibrationOutcome Fit(Backtester backtester, BacktestResult result, (string Name, string Sha256) data, DateOnly date)
    {
        var rows = backtester.Rows ?? throw new InvalidOperationException("The stream has not ended.");
        if (result.Regressions is not { } regressions)
            return new CalibrationOutcome(null, rows.ChurnedAccounts, null);
        var figures = regressions.Calibrated;
        var (standardization, coefficients, penalty) = rows.Fit().FitAll();
        var interval = figures.AucInterval ?? new Interval(figures.Auc, figures.Auc);
        var calibration = new RiskCalibration
        {
            Date = date,
            HorizonDays = result.Settings.HorizonDays,
            Data = new CalibrationData(data.Name, data.Sha256, rows.AccountCount, rows.ChurnedAccounts),
            Intercept = coefficients[0],
            BaseRate = rows.BaseRate,
            Curves = rows.IsScaled
                ? Scaled(backtester.Model, coefficients[1] / RegressionRows.ScoreUnit)
                : CurvesOf(rows.Pieces(), standardization, coefficients),
            Later = LaterHazards.Fit(rows, regressions.CalibratedProbabilities, result.Settings.HorizonDays, backtester.Now),
            Levels = LevelsOf(regressions.CalibratedProbabilities, rows.Happened, rows.Weights),
            CrossValidated = new CalibrationFigures(
                regressions.Folds,
                figures.Auc,
                interval.From,
                interval.To,
                figures.AveragePrecision,
                figures.TopDecileLift,
                figures.Brier,
                regressions.Reference.Auc
            ),
        };
        return new CalibrationOutcome(calibration, rows.ChurnedAccounts, penalty);
    }

    /// <summary>
    /// At risk is the tenth with the highest probabilities, which is what a team can look at, or as many of them as leave together 2.5
    /// times as often as is usual, if each is at least twice the base rate; watch the quarter, critical the fiftieth.
    /// </summary>
    internal static RiskThresholds LevelsOf(IReadOnlyList<double> probabilities, IReadOnlyList<byte> happened, IReadOnlyList<int> weights)
    {
        int[] order = [.. Enumerable.Range(0, probabilities.Count).OrderBy(row => probabilities[row])];
        double all = weights.Sum(weight => (double)weight),
            rate = order.Sum(row => (double)happened[row] * weights[row]) / all;
        double watch = From(Watch),
            atRisk = Math.Max(Math.Max(From(AtRisk), Together()), watch * LeastStep),
            critical = Math.Max(From(Critical), atRisk * LeastStep);
        return new RiskThresholds(watch, atRisk, critical);

        double From((double Quantile, double TimesBaseRate) level) =>
            Math.Min(Math.Max(At(level.Quantile), level.TimesBaseRate * rate), MostProbability / LeastStep / LeastStep);

        // The lowest probability from which on the mean of all is so high; where hardly anybody's is, that of the fiftieth.
        double Together()
        {
            double above = 0,
                told = 0;
            double? lowest = null;
            foreach (int row in order.Reverse())
            {
                above += weights[row];
                told += weights[row] * probabilities[row];
                if (told >= TogetherTimesBaseRate * rate * above)
                    lowest = probabilities[row];
            }
            return Math.Min(lowest ?? double.MaxValue, Math.Max(At(Critical.Quantile), AtRisk.TimesBaseRate * rate));
        }

        double At(double quantile)
        {
            double below = 0;
            foreach (int row in order)
            {
                below += weights[row];
                if (below > quantile * all)
                    return probabilities[row];
            }
            return probabilities[order[^1]];
        }
    }

    /// <summary>The shipped curves, all of them steeper or flatter by one factor.</summary>
    internal static Dictionary<string, IReadOnlyList<CurvePoint>> Scaled(ValueModel model, double factor) =>
        RiskFeatures
            .Of(model)
            .Where(feature => !feature.Curve.IsFlat)
            .ToDictionary(
                feature => feature.Id,
                IReadOnlyList<CurvePoint> (feature) =>
                    [.. feature.Curve.At.Zip(feature.Curve.Adds, (at, adds) => new CurvePoint(at, adds * factor))],
                StringComparer.Ordinal
            );

    /// <summary>Curves as the model file holds them: what lies above the usual, piece upon piece.</summary>
    internal static Dictionary<string, IReadOnlyList<CurvePoint>> CurvesOf(
        CurvePiece[] pieces,
        Standardization standardization,
        double[] coefficients
    )
    {
        var curves = new Dictionary<string, IReadOnlyList<CurvePoint>>(StringComparer.Ordinal);
        foreach (var feature in pieces.Select((piece, column) => (piece, column)).GroupBy(item => item.piece.Feature))
        {
            var parts = feature
                .Select(item =>
                    (Rise: coefficients[item.column + 1] / standardization.Scales[item.column], standardization.Centres[item.column])
                )
                .ToList();
            double adds = -parts.Sum(part => part.Rise * part.Item2);
            var points = new List<CurvePoint> { new(feature.Key.Curve.At[0], adds) };
            for (int i = 0; i < parts.Count; i++)
                points.Add(new CurvePoint(feature.Key.Curve.At[i + 1], adds += parts[i].Rise));
            curves[feature.Key.Id] = points;
        }
        return curves;
    }
}

/// <summary>A calibration, or none where too few churned.</summary>
/// <param name="Calibration">What goes into the model file.</param>
/// <param name="Churned">Churned accounts in the labelled cuts.</param>
/// <param name="Penalty">The penalty that cross-validation chose.</param>
public sealed record CalibrationOutcome(RiskCalibration? Calibration, int Churned, double? Penalty);
