using Signals.Core.Daily.Retention;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Retention;

/// <summary>Cohorts as a heat map: a row a month of arrival, a column for each month since.</summary>
internal static class CohortMap
{
    public static Html Of(Reader reader, RetentionMeasure show, IReadOnlyList<RetentionCohort> cohorts)
    {
        var rows = cohorts.Where(cohort => CountsOf(cohort, show).Count > 0).ToList();
        if (rows.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "Rows come when the first month with customers is over.")}</p>
                """;
        int months = rows.Max(cohort => CountsOf(cohort, show).Count);
        var text = new ChartText(
            RetentionView.Name(reader, show),
            reader.Say("Months since"),
            [.. Enumerable.Range(0, months).Select(month => MonthName(reader, month))],
            value => reader.Percent(value)
        )
        {
            Unit =
                show == RetentionMeasure.Customers
                    ? reader.Say("of those who were customers at the end of the month they came in")
                    : reader.Say("of the same, those who reached the floor in the window before each month’s end"),
        };
        return HeatMap.Of(
            text,
            reader.Say("Came in"),
            [.. rows.Select(cohort => new HeatRow(Name(reader, cohort), Values(cohort, show, months)))],
            1
        );
    }

    public static IReadOnlyList<int> CountsOf(RetentionCohort cohort, RetentionMeasure show) =>
        show == RetentionMeasure.Customers ? cohort.Stayed : cohort.Valued;

    public static string MonthOf(Reader reader, RetentionCohort cohort) =>
        cohort.Month is { } month ? reader.Month(month) : reader.Say("before");

    private static Html Name(Reader reader, RetentionCohort cohort) =>
        $"""
            {MonthOf(reader, cohort)} <span class="quiet">{reader.Count(
                cohort.Customers, "{0} customer", "{0} customers"            )}</span>
            """;

    private static string MonthName(Reader reader, int month) => month == 0 ? reader.Say("its end") : $"+{month}";

    private static IReadOnlyList<double?> Values(RetentionCohort cohort, RetentionMeasure show, int months)
    {
        var counts = CountsOf(cohort, show);
        return [.. Enumerable.Range(0, months).Select(month => month < counts.Count ? (double?)counts[month] / cohort.Customers : null)];
    }
}
