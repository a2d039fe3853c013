using Signals.Backtesting;
using Signals.Local.Backtest.Page;
using Signals.Web.Markup;

namespace Signals.Local.Backtest;

/// <summary>The report as one page that needs nothing else: no file beside it, no network, and but for sorting a table no script.</summary>
public static class BacktestPage
{
    private static readonly string Policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src {SortScript.Source}";

    public static string Write(BacktestReport report)
    {
        Html head = $"""
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <title>Backtest of {report.Product}</title>
            """;
        Html body = $"""
            <main>
            {Head(report)}
            {Sections(report)}
            {Notes(report)}
            </main>
            """;
        return $"""
            <!doctype html>
            <html lang="en"><head>{head}
            <style>
            {PageStyle.Css}
            </style></head>
            <body>{body}<script>{SortScript.Text}</script></body></html>

            """;
    }

    private static IEnumerable<Html> Sections(BacktestReport report)
    {
        var result = report.Result;
        return
        [
            TimeSections.Flags(result),
            AccountSections.Of(report),
            CauseSections.Causes(result),
            .. CauseSections.Confusion(result.Confusion),
            TimeSections.Lead(result),
            ScoreSections.Roc(result),
            ScoreSections.Lift(result),
            ScoreSections.Calibration(result),
            ScoreSections.Reference(result),
        ];
    }

    private static Html Head(BacktestReport report)
    {
        var result = report.Result;
        string facts =
            $"{report.File}: {report.Events:#,##0} events of {result.People:#,##0} people in {result.Accounts:#,##0} accounts, "
            + $"{result.From:yyyy-MM-dd} to {result.To:yyyy-MM-dd}. History was replayed and stopped at {result.Cuts.Count} midnights "
            + $"(cuts), {result.Settings.StepDays} days apart. At each, every account was assessed by what was known until then; a flag "
            + $"was right if the account left within {result.Settings.HorizonDays} days. {result.Churned:#,##0} accounts left "
            + "at some time.";
        Html caution = Caution(report) is { } warning ? $"""<p class="note">{warning}</p>""" : Html.Empty;
        return $"""
            <h1>{report.Product}: would the flags have been right?</h1>
            <p class="facts">{facts}</p>{caution}
            {SeenSections.Of(result.Seen)}
            <ul class="tiles">{Tiles(result)}</ul>
            """;
    }

    private static IEnumerable<Html> Tiles(BacktestResult result)
    {
        yield return Tile("AUC", Words.Number(result.Auc), Words.Between(result.Intervals.Auc, "0.00"));
        yield return Tile(
            "top-decile lift",
            Words.Number(result.TopDecileLift, "0.0"),
            Words.Between(result.Intervals.TopDecileLift, "0.0")
        );
        yield return Tile(
            "flags a week",
            Words.Number(result.FlagsPerWeek, "0.#"),
            $"{Words.Percent(result.Outcomes.FlaggedShare)} of assessments stand flagged"
        );
        yield return Tile("of flags right", Words.Percent(result.Outcomes.Precision), Words.Between(result.Intervals.Precision, "0.0%"));
        yield return Tile(
            "median lead",
            result.MedianLeadDays is { } days ? BacktestSummary.Days(days) : "–",
            Words.Between(result.Intervals.MedianLeadDays, "0.#")
        );
    }

    private static Html Tile(string name, string value, string small) => $"<li>{name}<b>{value}</b><small>{small}</small></li>";

    /// <summary>What a reader must know before believing the figures; null when nothing.</summary>
    private static string? Caution(BacktestReport report)
    {
        var result = report.Result;
        if (report.Model.Risk is { } risk && risk.Data.Name == report.File)
        {
            return "The model's score was fitted on this very file, so it looks better here than it is. "
                + $"On accounts it was not fitted on its AUC was {Words.Number(risk.CrossValidated?.Auc)}.";
        }
        if (report.Model.Churn.Events.Count == 0)
            return "The model names no churn events, so nothing says whether a flag was right.";
        if (result.Cuts.Count == 0)
        {
            return $"History is too short: it takes {BacktestSettings.SettledDays} days before a cut "
                + $"and {result.Settings.HorizonDays} after it.";
        }
        int churned = result.Regressions?.Churned ?? 0;
        return churned < RegressionComparison.LeastForCurves
            ? "Few accounts left in the time that could be judged: read the intervals, not the figures."
            : null;
    }

    private static Html Notes(BacktestReport report)
    {
        string speed =
            $"{report.Elapsed.TotalSeconds:0.0} s, {report.EventsPerSecond:#,##0} events a second, {report.PeakMemoryMb:0} MB at most.";
        return $"""
            <footer><p>Figures in brackets are 95% intervals from drawing accounts again and again, all assessments of an account together.
            Mails are those that the outreach rules would have planned at the cuts; reviews between cuts, quiet hours and the day's budget
            are left out, and nobody's behaviour was changed by mails that were never sent.
            {speed}</p></footer>
            """;
    }
}
