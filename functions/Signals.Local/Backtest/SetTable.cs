using Signals.Backtesting;
using Signals.Core.Platform.Statistics;

namespace Signals.Local.Backtest;

/// <summary>What each score reaches on each of several histories, as one table with 95% intervals by account.</summary>
public static class SetTable
{
    private static readonly string Header =
        $"{"set", -14} {"score", -11} {"AUC", -22} {"average precision", -22} "
        + $"{"lift at 10%", -16} {"calibration", -11} {"flagged", 8} {"over base", 10} {"of the day", 11}";

    public static void WriteHeader(TextWriter output) => output.WriteLine(Header);

    public static void Write(TextWriter output, string set, BacktestResult result)
    {
        if (result.Regressions is not { } regressions)
        {
            output.WriteLine($"{set, -14} too few churned accounts: {result.Churned}");
            return;
        }
        Line(output, set, "counts", regressions.Reference, []);
        Line(output, "", "as shipped", regressions.Review, [.. result.Cuts.Select(cut => cut.Outcomes)]);
        Line(output, "", "calibrated", regressions.Calibrated, regressions.CalibratedCuts);
    }

    /// <summary>How the chances to leave within a month and a quarter were told, as <c>calibrate</c> would, and what came.</summary>
    public static void WriteHorizons(TextWriter output, string set, BacktestResult result)
    {
        if (result.Regressions is not { Later: { Count: > 0 } later })
            return;
        output.WriteLine();
        output.WriteLine($"{set, -14} {"within", -11} {"AUC", -22} {"told", 7} {"seen", 7} {"calibration", 12} {"assessed", 9}");
        foreach (var horizon in later)
            output.WriteLine(
                $"{"", -14} {$"{horizon.Days} days", -11} {With(horizon.Ranking.Auc, horizon.Ranking.AucInterval), -22} "
                    + $"{BacktestSummary.Percent(horizon.Told), 7} {BacktestSummary.Percent(horizon.Seen), 7} "
                    + $"{horizon.Ranking.CalibrationError, 12:0.0000} {horizon.Assessed, 9}"
            );
    }

    /// <summary>What followed where each cause was found, whether leaving or nothing.</summary>
    public static void WriteCauses(TextWriter output, string set, BacktestResult result)
    {
        output.WriteLine();
        output.WriteLine(
            $"{set, -14} {"cause", -22} {"accounts", 9} {"left, over base", -18} {"when it begins", -18} {"passes by itself", 17}"
        );
        foreach (var cause in result.Causes)
            output.WriteLine(
                $"{"", -14} {cause.Cause, -22} {cause.Accounts, 9} {BacktestSummary.Times(cause.OverBase, cause.OverBaseInterval), -18} "
                    + $"{BacktestSummary.Times(cause.BeganOverBase, cause.BeganOverBaseInterval), -18} "
                    + $"{BacktestSummary.Percent(cause.Passed), 17}"
            );
    }

    private static void Line(TextWriter output, string set, string score, RankingFigures figures, IReadOnlyList<Outcomes> cuts)
    {
        var flags = cuts.Aggregate(Outcomes.None, (sum, cut) => sum + cut);
        string flagged = flags.FlaggedShare is { } share ? $"{share * 100:0.0}%" : "",
            over = flags is { Precision: { } precision, BaseRate: > 0 and var rate } ? $"{precision / rate:0.0} times" : "",
            ofTheDay = Outcomes.PrecisionOverBaseOfTheDay(cuts) is { } times ? $"{times:0.0} times" : "";
        output.WriteLine(
            $"{set, -14} {score, -11} {With(figures.Auc, figures.AucInterval), -22} "
                + $"{With(figures.AveragePrecision, figures.AveragePrecisionInterval), -22} "
                + $"{BacktestSummary.With(figures.TopDecileLift, figures.TopDecileLiftInterval, "0.0"), -16} "
                + $"{figures.CalibrationError, -11:0.0000} {flagged, 8} {over, 10} {ofTheDay, 11}".TrimEnd()
        );
    }

    private static string With(double measure, Interval? interval) => BacktestSummary.With(measure, interval);
}
