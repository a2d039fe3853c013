namespace Signals.Web.Charts;

/// <summary>
/// What stands around every drawing: its caption, its legend, its axes, and the same numbers as a table for who can't see it or wants them.
/// </summary>
internal static class ChartFrame
{
    /// <param name="words">What every chart says.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="legend">Names of its parts.</param>
    /// <param name="plot">The drawing, hidden from screen readers.</param>
    /// <param name="table">The numbers.</param>
    public static Html Of(ChartWords words, ChartText text, Html legend, Html plot, Html table)
    {
        Html unit = text.Unit.Length == 0 ? Html.Empty : $""" <span class="quiet">{text.Unit}</span>""";
        return $"""
            <figure class="chart">
            <figcaption>{text.Title}{unit}</figcaption>
            {legend}
            <div class="plot" aria-hidden="true">{plot}</div>
            {Behind(words, text.Title, text.Numbers.IsEmpty ? table : text.Numbers)}
            </figure>
            """;
    }

    private static Html Behind(ChartWords words, string title, Html table) =>
        table.IsEmpty
            ? Html.Empty
            : $"""
                <details class="behind"><summary>{words.Numbers}<span class="unseen">{words.NumbersOf}{title}</span></summary>
                <div class="scroll" role="region" aria-label="{title}" tabindex="0">{table}</div></details>
                """;

    public static Html LegendEntry(string style, string name) =>
        $"""<li><svg width="22" height="10" aria-hidden="true"><line class="{style}" x1="0" x2="22" y1="5" y2="5"/></svg>{name}</li>""";

    /// <summary>What the reference line stands for, and its value.</summary>
    public static Html LegendEntry(ChartText text, ReferenceLine against) =>
        LegendEntry("reference", $"{against.Name}: {text.Format(against.Value)}");

    public static Html Reference(Scale scale, ReferenceLine against)
    {
        string y = Scale.Text(scale.FromTop(against.Value));
        return $"""<line class="reference" x1="0" x2="100%" y1="{y}%" y2="{y}%"/>""";
    }

    /// <summary>The highest, middle and lowest value, beside the drawing.</summary>
    public static Html Heights(ChartText text, Scale scale) =>
        $"""
            <div class="heights"><span>{text.Format(scale.To)}</span>
            <span>{text.Format((scale.From + scale.To) / 2)}</span><span>{text.Format(scale.From)}</span></div>
            """;

    /// <summary>The first, middle and last place, under the drawing.</summary>
    public static Html Places(ChartText text) =>
        text.Places.Count switch
        {
            0 => Html.Empty,
            1 => $"""<div class="places"><span>{text.Places[0]}</span></div>""",
            < 5 => $"""<div class="places each">{text.Places.Select(place => Html.Of($"<span>{place}</span>"))}</div>""",
            var count => $"""
                <div class="places"><span>{text.Places[0]}</span><span>{text.Places[count / 2]}</span><span>{text.Places[^1]}</span></div>
                """,
        };

    /// <summary>The values at the left end, the middle and the right end, and what they are, under a drawing of two measures.</summary>
    public static Html Ends(ChartText text, Scale across) =>
        $"""
            <div class="places"><span>{text.Format(across.From)}</span><span>{text.Format((across.From + across.To) / 2)}</span>
            <span>{text.Format(across.To)}</span></div>
            <p class="along">{text.Along}</p>
            """;

    /// <summary>Lines at the heights that are named.</summary>
    public static Html Grid { get; } =
        $"""
            <line class="grid" x1="0" x2="100%" y1="0" y2="0"/><line class="grid" x1="0" x2="100%" y1="50%" y2="50%"/>
            <line class="grid base" x1="0" x2="100%" y1="100%" y2="100%"/>
            """;

    /// <summary>One row a place, one column a series.</summary>
    public static Html Table(ChartText text, IReadOnlyList<Series> series)
    {
        var rows = text.Places.Select(
            (place, i) =>
                Html.Of(
                    $"""<tr><th scope="row">{place}</th>{series.Select(one => Html.Of($"<td>{Value(text, one.Values[i])}</td>"))}</tr>"""
                )
        );
        return $"""
            <table class="numbers"><caption class="unseen">{text.Title}</caption>
            <thead><tr><th scope="col">{text.Along}</th>{series.Select(one => Html.Of($"""<th scope="col">{one.Name}</th>"""))}</tr></thead>
            <tbody>{rows}</tbody></table>
            """;
    }

    public static string Value(ChartText text, double? value) => value is { } known ? text.Format(known) : "–";
}
