using Signals.Core.Daily.Revenue;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>What became of the money: by month, and by the month that customers paid first in.</summary>
internal static class RevenueRetention
{
    public static Html Of(Reader reader, RevenueMeasures revenue, RevenueView view) =>
        $"""
            <section id="retention"><h2>{reader.Say("What became of the money")}</h2>
            <p class="definition">{reader.Say(
                "Of what customers paid at the start of a month: gross is what was kept of it, net counts in what the same customers "
                    + "pay more. "
                    + "New customers are in neither.")}</p>
            {Months(reader, revenue.Months)}</section>
            {Cohorts(reader, revenue.Cohorts, view)}
            """;

    private static Html Months(Reader reader, IReadOnlyList<RevenuePeriod> months)
    {
        if (months.Count == 0)
            return $"""<p class="empty">{reader.Say("The first month is not over yet.")}</p>""";
        var text = new ChartText(
            reader.Say("Money kept over the month"),
            reader.Say("Month"),
            [.. months.Select(month => reader.Month(month.From))],
            value => Share.Percent(reader, value)
        );
        Html chart = LineChart.Of(
            reader.Charts,
            text,
            [
                new Series(reader.Say("Net"), [.. months.Select(month => month.Net.Share)]),
                new Series(reader.Say("Gross"), [.. months.Select(month => month.Gross.Share)]),
            ],
            new ReferenceLine(reader.Say("All of it"), 1),
            fromNought: false
        );
        string title = reader.Say("The money month by month");
        return $"""
            {chart}
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="money"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Month")}</th>
            <th scope="col" class="number">{reader.Say("At the start")}</th>
            <th scope="col" class="number">{reader.Say("Gone")}</th>
            <th scope="col" class="number">{reader.Say("Pay less")}</th>
            <th scope="col" class="number">{reader.Say("Pay more")}</th>
            <th scope="col" class="number">{reader.Say("Gross")}</th>
            <th scope="col" class="number">{reader.Say("Net")}</th>
            <th scope="col" class="number">{reader.Say("New, left out")}</th></tr></thead>
            <tbody>{months.Reverse().Select(month => Row(reader, month))}</tbody></table></div>
            <p class="more">{Downloads.Csv(reader, RevenueView.Csv("months"))}</p>
            """;
    }

    private static Html Row(Reader reader, RevenuePeriod month) =>
        $"""
            <tr><th scope="row">{reader.Month(month.From)}</th>
            <td class="number">{reader.Money(Math.Round(month.Start))} <span class="quiet">{reader.Count(
                month.Customers, "{0} customer", "{0} customers")}</span></td>
            <td class="number">{Minus(reader, month.Churned)} <span class="quiet">{reader.Count(
                month.Left, "{0} customer", "{0} customers")}</span></td>
            <td class="number">{Minus(reader, month.Contracted)}</td>
            <td class="number">{(month.Expanded > 0 ? "+" : "")}{reader.Money(Math.Round(month.Expanded))}</td>
            <td class="number"><strong>{Share.Percent(reader, month.Gross)}</strong>
            <span class="quiet">{Share.Range(reader, month.Gross)}</span></td>
            <td class="number"><strong>{Share.Percent(reader, month.Net)}</strong>
            <span class="quiet">{Share.Range(reader, month.Net)}</span></td>
            <td class="number">{reader.Money(Math.Round(month.Added))} <span class="quiet">{reader.Count(
                month.New, "{0} customer", "{0} customers")}</span></td></tr>
            """;

    private static string Minus(Reader reader, double amount) => (amount > 0 ? "−" : "") + reader.Money(Math.Round(amount));

    private static Html Cohorts(Reader reader, IReadOnlyList<RevenueCohort> cohorts, RevenueView view)
    {
        IReadOnlyList<bool> kinds = [false, true];
        var shows = kinds.Select(gross => new Choice(
            gross ? reader.Say("Gross") : reader.Say("Net"),
            (view with { Gross = gross }).Address() + "#cohorts",
            gross == view.Gross
        ));
        return $"""
            <section id="cohorts"><h2>{reader.Say("By the month they paid first in")}</h2>
            <p class="lead">{reader.Say(
                "Each row follows the money of those who began to pay in one month, from its end on; nobody joins a row later.")}</p>
            {Choices.Of(reader.Say("What is followed"), shows)}
            {Map(reader, cohorts, view.Gross)}
            <p class="more">{Downloads.Csv(reader, RevenueView.Csv("cohorts"))}</p></section>
            """;
    }

    private static Html Map(Reader reader, IReadOnlyList<RevenueCohort> cohorts, bool gross)
    {
        if (cohorts.Count == 0)
            return $"""<p class="empty">{reader.Say("Rows come when the first month with customers is over.")}</p>""";
        int months = cohorts.Max(cohort => cohort.Net.Count);
        var text = new ChartText(
            gross ? reader.Say("Gross") : reader.Say("Net"),
            reader.Say("Months since"),
            [.. Enumerable.Range(0, months).Select(month => month == 0 ? reader.Say("its end") : $"+{month}")],
            value => reader.Percent(value)
        )
        {
            Unit = reader.Say("of what they paid at the end of the month they began in"),
        };
        var rows = cohorts.Select(cohort => new HeatRow(
            $"""
            {NameOf(reader, cohort)} <span class="quiet">{reader.Count(
                cohort.Customers, "{0} customer", "{0} customers")}, {reader.Money(Math.Round(cohort.Start))}</span>
            """,
            [
                .. Enumerable
                    .Range(0, months)
                    .Select(month =>
                        month < cohort.Net.Count && cohort.Start > 0
                            ? (double?)(gross ? cohort.Gross : cohort.Net)[month] / cohort.Start
                            : null
                    ),
            ]
        ));
        return HeatMap.Of(text, reader.Say("Began in"), [.. rows], 1);
    }

    public static string NameOf(Reader reader, RevenueCohort cohort) =>
        cohort.Month is { } month ? reader.Month(month) : reader.Say("before");
}
