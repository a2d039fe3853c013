using System.Text;

namespace Signals.Web.Charts;

/// <summary>Values over time as lines. Lines differ in their dashes as well as in colour.</summary>
public static class LineChart
{
    private const double Width = 1000;

    /// <summary>A drawing with a target under each of so many places at most; more would be too narrow to meet.</summary>
    private const int MaxTargets = 140;

    private const int MarkHeight = 15;

    /// <param name="words">What every chart says.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="series">The lines.</param>
    /// <param name="against">A value they are held against.</param>
    /// <param name="marks">What happened along it.</param>
    /// <param name="fromNought">False where differences are small beside the values: the axis is around them.</param>
    public static Html Of(
        ChartWords words,
        ChartText text,
        IReadOnlyList<Series> series,
        ReferenceLine? against = null,
        IReadOnlyList<ChartMark>? marks = null,
        bool fromNought = true
    )
    {
        var values = series.SelectMany(one => one.Values).OfType<double>().Concat(against is null ? [] : [against.Value]);
        var scale = fromNought ? Scale.Of(values) : Scale.Around(values);
        int places = text.Places.Count;
        Html plot = $"""
            {ChartFrame.Heights(text, scale)}
            <svg class="drawing">
            {ChartFrame.Grid}
            {(against is null ? Html.Empty : ChartFrame.Reference(scale, against))}
            {(marks ?? []).Select((mark, i) => Mark(mark, i, places))}
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" width="100%" height="100%"
                class="lines">{series.Select((one, i) => Line(one, i, scale))}</svg>
            {series.Select((one, i) => End(one, i, scale))}
            {Targets(text, series)}
            </svg>
            {ChartFrame.Places(text)}
            """;
        return ChartFrame.Of(words, text, Legend(text, series, against), plot, ChartFrame.Table(text, series));
    }

    private static Html Legend(ChartText text, IReadOnlyList<Series> series, ReferenceLine? against)
    {
        if (series.Count == 1 && against is null)
            return Html.Empty;
        var entries = series.Select((one, i) => ChartFrame.LegendEntry($"line {one.ToneAt(i)} d{i + 1}", one.Name));
        var reference = against is null ? Html.Empty : ChartFrame.LegendEntry(text, against);
        return $"""<ul class="legend">{entries}{reference}</ul>""";
    }

    /// <summary>Names of marks stand under each other: two days that are close would write over one another.</summary>
    private static Html Mark(ChartMark mark, int index, int places)
    {
        double at = Across(mark.Place, places) / Width * 100;
        string x = Scale.Text(at),
            anchor = at > 60 ? "end" : "start";
        return $"""
            <line class="mark" x1="{x}%" x2="{x}%" y1="0" y2="100%"/><text class="mark" x="{x}%" y="{12 + (MarkHeight * index)}"
                dx="{(at > 60 ? -5 : 5)}" text-anchor="{anchor}">{mark.Text}</text>
            """;
    }

    private static Html Line(Series one, int index, Scale scale)
    {
        var path = new StringBuilder();
        bool pen = false;
        for (int i = 0; i < one.Values.Count; i++)
        {
            if (one.Values[i] is not { } value)
            {
                pen = false;
                continue;
            }
            path.Append(pen ? 'L' : 'M')
                .Append(Scale.Text(Across(i, one.Values.Count)))
                .Append(' ')
                .Append(Scale.Text(scale.FromTop(value)));
            pen = true;
        }
        return $"""<path class="line {one.ToneAt(index)} d{index + 1}" d="{path.ToString()}"/>""";
    }

    /// <summary>A dot at the last value, so that a single value shows too.</summary>
    private static Html End(Series one, int index, Scale scale)
    {
        for (int i = one.Values.Count - 1; i >= 0; i--)
        {
            if (one.Values[i] is { } value)
                return $"""
                    <circle class="end {one.ToneAt(index)}" cx="{Scale.Text(Across(i, one.Values.Count) / Width * 100)}%"
                        cy="{Scale.Text(scale.FromTop(value))}%" r="3.5"/>
                    """;
        }
        return Html.Empty;
    }

    /// <summary>What a pointer over a place is told.</summary>
    private static IEnumerable<Html> Targets(ChartText text, IReadOnlyList<Series> series)
    {
        int places = text.Places.Count;
        if (places > MaxTargets)
            return [];
        double width = 100.0 / places;
        return text.Places.Select(
            (place, i) =>
            {
                string values = string.Join(", ", series.Select(one => Told(text, one, i, isAlone: series.Count == 1)));
                return Html.Of(
                    $"""
                    <rect class="target" x="{Scale.Text(i * width)}%" width="{Scale.Text(width)}%"
                        height="100%"><title>{place}: {values}</title></rect>
                    """
                );
            }
        );
    }

    private static string Told(ChartText text, Series one, int place, bool isAlone) =>
        (isAlone ? "" : one.Name + " ") + ChartFrame.Value(text, one.Values[place]);

    private static double Across(int place, int places) => places < 2 ? Width : Width * place / (places - 1);
}
