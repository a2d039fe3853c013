using Signals.Backtesting;

namespace Signals.Local.Backtest;

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
