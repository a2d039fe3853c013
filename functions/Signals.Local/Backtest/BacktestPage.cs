using System.Net;
using System.Text;
using Signals.Backtesting;
using Signals.Local.Backtest.Page;

namespace Signals.Local.Backtest;

/// <summary>The report as one page that needs nothing else: no script, no file beside it, no network.</summary>
public static class BacktestPage
{
    public static string Write(BacktestReport report)
    {
        var result = report.Result;
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        page.Append($"<title>Backtest of {Encoded(report.Product)}</title>\n<style>\n{PageStyle.Css}\n</style></head>\n<body><main>\n");
        WriteHead(page, report);
        foreach (var section in Sections(result))
            section.Write(page);
        WriteNotes(page, report);
        page.Append("</main></body></html>\n");
        return page.ToString();
    }

    private static IEnumerable<PageSection> Sections(BacktestResult result) =>
    [
        TimeSections.Flags(result), CauseSections.Causes(result), .. CauseSections.Confusion(result.Confusion), TimeSections.Lead(result),
        ScoreSections.Roc(result), ScoreSections.Lift(result), ScoreSections.Calibration(result), ScoreSections.Reference(result),
    ];

    private static void WriteHead(StringBuilder page, BacktestReport report)
    {
        var result = report.Result;
        page.Append($"<h1>{Encoded(report.Product)}: would the flags have been right?</h1>");
        page.Append($"<p class=\"facts\">{Encoded(report.File)}: {report.Events:#,##0} events of {result.People:#,##0} people in {result.Accounts:#,##0} accounts, {result.From:yyyy-MM-dd} to {result.To:yyyy-MM-dd}. ");
        page.Append($"History was replayed and cut at {result.Cuts.Count} midnights, {result.Settings.StepDays} days apart; at each, every account was assessed by what came before it, and was right if it left within {result.Settings.HorizonDays} days. ");
        page.Append($"{result.Churned:#,##0} accounts left at some time.</p>");
        if (Caution(report) is { } caution)
            page.Append($"<p class=\"note\">{Encoded(caution)}</p>");
        page.Append("<ul class=\"tiles\">");
        Tile("AUC", Words.Number(result.Auc), result.Intervals.Auc is { } auc ? $"{auc.From:0.00} to {auc.To:0.00}" : "not defined");
        Tile("top-decile lift", Words.Number(result.TopDecileLift, "0.0"), result.Intervals.TopDecileLift is { } lift ? $"{lift.From:0.0} to {lift.To:0.0}" : "not defined");
        Tile("flags a week", Words.Number(result.FlagsPerWeek, "0.#"), $"{Words.Percent(result.Outcomes.FlaggedShare)} of assessments stand flagged");
        Tile("of flags right", Words.Percent(result.Outcomes.Precision), result.Intervals.Precision is { } precision ? $"{Words.Percent(precision.From)} to {Words.Percent(precision.To)}" : "not defined");
        Tile("median lead", result.MedianLeadDays is { } days ? $"{days:0.#} days" : "–", result.Intervals.MedianLeadDays is { } lead ? $"{lead.From:0.#} to {lead.To:0.#}" : "not defined");
        page.Append("</ul>\n");

        void Tile(string name, string value, string small) =>
            page.Append($"<li>{Encoded(name)}<b>{Encoded(value)}</b><small>{Encoded(small)}</small></li>");
    }

    /// <summary>What a reader must know before believing the figures; null when nothing.</summary>
    private static string? Caution(BacktestReport report)
    {
        var result = report.Result;
        if (report.Model.Risk is { } risk && risk.Data.Name == report.File)
            return $"The model's score was fitted on this very file, so it looks better here than it is. On accounts it was not fitted on its AUC was {Words.Number(risk.CrossValidated?.Auc)}.";
        if (report.Model.Churn.Events.Count == 0)
            return "The model names no churn events, so nothing says whether a flag was right.";
        if (result.Cuts.Count == 0)
            return $"History is too short: it takes {BacktestSettings.SettledDays} days before a cut and {result.Settings.HorizonDays} after it.";
        int churned = result.Regressions?.Churned ?? 0;
        return churned < RegressionComparison.LeastChurned
            ? "Few accounts left in the time that could be judged: read the intervals, not the figures."
            : null;
    }

    private static void WriteNotes(StringBuilder page, BacktestReport report)
    {
        page.Append("<footer><p>Figures in brackets are 95% intervals from drawing accounts again and again, all assessments of an account together. ");
        page.Append("Mails are those that the outreach rules would have planned at the cuts; reviews between cuts, quiet hours and the day's budget are left out, and nobody's behaviour was changed by mails that were never sent. ");
        page.Append($"{report.Elapsed.TotalSeconds:0.0} s, {report.EventsPerSecond:#,##0} events a second, {report.PeakMemoryMb:0} MB at most.</p></footer>\n");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
