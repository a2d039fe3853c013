using Signals.Backtesting;

namespace Signals.Local.Backtest;

/// <summary>95% intervals by account, each as its two ends.</summary>
public sealed record IntervalsJson(
    double[]? Auc,
    double[]? AveragePrecision,
    double[]? TopDecileLift,
    double[]? Precision,
    double[]? Recall,
    double[]? BaseRate,
    double[]? MedianLeadDays
)
{
    internal static IntervalsJson Of(Intervals intervals) =>
        new(
            BacktestJson.Rounded(intervals.Auc),
            BacktestJson.Rounded(intervals.AveragePrecision),
            BacktestJson.Rounded(intervals.TopDecileLift),
            BacktestJson.Rounded(intervals.Precision),
            BacktestJson.Rounded(intervals.Recall),
            BacktestJson.Rounded(intervals.BaseRate),
            BacktestJson.Rounded(intervals.MedianLeadDays)
        );
}

/// <summary>
/// What a plain logistic regression on counts of each event in the 30 days before a cut reaches on accounts that it was not fitted on, and
/// beside it the review's score as it is (<c>review</c>) and as <c>calibrate</c> would fit it (<c>calibrated</c>), under the same cuts and
/// folds.
/// </summary>
public sealed record ReferenceJson(
    double Auc,
    double[]? AucInterval,
    double AveragePrecision,
    double TopDecileLift,
    double Brier,
    int Folds,
    int Accounts,
    int Churned,
    ScoreJson Review,
    ScoreJson? Calibrated
)
{
    internal static ReferenceJson? Of(RegressionComparison? comparison) =>
        comparison is not { } known
            ? null
            : new(
                Math.Round(known.Reference.Auc, 4),
                BacktestJson.Rounded(known.Reference.AucInterval),
                Math.Round(known.Reference.AveragePrecision, 4),
                Math.Round(known.Reference.TopDecileLift, 4),
                Math.Round(known.Reference.Brier, 5),
                known.Folds,
                known.Accounts,
                known.Churned,
                ScoreJson.Of(known.Review, known.ReviewAboveReference),
                known is { Calibrated: { } calibrated, CalibratedAboveReference: { } above } ? ScoreJson.Of(calibrated, above) : null
            );
}

/// <summary>
/// One score, and how far its AUC is above the reference's: paired by account, with the share of resamples in which it is not below.
/// </summary>
public sealed record ScoreJson(
    double Auc,
    double[]? AucInterval,
    double AveragePrecision,
    double TopDecileLift,
    double Brier,
    double AboveReference,
    double[]? AboveReferenceInterval,
    double? NotWorse
)
{
    internal static ScoreJson Of(RankingFigures figures, PairedDifference above) =>
        new(
            Math.Round(figures.Auc, 4),
            BacktestJson.Rounded(figures.AucInterval),
            Math.Round(figures.AveragePrecision, 4),
            Math.Round(figures.TopDecileLift, 4),
            Math.Round(figures.Brier, 5),
            Math.Round(above.Value, 4),
            BacktestJson.Rounded(above.Interval),
            BacktestJson.Rounded(above.NotWorse)
        );
}

/// <summary>Bins of assessments by rising score, and the Brier score beside that of the base rate alone.</summary>
public sealed record CalibrationJson(bool IsProbability, double Brier, double BrierOfBaseRate, IReadOnlyList<BinJson> Bins)
{
    internal static CalibrationJson? Of(ScoreCalibration? calibration) =>
        calibration is not { } known
            ? null
            : new(
                known.IsProbability,
                Math.Round(known.Brier, 5),
                Math.Round(known.BrierOfBaseRate, 5),
                [.. known.Bins.Select(bin => new BinJson(Math.Round(bin.Said, 4), Math.Round(bin.Seen, 4), bin.Assessed, bin.Churned))]
            );
}

/// <summary>The mean of what was said, the share that churned, and the counts.</summary>
public sealed record BinJson(double Said, double Seen, int Assessed, int Churned);
