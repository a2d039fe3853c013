using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Web.Api;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Features;

/// <summary>How features are adopted, in four dimensions and by segment, what scores go with them, and what is being retired.</summary>
internal sealed class FeaturesPage(MeasurePass pass, ValueModel model, FeatureTable table, FeatureScores scores, SunsetSections sunsets)
    : IDashboardPage
{
    private static readonly string[] Dimensions = [.. AdoptionDimension.All.Select(dimension => dimension.Id)];

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var by = SegmentKinds.Parse(Query.OneOf(request.Http, "by", SegmentKinds.Names)) ?? SegmentKind.Plan;
        string show = Query.OneOf(request.Http, "show", Dimensions) ?? Dimensions[0];
        var measures = await pass.ReadAsync(request.Cancellation);
        string title = reader.Say("Features");
        string lead = reader.Say("What customers pay for and use: who, how often, how soon, and for how long.");
        if (measures is null || model.Features.Count == 0)
        {
            Html why =
                model.Features.Count == 0
                    ? $"""
                        <p class="empty">{reader.Say(
                            "The value model names no features."                        )}</p>
                        """
                    : MeasuredAt.Of(reader, measures);
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{why}");
        }

        var segments = await pass.ReadAsync(by, request.Cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Downloads.Csv(reader, Links.With("/features.csv", ("by", by.Name()))))}
            {MeasuredAt.Of(reader, measures)}
            {table.Of(reader, measures)}
            {Segments(reader, segments, AdoptionDimension.All.First(dimension => dimension.Id == show))}
            {scores.Of(reader, measures)}
            {sunsets.Of(reader, measures)}
            """
        );
    }

    private Html Segments(Reader reader, SegmentMeasures measures, AdoptionDimension show)
    {
        var kinds = SegmentWords
            .Kinds(model)
            .Select(kind => new Choice(SegmentWords.By(reader, kind), Address(kind, show.Id), kind == measures.By));
        var dimensions = AdoptionDimension.All.Select(dimension => new Choice(
            dimension.Name(reader),
            Address(measures.By, dimension.Id),
            dimension == show
        ));
        return $"""
            <section id="segments"><h2>{reader.Say("Segments compared")}</h2>
            {Choices.Of(reader.Say("Segments"), kinds)}
            {Choices.Of(reader.Say("Dimension"), dimensions)}
            {HeatMapOf(reader, measures, show)}</section>
            """;
    }

    private Html HeatMapOf(Reader reader, SegmentMeasures measures, AdoptionDimension show)
    {
        var segments = SegmentWords.InOrder(measures);
        if (segments.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "Segments come with the next measuring.")}</p>
                """;
        var text = new ChartText(
            show.Name(reader),
            SegmentWords.Kind(reader, measures.By),
            [
                .. segments.Select(segment =>
                    $"{SegmentWords.Name(reader, model, measures.By, segment.Value)} ({reader.Whole(segment.Accounts)})"
                ),
            ],
            value => show.Format(reader, value)
        )
        {
            Unit = show.Meaning(reader),
        };
        var rows = model.Features.Select(
            (feature, index) =>
                new HeatRow(
                    Html.Isolated(feature.Name.In(reader.Language)),
                    [
                        .. segments
                            .Select(segment => segment.Features.FirstOrDefault(measure => measure.Id == feature.Id))
                            .Select(found => found is null ? null : show.Value(found)),
                    ]
                )
        );
        return HeatMap.Of(text, reader.Say("Feature"), [.. rows], show.Most);
    }

    private static string Address(SegmentKind by, string show) => Links.With("/features", ("by", by.Name()), ("show", show)) + "#segments";
}
