using Signals.Backtesting;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;

namespace Signals.Local.Backtest;

/// <summary>What a calibration found, as plain text.</summary>
public static class CalibrationSummary
{
    private const int MostCurves = 15;

    public static void Write(TextWriter output, BacktestReport report, CalibrationOutcome outcome, string target)
    {
        var calibration = outcome.Calibration!;
        var regressions = report.Result.Regressions!;
        output.WriteLine($"{report.Product}: the risk score fitted on {report.File}, horizon {calibration.HorizonDays} days");
        output.WriteLine();
        output.WriteLine(
            $"{calibration.Data.Churned:#,##0} of {calibration.Data.Accounts:#,##0} accounts churned within the horizon of a cut; "
                + $"{regressions.Folds} folds by account, penalty {outcome.Penalty:0}"
        );
        output.WriteLine();
        output.WriteLine($"{"on accounts not fitted on", -28} {"AUC", -24} {"average precision", -24} {"top-decile lift", -22} Brier");
        Line("calibrated", regressions.Calibrated);
        Line("by reason", regressions.Review);
        Line("event counts (reference)", regressions.Reference);
        output.WriteLine();
        output.WriteLine($"AUC above the reference: {Difference(regressions.CalibratedAboveReference)}");
        output.WriteLine(
            $"levels: watch from {calibration.Levels.Watch * 100:0.0}%, at risk from {calibration.Levels.AtRisk * 100:0.0}%, critical from "
                + $"{calibration.Levels.Critical * 100:0.0}%"
        );
        int[] horizons = [calibration.HorizonDays, .. calibration.Later.Select(later => later.ToDays)];
        output.WriteLine($"told within {string.Join(", ", horizons)} days; usual are {string.Join(", ", horizons.Select(Usual))}");
        output.WriteLine();
        if (calibration.Data.Churned < RegressionComparison.LeastForCurves)
            output.WriteLine(
                $"fewer than {RegressionComparison.LeastForCurves} churned: the curves that ship were scaled as one, over the base rate"
            );
        output.WriteLine($"{"feature", -34} {"log-odds, least to most", -24} what it is");
        var features = RiskFeatures.Of(report.Model).ToDictionary(feature => feature.Id, feature => feature.Name, StringComparer.Ordinal);
        foreach (var (id, curve) in calibration.Curves.OrderByDescending(item => Span(item.Value)).Take(MostCurves))
            output.WriteLine(
                $"{id, -34} {$"{Signed(curve.Min(point => point.Adds))} to {Signed(curve.Max(point => point.Adds))}", -24} {features[id]}"
            );
        output.WriteLine();
        output.WriteLine($"written to {target}");

        string Usual(int days) => $"{(Horizons.UsualWithin(calibration, days) ?? 0) * 100:0.0}%";

        void Line(string label, RankingFigures figures) =>
            output.WriteLine(
                $"{label, -28} {BacktestSummary.With(figures.Auc, figures.AucInterval), -24} "
                    + $"{BacktestSummary.With(figures.AveragePrecision, figures.AveragePrecisionInterval), -24} "
                    + $"{BacktestSummary.With(figures.TopDecileLift, figures.TopDecileLiftInterval, "0.0"), -22} {figures.Brier:0.0000}"
            );
    }

    private static string Signed(double logOdds) => logOdds.ToString("+0.00;-0.00;0.00");

    private static double Span(IReadOnlyList<CurvePoint> curve) => curve.Max(point => point.Adds) - curve.Min(point => point.Adds);

    /// <summary>"+0.04 (-0.01 to 0.09)".</summary>
    public static string Difference(PairedDifference difference) =>
        $"{difference.Value:+0.000;-0.000}"
        + (difference.Interval is { } interval ? $" ({interval.From:0.000} to {interval.To:0.000})" : "");
}
