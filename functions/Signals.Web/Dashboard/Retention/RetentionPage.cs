using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Segments;

namespace Signals.Web.Dashboard.Retention;

/// <summary>Who stayed: month by month, by the month they came in, and by segment.</summary>
internal sealed class RetentionPage(MeasurePass pass, ValueModel model, ModelWords words) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var view = RetentionView.Of(request, churnIsKnown: model.Churn.Events.Count > 0);
        var measures = await pass.ReadAsync(request.Cancellation);
        string title = reader.Say("Retention");
        string lead = reader.Say("Of the customers who were there, those who stayed. New ones are left out of both.");
        if (measures is null)
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{MeasuredAt.Of(reader, measures)}");

        var segments = await pass.ReadAsync(view.By, request.Cancellation);
        var chosen = segments.Segments.FirstOrDefault(segment => segment.Value == view.Segment);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Actions(reader, view))}
            {MeasuredAt.Of(reader, measures)}
            {Latest(reader, measures.Retention)}
            {Definition(reader)}
            <section><h2>{reader.Say("Month by month")}</h2>
            {Months(reader, chosen?.Months ?? measures.RetentionByMonth)}</section>
            {Cohorts(reader, view, segments, chosen?.Cohorts ?? measures.Cohorts)}
            {Segments(reader, view, segments, measures)}
            """
        );
    }

    private Html Actions(Reader reader, RetentionView view) =>
        $"""
            {(model.Segments.Count == 0
                ? Html.Empty
                : Html.Of($"""<a class="button second" href="{SegmentsPage.Path}">{reader.Say("Segments compared")}</a>"""))}
            <a class="button second" href="{BeginningsPage.Path}">{reader.Say("Beginnings and habit")}</a>
            {Downloads.Csv(reader, view.Address("/retention.csv"))}
            """;

    private static Html Latest(Reader reader, RetentionPeriod? latest)
    {
        if (latest is null)
            return $"""
                <p class="empty">{reader.Say(
                    "Nobody was there 30 days ago: retention can be told once somebody was.")}</p>
                """;
        var figures = new List<Figure>();
        if (latest.Customers is { } customers)
        {
            figures.Add(new Figure(reader.Say("Stayed, 30 days"), reader.Percent(customers.Share), Range(reader, customers)));
            figures.Add(
                new Figure(reader.Say("At the start"), reader.Whole(customers.Of), reader.Say($"{customers.Of - customers.Count} left"))
            );
            figures.Add(new Figure(reader.Say("New, left out"), reader.Whole(latest.New ?? 0)));
        }
        figures.Add(new Figure(reader.Say("Kept getting value"), reader.Percent(latest.Value.Share), Range(reader, latest.Value)));
        return Figures.Of(figures);
    }

    private Html Definition(Reader reader) =>
        $"""
        <p class="definition">{reader.Say(
            "100 customers at the start, 10 new ones, 10 of the first gone: 90% stayed, not 100%. "
                + "Who left and came back within the period stayed.")} {reader.Say(
            $"Getting value means {words.Floor(reader)} or more; it falls months before customers leave.")}</p>
        """;

    private static Html Months(Reader reader, IReadOnlyList<RetentionPeriod> months)
    {
        if (months.Count == 0)
            return $"""
                <p class="empty">{reader.Say("The first month is not over yet.")}</p>
                """;
        var text = new ChartText(
            reader.Say("Stayed over the month"),
            reader.Say("Month"),
            [.. months.Select(month => reader.Month(month.From))],
            value => reader.Percent(value)
        );
        var series = new List<Series>();
        if (months.Any(month => month.Customers is not null))
            series.Add(new Series(reader.Say("Customers"), [.. months.Select(month => month.Customers?.Share)]));
        series.Add(new Series(reader.Say("Getting value"), [.. months.Select(month => month.Value.Share)]));
        // Shares of customers who stayed lie close to each other: from nought on no difference would be seen.
        return LineChart.Of(reader.Charts, text, series, fromNought: false);
    }

    private Html Cohorts(Reader reader, RetentionView view, SegmentMeasures segments, IReadOnlyList<RetentionCohort> cohorts)
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
                SegmentWords.Name(reader, model, segments.By, segment.Value),
                (view with { Segment = segment.Value }).Address() + "#cohorts",
                segment.Value == view.Segment,
                reader.Whole(segment.Accounts)
            ))
            .Prepend(new Choice(reader.Say("Everybody"), (view with { Segment = null }).Address() + "#cohorts", view.Segment is null));
        return $"""
            <section id="cohorts"><h2>{reader.Say("By the month they came in")}</h2>
            <p class="lead">{reader.Say(
                "Each row follows the customers of one month, from its end on; nobody joins a row later.")}</p>
            {Choices.Of(reader.Say("What is followed"), measures)}
            {Choices.Of(reader.Say("Who"), who)}
            {CohortMap.Of(reader, view.Show, cohorts)}</section>
            """;
    }

    private Html Segments(Reader reader, RetentionView view, SegmentMeasures segments, ProductMeasures measures)
    {
        var kinds = SegmentWords
            .Kinds(model)
            .Select(kind => new Choice(
                SegmentWords.By(reader, kind),
                (view with { By = kind, Segment = null }).Address() + "#segments",
                kind == view.By
            ));
        var rows = SegmentWords
            .InOrder(segments)
            .Where(segment => segment.Latest is not null)
            .Select(segment => Row(reader, SegmentWords.Name(reader, model, segments.By, segment.Value), segment.Latest!));
        var all = measures.Retention is { } latest ? Row(reader, reader.Say("Everybody"), latest) : Html.Empty;
        return $"""
            <section id="segments"><h2>{reader.Say("Segments compared, last 30 days")}</h2>
            {Choices.Of(reader.Say("Segments"), kinds)}
            <div class="scroll" role="region" aria-label="{reader.Say("Segments compared")}" tabindex="0">
            <table class="scores"><caption class="unseen">{reader.Say("Segments compared")}</caption>
            <thead><tr><th scope="col">{SegmentWords.Kind(reader, view.By)}</th>
            <th scope="col" class="number">{reader.Say("Stayed")}</th>
            <th scope="col">{reader.Say("Where it truly lies (95%)")}</th>
            <th scope="col" class="number">{reader.Say("At the start")}</th>
            <th scope="col" class="number">{reader.Say("New")}</th>
            <th scope="col" class="number">{reader.Say("Kept value")}</th></tr></thead>
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

    private static string Range(Reader reader, Proportion share) => reader.Range(reader.Percent(share.Low), reader.Percent(share.High));
}
