using System.Globalization;
using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;

namespace Signals.Local.Demo;

/// <summary>A summary as the console shows it.</summary>
public static class DemoSummaryText
{
    private const int LabelWidth = 24;

    public static string Of(DemoSummary summary)
    {
        var text = new StringBuilder();
        Line("Events folded", Number(summary.Folded));
        Line("Accounts", $"{Number(summary.Accounts.Count)}, with {Number(summary.People)} people");
        foreach (var level in Enum.GetValues<RiskLevel>().Reverse())
        {
            string note = level == RiskLevel.Healthy && summary.Left > 0 ? $"{Number(summary.Left)} of them have left" : "";
            Line($"  {level.Name()}", $"{Number(summary.At(level)), -6}{note}");
        }
        Line("Flagged by first cause", Number(summary.FlaggedByCause.Sum(entry => entry.Accounts)));
        foreach (var (cause, accounts) in summary.FlaggedByCause)
            Line($"  {cause}", $"{Number(accounts), -6}{CauseNames.Of(cause)}");
        if (summary.Measures.Retention?.Customers is { } stayed)
            Line(
                "Retention, 30 days",
                $"{Percent(stayed.Share), -6}of {Number(stayed.Of)} customers; {Percent(stayed.Low)} to {Percent(stayed.High)} is what "
                    + "that many can tell"
            );
        foreach (var survey in summary.Measures.SurveysByPerson)
            Line(
                $"{survey.Kind.ToString().ToUpperInvariant()}, {survey.Channel}",
                $"{survey.Score, -6:0}from {Number(survey.Answers)} people; {survey.Low:0} to {survey.High:0}"
            );
        Line("Mails to customers", Messages(OutreachState.Sent, "sent"));
        Line("  waiting", Messages(OutreachState.Planned, "for the morning of whom they are for"));
        Line("  held out", Messages(OutreachState.HeldOut, "by lot, to measure the effect"));
        Line("  suppressed", Messages(OutreachState.Suppressed, Reasons(OutreachState.Suppressed)));
        Line("  expired", Messages(OutreachState.Expired, Reasons(OutreachState.Expired)));
        Line("Alerts to CS managers", Number(summary.Count(OutreachKind.Alert, OutreachState.Sent)));
        Line(
            "Digests, reports",
            $"{Number(summary.Count(OutreachKind.Digest, OutreachState.Sent))}, "
                + $"{Number(summary.Count(OutreachKind.Report, OutreachState.Sent))}"
        );
        return text.ToString();

        void Line(string label, string value) => text.Append("  ").Append(label.PadRight(LabelWidth)).Append(value.TrimEnd()).Append('\n');

        string Messages(OutreachState state, string note)
        {
            int count = summary.Count(OutreachKind.Message, state);
            return count == 0 || note.Length == 0 ? Number(count) : $"{Number(count), -6}{note}";
        }

        string Reasons(OutreachState state) =>
            string.Join(
                ", ",
                summary
                    .Outreach.Where(record => record.Kind == OutreachKind.Message && record.State == state)
                    .Select(record => record.Reason)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Take(3)
            );
    }

    private static string Percent(double? share) => share is { } known ? $"{100 * known:0}%" : "–";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
