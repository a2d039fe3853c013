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
                    "Rows come when the first month with customers is over.",
                    "Les lignes viennent quand le premier mois avec des clients est terminé.")}</p>
                """;
        int months = rows.Max(cohort => CountsOf(cohort, show).Count);
        var text = new ChartText(
            RetentionView.Name(reader, show),
            reader.Say("Months since", "Mois depuis"),
            [.. Enumerable.Range(0, months).Select(month => MonthName(reader, month))],
            value => reader.Percent(value)
        )
        {
            Unit =
                show == RetentionMeasure.Customers
                    ? reader.Say(
                        "of those who were customers at the end of the month they came in",
                        "de ceux qui étaient clients à la fin de leur mois d’arrivée"
                    )
                    : reader.Say(
                        "of the same, those who reached the floor in the window before each month’s end",
                        "des mêmes, ceux qui ont atteint le seuil dans la période avant chaque fin de mois"
                    ),
        };
        return HeatMap.Of(
            text,
            reader.Say("Came in", "Arrivés en"),
            [.. rows.Select(cohort => new HeatRow(Name(reader, cohort), Values(cohort, show, months)))],
            1
        );
    }

    public static IReadOnlyList<int> CountsOf(RetentionCohort cohort, RetentionMeasure show) =>
        show == RetentionMeasure.Customers ? cohort.Stayed : cohort.Valued;

    public static string MonthOf(Reader reader, RetentionCohort cohort) =>
        cohort.Month is { } month ? reader.Month(month) : reader.Say("before", "avant");

    private static Html Name(Reader reader, RetentionCohort cohort) =>
        $"""
            {MonthOf(reader, cohort)} <span class="quiet">{reader.Count(
                cohort.Customers,
                "customer",
                "customers",
                "client",
                "clients"
            )}</span>
            """;

    private static string MonthName(Reader reader, int month) => month == 0 ? reader.Say("its end", "sa fin") : $"+{month}";

    private static IReadOnlyList<double?> Values(RetentionCohort cohort, RetentionMeasure show, int months)
    {
        var counts = CountsOf(cohort, show);
        return [.. Enumerable.Range(0, months).Select(month => month < counts.Count ? (double?)counts[month] / cohort.Customers : null)];
    }
}
