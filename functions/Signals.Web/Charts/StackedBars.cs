namespace Signals.Web.Charts;

/// <summary>
/// A bar a place, each of the same parts. Parts differ in texture as well as in colour, and the legend stands in their order.
/// </summary>
public static class StackedBars
{
    private static readonly string[] Textures =
    [
        "",
        "M0 6L6 0M-1 1L1 -1M5 7L7 5",
        "M1.5 1.5h1.6v1.6h-1.6zM4.5 4.5h1.6v1.6h-1.6z",
        "M0 3H6",
        "M3 0V6",
        "M0 0L6 6M5 -1L7 1M-1 5L1 7",
    ];

    /// <param name="words">What every chart says.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="parts">From the bottom up.</param>
    /// <param name="against">What the bars are held against, or null.</param>
    public static Html Of(ChartWords words, ChartText text, IReadOnlyList<Series> parts, ReferenceLine? against = null)
    {
        int places = text.Places.Count;
        double[] sums = [.. Enumerable.Range(0, places).Select(i => parts.Sum(part => Math.Max(0, part.Values[i] ?? 0)))];
        var scale = Scale.Of(against is null ? sums : [.. sums, against.Value]);
        string id = IdOf(text.Title);
        Html plot = $"""
            {ChartFrame.Heights(text, scale)}
            <svg class="drawing">
            <defs>{parts.Select((part, i) => Pattern(id, part, i))}</defs>
            {ChartFrame.Grid}
            {Enumerable.Range(0, places).Select(i => Bar(text, parts, scale, i, id))}
            {(against is null ? Html.Empty : ChartFrame.Reference(scale, against))}
            </svg>
            {ChartFrame.Places(text)}
            """;
        return ChartFrame.Of(words, text, Legend(text, parts, id, against), plot, ChartFrame.Table(text, parts));
    }

    private static Html Legend(ChartText text, IReadOnlyList<Series> parts, string id, ReferenceLine? against) =>
        $"""<ul class="legend">{parts.Select((part, i) => LegendEntry(part, $"{id}-{i}")).Reverse()}{(
            against is null ? Html.Empty : ChartFrame.LegendEntry(text, against))}</ul>""";

    private static Html LegendEntry(Series part, string pattern) =>
        $"""
            <li><svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" fill="url(#{pattern})"/></svg>{part.Name}</li>
            """;

    private static Html Pattern(string id, Series part, int index) =>
        $"""
            <pattern id="{id}-{index}" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect class="fill {part.ToneAt(index)}" width="6" height="6"/>
            <path class="texture" d="{Textures[index % Textures.Length]}"/></pattern>
            """;

    private static Html Bar(ChartText text, IReadOnlyList<Series> parts, Scale scale, int place, string id)
    {
        double slot = 100.0 / text.Places.Count,
            gap = text.Places.Count > 60 ? 0.1 : 0.18;
        string x = Scale.Text((place + (gap / 2)) * slot),
            width = Scale.Text(slot * (1 - gap));
        double below = 0;
        var pieces = new List<Html>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Values[place] is not ({ } value and > 0))
                continue;
            double top = scale.FromTop(below + value),
                height = scale.FromTop(below) - top;
            pieces.Add(
                $"""<rect x="{x}%" y="{Scale.Text(top)}%" width="{width}%" height="{Scale.Text(height)}%" fill="url(#{id}-{i})"/>"""
            );
            below += value;
        }
        string values = string.Join(", ", parts.Select(part => $"{part.Name} {ChartFrame.Value(text, part.Values[place])}"));
        return $"<g><title>{text.Places[place]}: {values}</title>{pieces}</g>";
    }

    /// <summary>Patterns are named within the whole page.</summary>
    private static string IdOf(string title) => "t" + Core.Platform.Storage.MessageHash.Of(title).ToString("x16")[..8];
}
