using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Statistics;

namespace Signals.Local.Backtest;

/// <summary>The report for people, as plain text.</summary>
public static class BacktestSummary
{
    private const int LabelWidth = 18;
    private const int ShownFlags = 10;

    /// <summary>Much adds to the score, and nothing by itself is a cause.</summary>
    private const string NoCause = "no single cause";

    public static void Write(TextWriter output, BacktestReport report)
    {
        var result = report.Result;
        var outcomes = result.Outcomes;
        output.WriteLine(
            $"{report.Product}: {report.File} under horizon {result.Settings.HorizonDays} days, a cut every {result.Settings.StepDays} days"
        );
        output.WriteLine();
        SeenText.Write(output, result.Seen);
        output.WriteLine();
        Line("events", Count(report.Events), $"{result.From:yyyy-MM-dd} to {result.To:yyyy-MM-dd}{Remarks(report)}");
        Line(
            "people",
            Count(result.People),
            $"in {Count(result.Accounts)} accounts{(result.Anonymous > 0 ? $"; {Count(result.Anonymous)} more stayed anonymous" : "")}"
        );
        Line("churned", Count(result.Churned), "accounts, at any time");
        Line(
            "cuts",
            Count(result.Cuts.Count),
            result.Cuts.Count == 0
                ? $"none: history must hold {BacktestSettings.SettledDays} days before a cut and {result.Settings.HorizonDays} after it"
                : $"{result.Cuts[0].At:yyyy-MM-dd} to {result.Cuts[^1].At:yyyy-MM-dd}, {Count(outcomes.Assessed)} assessments"
        );
        var intervals = result.Intervals;
        Line(
            "base rate",
            Percent(outcomes.BaseRate),
            $"{Count(outcomes.Churned)} assessments followed by churn within {result.Settings.HorizonDays} "
                + $"days{Percents(intervals.BaseRate)}"
        );
        Line("flagged", Percent(outcomes.FlaggedShare), $"{Count(outcomes.Flagged)} assessments at risk or critical");
        Line(
            "a week",
            result.FlagsPerWeek is { } flags ? flags.ToString("0.0") : "-",
            $"accounts newly flagged, and {(result.MailsPerWeek is { } mails ? mails.ToString("0.0") : "no")} mails that the outreach "
                + "rules would have sent"
        );
        Line(
            "precision",
            Percent(outcomes.Precision),
            $"{Count(outcomes.Caught)} of {Count(outcomes.Flagged)} flags were followed by churn{Percents(intervals.Precision)}"
        );
        Line(
            "recall",
            Percent(outcomes.Recall),
            $"{Count(outcomes.Caught)} of {Count(outcomes.Churned)} churns were flagged{Percents(intervals.Recall)}"
        );
        Line(
            "AUC",
            Number(result.Auc),
            $"{Count(outcomes.Churned)} churning against {Count(outcomes.Assessed - outcomes.Churned)} staying{Numbers(intervals.Auc)}"
        );
        Line(
            "average precision",
            Number(result.AveragePrecision),
            $"a random score has the base rate{Numbers(intervals.AveragePrecision)}"
        );
        Line("top-decile lift", Number(result.TopDecileLift), $"a random score has 1{Numbers(intervals.TopDecileLift)}");
        Line(
            "lead",
            result.MedianLeadDays is { } days ? Days(days) : "-",
            $"median of {Count(result.Leads)} churned accounts that were flagged up to the "
                + $"end{(intervals.MedianLeadDays is { } lead ? $" ({lead.From:0.#} to {lead.To:0.#})" : "")}"
        );
        if (result.Calibration is { } calibration)
            Line(
                "Brier",
                calibration.Brier.ToString("0.0000"),
                $"{calibration.BrierOfBaseRate:0.0000} for the base rate "
                    + $"alone{(calibration.IsProbability ? "" : "; the score is not calibrated and only ranks")}"
            );
        WriteRegressions(output, result);
        WriteFlagged(output, result);
        WriteCauses(output, result);
        WriteConfusion(output, result.Confusion);
        output.WriteLine();
        output.WriteLine(
            $"{report.Elapsed.TotalSeconds:0.0} s, {Count((long)report.EventsPerSecond)} events/s, {report.PeakMemoryMb:0} MB at most"
        );

        void Line(string label, string value, string text) => output.WriteLine($"{label.PadRight(LabelWidth)} {value, 10}   {text}");
    }

    /// <summary>
    /// The highest scores among the first flags: who they are, so that somebody who knows them can say whether it is true.
    /// </summary>
    private static void WriteFlagged(TextWriter output, BacktestResult result)
    {
        if (result.Flagged.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine(
            $"{Count(result.Flagged.Count)} accounts were flagged at some cut; the first are (--csv, --json and --html have all)"
        );
        foreach (var account in result.Flagged.Take(ShownFlags))
        {
            var texts = FlaggedTexts.Of(account, renderer: null);
            output.WriteLine(
                $"  {account.At:yyyy-MM-dd}  {Cut(account.Name, LabelWidth + 4)}  {texts.Level, -8} {account.Score, 3}  "
                    + $"{Cut(texts.Cause.Length == 0 ? NoCause : texts.Cause, LabelWidth)}  {texts.Outcome}"
            );
        }
    }

    /// <summary>A name of so many characters.</summary>
    private static string Cut(string text, int width)
    {
        string plain = SeenText.Printable(text);
        return (plain.Length > width ? plain[..(width - 1)] + "…" : plain).PadRight(width);
    }

    private static void WriteCauses(TextWriter output, BacktestResult result)
    {
        if (result.Causes.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine(
            $"{"cause".PadRight(LabelWidth + 4)} {"found", 9} {"share", 7} {"first", 9} {"accounts", 9} {"churned", 9}  "
                + $"{"over base", -18} {"when it begins", -18} {"passes", 7}"
        );
        foreach (var cause in result.Causes)
        {
            string share = Percent((double)cause.Found / result.Outcomes.Assessed);
            output.WriteLine(
                $"{CauseNames.Of(cause.Cause).ToString().PadRight(LabelWidth + 4)} {Count(cause.Found), 9} {share, 7} "
                    + $"{Count(cause.Primary), 9} {Count(cause.Accounts), 9} {Count(cause.Churned), 9}  "
                    + $"{Times(cause.OverBase, cause.OverBaseInterval), -18} "
                    + $"{Times(cause.BeganOverBase, cause.BeganOverBaseInterval), -18} "
                    + $"{Percent(cause.Passed), 7}"
            );
        }
    }

    private static void WriteRegressions(TextWriter output, BacktestResult result)
    {
        if (result.Regressions is not { } regressions)
            return;
        output.WriteLine();
        output.WriteLine($"on accounts not fitted on ({regressions.Folds} folds by account)");
        Line(
            "counts (reference)",
            regressions.Reference.Auc,
            $"AUC of a plain logistic regression on 30-day event counts{Numbers(regressions.Reference.AucInterval)}"
        );
        Line(
            "this score",
            regressions.Review.Auc,
            $"{CalibrationSummary.Difference(regressions.ReviewAboveReference)} above the reference"
        );
        Line(
            "calibrated",
            regressions.Calibrated.Auc,
            $"as \"calibrate\" would fit it{Numbers(regressions.Calibrated.AucInterval)}, "
                + $"{CalibrationSummary.Difference(regressions.CalibratedAboveReference)} above the reference"
        );

        void Line(string label, double auc, string text) => output.WriteLine($"{label.PadRight(LabelWidth)} {Number(auc), 10}   {text}");
    }

    private static void WriteConfusion(TextWriter output, CauseConfusion? confusion)
    {
        if (confusion is null)
            return;
        string[] named =
        [
            .. confusion.Labels.SelectMany(label => label.Named.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        output.WriteLine();
        output.WriteLine($"causes named in {Count(confusion.Accounts.Count)} of {Count(confusion.Labelled)} labelled accounts");
        output.WriteLine($"{"label", -20} {"accounts", 9} {string.Join(' ', named.Select(name => $"{name, 14}"))}");
        foreach (var label in confusion.Labels)
            output.WriteLine(
                $"{label.Label, -20} {Count(label.Accounts), 9} "
                    + $"{string.Join(' ', named.Select(name => $"{Count(label.Named.GetValueOrDefault(name)), 14}"))}"
            );
        foreach (var cause in confusion.Causes)
        {
            output.WriteLine(
                $"{cause.Cause}: precision {Percent(cause.Precision)}{Percents(cause.PrecisionInterval)}, recall "
                    + $"{Percent(cause.Recall)}{Percents(cause.RecallInterval)}, "
                    + $"AUC of its confidence against accounts without a cause {Number(cause.AucAgainstNone)}"
            );
        }
    }

    /// <summary>"0.71 (0.64 to 0.77)".</summary>
    internal static string With(double measure, Interval? interval, string format = "0.000") =>
        measure.ToString(format) + (interval is { } known ? $" ({known.From.ToString(format)} to {known.To.ToString(format)})" : "");

    /// <summary>"1.4 (1.1 to 1.8)", or a dash.</summary>
    internal static string Times(double? over, Interval? interval) => over is { } known ? With(known, interval, "0.0") : "-";

    private static string Percents(Interval? interval) =>
        interval is { } known ? $" ({known.From * 100:0.0}% to {known.To * 100:0.0}%)" : "";

    private static string Numbers(Interval? interval) => interval is { } known ? $" ({known.From:0.000} to {known.To:0.000})" : "";

    private static string Remarks(BacktestReport report)
    {
        var remarks = new List<string>();
        if (report.Result.Duplicates > 0)
            remarks.Add($"{Count(report.Result.Duplicates)} came twice and count once");
        if (report.Bad.Count > 0)
            remarks.Add($"{Count(report.Bad.Count)} lines were no events");
        if (report.Result.Late > 0)
            remarks.Add($"{Count(report.Result.Late)} came over a day after the cut they belonged to");
        return string.Concat(remarks.Select(remark => "; " + remark));
    }

    private static string Count(long count) => count.ToString("#,##0");

    internal static string Days(double days) => $"{days:0.#}" is var text && text == "1" ? "1 day" : $"{text} days";

    internal static string Percent(double? share) => share is { } known ? $"{known * 100:0.0}%" : "-";

    private static string Number(double? measure) => measure is { } known ? known.ToString("0.000") : "-";
}
