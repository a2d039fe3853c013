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
