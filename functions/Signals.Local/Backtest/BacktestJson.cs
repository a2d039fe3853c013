using System.Text.Json;
using Signals.Backtesting;
using Signals.Core.Platform.Statistics;
using Signals.Web.Api;

namespace Signals.Local.Backtest;

/// <summary>
/// The report for machines. A measure that is not defined is null; every measure's counts are under <c>counts</c>, its 95% interval by
/// account under <c>intervals</c>.
/// </summary>
public sealed record BacktestJson(
    string File,
    string Product,
    long Events,
    int People,
    int Accounts,
    int Cuts,
    int Churned,
    double? Auc,
    double? AveragePrecision,
    double? TopDecileLift,
    double? Precision,
    double? Recall,
    double? BaseRate,
    double? MedianLeadDays,
    double EventsPerSecond,
    double PeakMemoryMb,
    IReadOnlyDictionary<string, CauseJson> Causes,
    ConfusionJson? Confusion,
    IntervalsJson Intervals,
    ReferenceJson? Reference,
    CalibrationJson? Calibration,
    double? FlagsPerWeek,
    double? MailsPerWeek,
    CountsJson Counts,
    SettingsJson Settings,
    InputJson Input,
    IReadOnlyList<CutJson> ByCut,
    IReadOnlyList<FlaggedJson> Flagged,
    SeenView Seen
)
{
    private const int Digits = 4;

    public static string Write(BacktestReport report) => JsonSerializer.Serialize(Of(report), BacktestJsonContext.Default.BacktestJson);

    private static BacktestJson Of(BacktestReport report)
    {
        var result = report.Result;
        var outcomes = result.Outcomes;
        return new BacktestJson(
            report.File,
            report.Product,
            report.Events,
            result.People,
            result.Accounts,
            result.Cuts.Count,
            result.Churned,
            Rounded(result.Auc),
            Rounded(result.AveragePrecision),
            Rounded(result.TopDecileLift),
            Rounded(outcomes.Precision),
            Rounded(outcomes.Recall),
            Rounded(outcomes.BaseRate),
            Rounded(result.MedianLeadDays),
            Math.Round(report.EventsPerSecond),
            Math.Round(report.PeakMemoryMb, 1),
            result.Causes.ToDictionary(cause => cause.Cause, CauseJson.Of, StringComparer.Ordinal),
            ConfusionJson.Of(result.Confusion),
            IntervalsJson.Of(result.Intervals),
            ReferenceJson.Of(result.Regressions),
            CalibrationJson.Of(result.Calibration),
            Rounded(result.FlagsPerWeek),
            Rounded(result.MailsPerWeek),
            new CountsJson(outcomes.Assessed, outcomes.Churned, outcomes.Flagged, outcomes.Caught, result.Leads),
            new SettingsJson(result.Settings.HorizonDays, result.Settings.StepDays, BacktestSettings.SettledDays),
            new InputJson(
                result.From,
                result.To,
                result.Folded,
                result.Duplicates,
                result.Late,
                result.Anonymous,
                report.Bad.Count,
                report.Bad.First,
                Math.Round(report.Elapsed.TotalSeconds, 3)
            ),
            [
                .. result.Cuts.Select(cut => new CutJson(
                    cut.At,
                    cut.Outcomes.Assessed,
                    cut.Outcomes.Churned,
                    cut.Outcomes.Flagged,
                    cut.Outcomes.Caught,
                    cut.NewlyFlagged,
                    cut.Mails,
                    cut.HeldOut,
                    cut.Causes
                )),
            ],
            [.. result.Flagged.Select(account => FlaggedJson.Of(account, report.Renderer))],
            SeenView.Of(result.Seen)
        );
    }

    internal static double? Rounded(double? measure) => measure is { } known ? Math.Round(known, Digits) : null;

    /// <summary>An interval as its two ends.</summary>
    internal static double[]? Rounded(Interval? interval) =>
        interval is { } known ? [Math.Round(known.From, Digits), Math.Round(known.To, Digits)] : null;
}

/// <summary>
/// Assessments a cause was found in, came first in, and that churned; different accounts it was found in; how often they churned over the
/// base rate, whenever it was found and when it began; and the share in which it was gone by itself four weeks later.
/// </summary>
public sealed record CauseJson(
    int Found,
    int Primary,
    int Churned,
    int Accounts,
    double? OverBase,
    double[]? OverBaseInterval,
    int Began,
    double? BeganOverBase,
    double[]? BeganOverBaseInterval,
    double? Passed
)
{
    internal static CauseJson Of(CauseFindings cause) =>
        new(
            cause.Found,
            cause.Primary,
            cause.Churned,
            cause.Accounts,
            BacktestJson.Rounded(cause.OverBase),
            BacktestJson.Rounded(cause.OverBaseInterval),
            cause.Began,
            BacktestJson.Rounded(cause.BeganOverBase),
            BacktestJson.Rounded(cause.BeganOverBaseInterval),
            BacktestJson.Rounded(cause.Passed)
        );
}

/// <summary>What the measures are made of: assessments (one account at one cut) and, for the lead, churned accounts.</summary>
public sealed record CountsJson(int Assessed, int Churned, int Flagged, int Caught, int Leads);

public sealed record SettingsJson(int HorizonDays, int StepDays, int SettledDays);

public sealed record InputJson(
    DateTimeOffset From,
    DateTimeOffset To,
    long Folded,
    long Duplicates,
    long Late,
    int Anonymous,
    long BadLines,
    IReadOnlyList<string> FirstBadLines,
    double Seconds
);

public sealed record CutJson(
    DateTimeOffset At,
    int Assessed,
    int Churned,
    int Flagged,
    int Caught,
    int NewlyFlagged,
    int Mails,
    int HeldOut,
    IReadOnlyDictionary<string, int> Causes
);
