using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Retention;

/// <summary>Who stayed: month by month, by the month they came in, and by segment.</summary>
internal sealed class RetentionPage(MeasurePass pass, ValueModel model, ModelWords words) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var view = RetentionView.Of(request, churnIsKnown: model.Churn.Events.Count > 0);
        var measures = await pass.ReadAsync(request.Cancellation);
        string title = reader.Say("Retention", "Rétention");
        string lead = reader.Say(
            "Of the customers who were there, those who stayed. New ones are left out of both.",
            "Parmi les clients présents, ceux qui sont restés. Les nouveaux sont exclus des deux côtés."
        );
        if (measures is null)
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{MeasuredAt.Of(reader, measures)}");

        var segments = await pass.ReadAsync(view.By, request.Cancellation);
        var chosen = segments.Segments.FirstOrDefault(segment => segment.Value == view.Segment);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Downloads.Csv(reader, view.Address("/retention.csv")))}
            {MeasuredAt.Of(reader, measures)}
            {Latest(reader, measures.Retention)}
            {Definition(reader)}
            <section><h2>{reader.Say("Month by month", "Mois par mois")}</h2>
            {Months(reader, chosen?.Months ?? measures.RetentionByMonth)}</section>
            {Cohorts(reader, view, segments, chosen?.Cohorts ?? measures.Cohorts)}
            {Segments(reader, view, segments, measures)}
            """
        );
    }

    private static Html Latest(Reader reader, RetentionPeriod? latest)
    {
        if (latest is null)
            return $"""
                <p class="empty">{reader.Say(
                    "Nobody was there 30 days ago: retention can be told once somebody was.",
                    "Personne n’était là il y a 30 jours : la rétention se mesure dès que quelqu’un l’était.")}</p>
                """;
        var figures = new List<Figure>();
        if (latest.Customers is { } customers)
        {
            figures.Add(
                new Figure(reader.Say("Stayed, 30 days", "Restés, 30 jours"), reader.Percent(customers.Share), Range(reader, customers))
            );
            figures.Add(
                new Figure(
                    reader.Say("At the start", "Au début"),
                    reader.Whole(customers.Of),
                    reader.Say($"{customers.Of - customers.Count} left", $"{customers.Of - customers.Count} partis")
                )
            );
            figures.Add(new Figure(reader.Say("New, left out", "Nouveaux, exclus"), reader.Whole(latest.New ?? 0)));
        }
        figures.Add(
            new Figure(
                reader.Say("Kept getting value", "Continuent d’obtenir de la valeur"),
                reader.Percent(latest.Value.Share),
                Range(reader, latest.Value)
            )
        );
        return Figures.Of(figures);
    }

    private Html Definition(Reader reader) =>
        $"""
        <p class="definition">{reader.Say(
            "100 customers at the start, 10 new ones, 10 of the first gone: 90% stayed, not 100%. "
                + "Who left and came back within the period stayed.",
            "100 clients au début, 10 nouveaux, 10 des premiers partis : 90 % sont restés, pas 100 %. "
                + "Qui part et revient dans la période est resté.")} {reader.Say(
            $"Getting value means {words.Floor(reader)} or more; it falls months before customers leave.",
            $"Obtenir de la valeur, c’est au moins {words.Floor(reader)} ; cela baisse des mois avant les départs.")}</p>
        """;

    private static Html Months(Reader reader, IReadOnlyList<RetentionPeriod> months)
    {
        if (months.Count == 0)
            return $"""
                <p class="empty">{reader.Say("The first month is not over yet.", "Le premier mois n’est pas encore terminé.")}</p>
                """;
        var text = new ChartText(
            reader.Say("Stayed over the month", "Restés sur le mois"),
            reader.Say("Month", "Mois"),
            [.. months.Select(month => reader.Month(month.From))],
            value => reader.Percent(value)
        );
        var series = new List<Series>();
        if (months.Any(month => month.Customers is not null))
            series.Add(new Series(reader.Say("Customers", "Clients"), [.. months.Select(month => month.Customers?.Share)]));
        series.Add(new Series(reader.Say("Getting value", "Obtiennent de la valeur"), [.. months.Select(month => month.Value.Share)]));
        return LineChart.Of(reader.Charts, text, series);
    }

    private static Html Cohorts(Reader reader, RetentionView view, SegmentMeasures segments, IReadOnlyList<RetentionCohort> cohorts)
    {
        var measures = new[] { RetentionMeasure.Customers, RetentionMeasure.Value }
            .Where(measure => measure == RetentionMeasure.Value || view.ChurnIsKnown)
            .Select(measure => new Choice(
                RetentionView.Name(reader, measure),
                (view with { Show = measure }).Address() + "#cohorts",
                measure == view.Show
            ));
        var who = SegmentWords
            .InOrder(segments)
            .Select(segment => new Choice(
                SegmentWords.Name(reader, segments.By, segment.Value),
                (view with { Segment = segment.Value }).Address() + "#cohorts",
                segment.Value == view.Segment,
                reader.Whole(segment.Accounts)
            ))
            .Prepend(
                new Choice(reader.Say("Everybody", "Tous"), (view with { Segment = null }).Address() + "#cohorts", view.Segment is null)
            );
        return $"""
            <section id="cohorts"><h2>{reader.Say("By the month they came in", "Par mois d’arrivée")}</h2>
            <p class="lead">{reader.Say(
                "Each row follows the customers of one month, from its end on; nobody joins a row later.",
                "Chaque ligne suit les clients d’un mois, à partir de sa fin ; personne n’y entre plus tard.")}</p>
            {Choices.Of(reader.Say("What is followed", "Ce qui est suivi"), measures)}
            {Choices.Of(reader.Say("Who", "Qui"), who)}
            {CohortMap.Of(reader, view.Show, cohorts)}</section>
            """;
    }

    private static Html Segments(Reader reader, RetentionView view, SegmentMeasures segments, ProductMeasures measures)
    {
        var kinds = Enum.GetValues<SegmentKind>()
            .Select(kind => new Choice(
                SegmentWords.By(reader, kind),
                (view with { By = kind, Segment = null }).Address() + "#segments",
                kind == view.By
            ));
        var rows = SegmentWords
            .InOrder(segments)
            .Where(segment => segment.Latest is not null)
            .Select(segment => Row(reader, SegmentWords.Name(reader, segments.By, segment.Value), segment.Latest!));
        var all = measures.Retention is { } latest ? Row(reader, reader.Say("Everybody", "Tous"), latest) : Html.Empty;
        return $"""
            <section id="segments"><h2>{reader.Say("Segments compared, last 30 days", "Segments comparés, 30 derniers jours")}</h2>
            {Choices.Of(reader.Say("Segments", "Segments"), kinds)}
            <div class="scroll" role="region" aria-label="{reader.Say("Segments compared", "Segments comparés")}" tabindex="0">
            <table class="scores"><caption class="unseen">{reader.Say("Segments compared", "Segments comparés")}</caption>
            <thead><tr><th scope="col">{SegmentWords.Kind(reader, view.By)}</th>
            <th scope="col" class="number">{reader.Say("Stayed", "Restés")}</th>
            <th scope="col">{reader.Say("Where it truly lies (95%)", "Où cela se situe vraiment (95 %)")}</th>
            <th scope="col" class="number">{reader.Say("At the start", "Au début")}</th>
            <th scope="col" class="number">{reader.Say("New", "Nouveaux")}</th>
            <th scope="col" class="number">{reader.Say("Kept value", "Gardent la valeur")}</th></tr></thead>
            <tbody>{rows}{all}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, string name, RetentionPeriod period)
    {
        var share = period.Customers ?? period.Value;
        return $"""
            <tr><th scope="row">{Html.Isolated(name)}</th>
            <td class="number"><strong>{reader.Percent(share.Share)}</strong></td>
            <td class="range">{(share.Share is { } known
                ? Ranges.Of(known, share.Low, share.High, 0, 1)
                : Html.Empty)}<span class="quiet">{Range(reader, share)}</span></td>
            <td class="number">{reader.Whole(share.Of)}</td>
            <td class="number">{(period.New is { } added ? reader.Whole(added) : "–")}</td>
            <td class="number">{reader.Percent(period.Value.Share)}</td></tr>
            """;
    }

    private static string Range(Reader reader, Proportion share) =>
        reader.Say(
            $"{reader.Percent(share.Low)} to {reader.Percent(share.High)}",
            $"{reader.Percent(share.Low)} à {reader.Percent(share.High)}"
        );
}
