using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Signals.Web.Charts;
using Signals.Web.Markup;

namespace Signals.Web.Tests.Charts;

/// <summary>What charts draw, where the dashboard's own pages do not say it already.</summary>
public sealed class ChartTests
{
    private static readonly ChartText Text = new("Seen, by said", "said", ["a", "b"], value => $"{value:0.##}");

    [Theory]
    [InlineData(0, 4, 0, 4)]
    [InlineData(0.9, 1, 0.9, 1)]
    [InlineData(10, 13, 10, 13)]
    [InlineData(10.5, 13, 10, 13.125)]
    public void A_scale_around_values_ends_at_those_that_are_round(double low, double high, double from, double to)
    {
        var scale = Scale.Around([low, high]);

        Assert.Equal((from, to), (Math.Round(scale.From, 6), Math.Round(scale.To, 6)));
    }

    [Fact]
    public void Two_measures_are_drawn_to_scale_with_the_interval_of_each_point()
    {
        var chart = Read(
            XyChart.Of(
                ChartWords.English,
                Text,
                new Scale(0, 2),
                new Scale(0, 1),
                [new XyLine("as said", "reference", [(0, 0), (2, 1)])],
                new XyPoints("seen", [new XyPoint(1, 0.25, 0.1, 0.5)])
            )
        );

        Assert.Equal("0,100 1000,0", chart.QuerySelector("polyline.reference")!.GetAttribute("points"));
        var point = chart.QuerySelector(".drawing circle")!;
        Assert.Equal(("50%", "75%"), (point.GetAttribute("cx"), point.GetAttribute("cy")));
        var interval = chart.QuerySelector("line.whisker")!;
        Assert.Equal(("90%", "50%"), (interval.GetAttribute("y1"), interval.GetAttribute("y2")));
        Assert.Equal("1: 0.25 (0.1 – 0.5)", chart.QuerySelector(".drawing title")!.TextContent);
        Assert.Equal(["0", "1", "2"], chart.QuerySelectorAll(".places span").Select(end => end.TextContent));
        Assert.Equal(["as said", "seen"], chart.QuerySelectorAll(".legend li").Select(entry => entry.TextContent.Trim()));
    }

    [Fact]
    public void The_table_behind_a_chart_holds_its_values_or_what_was_given_instead()
    {
        Series[] series = [new Series("one", [1, null])];

        var own = Read(LineChart.Of(ChartWords.English, Text, series));
        var given = Read(LineChart.Of(ChartWords.English, Text with { Numbers = $"<table><tr><td>{"more"}</td></tr></table>" }, series));
        var none = Read(XyChart.Of(ChartWords.English, Text, new Scale(0, 1), new Scale(0, 1), []));

        Assert.Equal(["1", "–"], own.QuerySelectorAll(".behind td").Select(cell => cell.TextContent));
        Assert.Equal(["more"], given.QuerySelectorAll(".behind td").Select(cell => cell.TextContent));
        Assert.Equal("The numbers of: Seen, by said", given.QuerySelector(".behind summary")!.TextContent);
        Assert.Null(none.QuerySelector(".behind"));
    }

    [Fact]
    public void Bars_are_held_against_a_line_and_their_scale_reaches_it()
    {
        var chart = Read(StackedBars.Of(ChartWords.English, Text, [new Series("one", [1, 2])], new ReferenceLine("usual", 4)));

        Assert.Equal("0%", chart.QuerySelector(".drawing > line.reference")!.GetAttribute("y1"));
        Assert.Contains("usual: 4", chart.QuerySelector(".legend")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_sets_a_part_of_itself_off()
    {
        BarRow[] rows = [new BarRow($"{"found"}", 4) { Part = 1 }, new BarRow($"{"whole"}", 2)];

        var bars = Read(HorizontalBars.Of(Text, "How many", rows)).QuerySelectorAll("td.bar");

        Assert.Equal(["fill s1 rest 100", "fill s1 25"], bars[0].QuerySelectorAll(".fill").Select(Fill));
        Assert.Equal(["fill s1 50"], bars[1].QuerySelectorAll(".fill").Select(Fill));

        static string Fill(AngleSharp.Dom.IElement fill) => $"{fill.ClassName} {fill.GetAttribute("width")}";
    }

    private static IHtmlDocument Read(Html chart) =>
        new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument($"<!doctype html><title>A chart</title>{chart}");
}
