namespace Signals.Web.Charts;

/// <summary>A table whose cells are the darker the more they hold. The number stands in each cell.</summary>
public static class HeatMap
{
    private const int Steps = 9;

    /// <param name="text">Its title, what the columns are (<c>Along</c>) and their names (<c>Places</c>), and how a value reads.</param>
    /// <param name="rowsAre">What the rows are.</param>
    /// <param name="rows">Each with one value a column; null leaves the cell empty.</param>
    /// <param name="most">The value of the darkest cell.</param>
    public static Html Of(ChartText text, string rowsAre, IReadOnlyList<HeatRow> rows, double most)
    {
        var heads = text.Places.Select(place => Html.Of($"""<th scope="col">{place}</th>"""));
        var lines = rows.Select(row =>
            Html.Of($"""<tr><th scope="row">{row.Name}</th>{row.Values.Select(value => Cell(text, value, most))}</tr>""")
        );
        return $"""
            <figure class="chart"><figcaption>{text.Title} <span class="quiet">{text.Unit}</span></figcaption>
            <div class="scroll" role="region" aria-label="{text.Title}" tabindex="0"><table class="heat">
            <caption class="unseen">{text.Title}</caption>
            <thead><tr><th scope="col">{rowsAre}</th>{heads}</tr></thead>
            <tbody>{lines}</tbody></table></div></figure>
            """;
    }

    private static Html Cell(ChartText text, double? value, double most)
    {
        if (value is not { } known)
            return $"<td></td>";
        int step = most <= 0 ? 0 : (int)Math.Round(Steps * Math.Clamp(known / most, 0, 1));
        return $"""<td class="h{step}">{text.Format(known)}</td>""";
    }
}

public sealed record HeatRow(Html Name, IReadOnlyList<double?> Values);
