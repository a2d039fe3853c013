using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>Fits the risk score to a history that was replayed.</summary>
public static class Calibrator
{
    /// <summary>
    /// Levels by the probabilities that accounts were told by fits that had not seen them: how many of them, and how far above the base
    /// rate.
    /// </summary>
    private static readonly (double Quantile, double TimesBaseRate) Watch = (0.75, 1.25),
        AtRisk = (0.90, 2),
        Critical = (0.98, 4);

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
        if (result.Regressions is not { Calibrated: { } figures } regressions)
            return new CalibrationOutcome(null, rows.ChurnedAccounts, null);
        var table = rows.Features();
        var (standardization, coefficients, penalty) = rows.Fit(table).FitAll();
        var interval = figures.AucInterval ?? new Interval(figures.Auc, figures.Auc);
        var calibration = new RiskCalibration
        {
            Date = date,
            HorizonDays = result.Settings.HorizonDays,
            Data = new CalibrationData(data.Name, data.Sha256, rows.AccountCount, rows.ChurnedAccounts),
            Intercept = coefficients[0],
            Weights = Weights(standardization, table, coefficients),
            Levels = LevelsOf(regressions.CalibratedProbabilities, rows.Happened),
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
    /// At risk is the tenth with the highest probabilities, which is what a team can look at, if they are at least twice the base rate;
    /// watch the quarter, critical the fiftieth.
    /// </summary>
    internal static RiskThresholds LevelsOf(IReadOnlyList<double> probabilities, IReadOnlyList<byte> happened)
    {
        double[] sorted = [.. probabilities.Order()];
        double rate = happened.Average(value => (double)value);
        double watch = From(Watch),
            atRisk = Math.Max(From(AtRisk), watch * LeastStep),
            critical = Math.Max(From(Critical), atRisk * LeastStep);
        return new RiskThresholds(watch, atRisk, critical);

        double From((double Quantile, double TimesBaseRate) level) =>
            Math.Min(
                Math.Max(sorted[(int)(level.Quantile * (sorted.Length - 1))], level.TimesBaseRate * rate),
                MostProbability / LeastStep / LeastStep
            );
    }

    /// <summary>Coefficients as the model file holds them.</summary>
    internal static Dictionary<string, FeatureWeight> Weights(
        Standardization standardization,
        RegressionTable table,
        double[] coefficients
    ) =>
        table
            .Columns.Select(
                (column, index) =>
                    (
                        column.Id,
                        Weight: new FeatureWeight(coefficients[index + 1], standardization.Centres[index], standardization.Scales[index])
                    )
            )
            .ToDictionary(item => item.Id, item => item.Weight, StringComparer.Ordinal);
}

/// <summary>A calibration, or none where too few churned.</summary>
/// <param name="Calibration">What goes into the model file.</param>
/// <param name="Churned">Churned accounts in the labelled cuts.</param>
/// <param name="Penalty">The penalty that cross-validation chose.</param>
public sealed record CalibrationOutcome(RiskCalibration? Calibration, int Churned, double? Penalty);
