using Signals.Core.Backtest;
using Signals.Core.Causes;

namespace Signals.Local.Backtest;

/// <summary>The report for people, as plain text.</summary>
public static class BacktestSummary
{
    private const int LabelWidth = 18;

    public static void Write(TextWriter output, BacktestReport report)
    {
        var result = report.Result;
        var outcomes = result.Outcomes;
        output.WriteLine(
            $"{report.Product}: {report.File} under horizon {result.Settings.HorizonDays} days, a cut every {result.Settings.StepDays} days");
        output.WriteLine();
        Line("events", Count(report.Events), $"{result.From:yyyy-MM-dd} to {result.To:yyyy-MM-dd}{Remarks(report)}");
        Line("people", Count(result.People), $"in {Count(result.Accounts)} accounts{(result.Anonymous > 0 ? $"; {Count(result.Anonymous)} more stayed anonymous" : "")}");
        Line("churned", Count(result.Churned), "accounts, at any time");
        Line("cuts", Count(result.Cuts.Count), result.Cuts.Count == 0
            ? $"none: history must hold {BacktestSettings.SettledDays} days before a cut and {result.Settings.HorizonDays} after it"
            : $"{result.Cuts[0].At:yyyy-MM-dd} to {result.Cuts[^1].At:yyyy-MM-dd}, {Count(outcomes.Assessed)} assessments");
        Line("base rate", Percent(outcomes.BaseRate), $"{Count(outcomes.Churned)} assessments followed by churn within {result.Settings.HorizonDays} days");
        Line("flagged", Percent(outcomes.FlaggedShare), $"{Count(outcomes.Flagged)} assessments at risk or critical");
        Line("precision", Percent(outcomes.Precision), $"{Count(outcomes.Caught)} of {Count(outcomes.Flagged)} flags were followed by churn");
        Line("recall", Percent(outcomes.Recall), $"{Count(outcomes.Caught)} of {Count(outcomes.Churned)} churns were flagged");
        Line("AUC", Number(result.Auc), $"{Count(outcomes.Churned)} churning against {Count(outcomes.Assessed - outcomes.Churned)} staying");
        Line("average precision", Number(result.AveragePrecision), "a random score has the base rate");
        Line("top-decile lift", Number(result.TopDecileLift), "a random score has 1");
        Line("lead", result.MedianLeadDays is { } days ? $"{days:0.#} days" : "-", $"median of {Count(result.Leads)} churned accounts that were flagged up to the end");
        WriteCauses(output, result);
        output.WriteLine($"{result.Intervals.Auc} {result.Regressions} {result.Calibration?.Brier} {result.FlagsPerWeek} {result.MailsPerWeek}");
        output.WriteLine();
        output.WriteLine(
            $"{report.Elapsed.TotalSeconds:0.0} s, {Count((long)report.EventsPerSecond)} events/s, {report.PeakMemoryMb:0} MB at most");

        void Line(string label, string value, string text) => output.WriteLine($"{label.PadRight(LabelWidth)} {value,10}   {text}");
    }

    private static void WriteCauses(TextWriter output, BacktestResult result)
    {
        if (result.Causes.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"{"cause".PadRight(LabelWidth + 4)} {"found",9} {"share",7} {"first",9} {"accounts",9} {"churned",9}");
        foreach (var cause in result.Causes)
        {
            string share = Percent((double)cause.Found / result.Outcomes.Assessed);
            output.WriteLine(
                $"{CauseNames.Of(cause.Cause).PadRight(LabelWidth + 4)} {Count(cause.Found),9} {share,7} {Count(cause.Primary),9} {Count(cause.Accounts),9} {Count(cause.Churned),9}");
        }
    }

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

    private static string Percent(double? share) => share is { } known ? $"{known * 100:0.0}%" : "-";

    private static string Number(double? measure) => measure is { } known ? known.ToString("0.000") : "-";
}
