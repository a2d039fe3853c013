namespace Signals.Web.Charts;

/// <summary>Things and how much there is of each: a table whose numbers are drawn beside them.</summary>
public static class HorizontalBars
{
    private const int Width = 100;

    /// <param name="text">Its title, what the things are (<c>Along</c>) and how a value reads; its places are not used.</param>
    /// <param name="measure">What the values are: the second column's head.</param>
    /// <param name="rows">In the order they are shown.</param>
    public static Html Of(ChartText text, string measure, IReadOnlyList<BarRow> rows)
    {
        double most = rows.Count == 0 ? 0 : rows.Max(row => row.Most ?? row.Value);
        var lines = rows.Select(row =>
            Html.Of(
                $"""
                <tr><th scope="row">{row.Name}{(row.Note.IsEmpty ? Html.Empty : Html.Of($"""<span class="quiet">{row.Note}</span>"""))}</th>
                <td class="value">{text.Format(row.Value)}</td><td class="bar">{Bar(row, most)}</td></tr>
                """
            )
        );
        return $"""
            <table class="bars"><caption>{text.Title}</caption>
            <thead class="unseen"><tr><th scope="col">{text.Along}</th><th scope="col">{measure}</th><td></td></tr></thead>
            <tbody>{lines}</tbody></table>
            """;
    }

    private static Html Bar(BarRow row, double most)
    {
        Html rest = row.Part is null ? Html.Empty : Fill($"{row.Tone} rest", row.Value, most);
        return $"""
            <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track"
                width="100" height="8"/>{rest}{Fill(row.Tone, row.Part ?? row.Value, most)}</svg>
            """;
    }

    private static Html Fill(string tone, double value, double most)
    {
        string width = Scale.Text(most <= 0 ? 0 : Width * Math.Max(0, value) / most);
        return $"""<rect class="fill {tone}" width="{width}" height="8"/>""";
    }
}

/// <summary>One bar.</summary>
/// <param name="Name">A text or a link.</param>
/// <param name="Value">Its length.</param>
public sealed record BarRow(Html Name, double Value)
{
    /// <summary>A few words under the name.</summary>
    public Html Note { get; init; }

    public string Tone { get; init; } = "s1";

    /// <summary>How much of it is set off from the rest; null where nothing is.</summary>
    public double? Part { get; init; }

    /// <summary>What the bar would be at its longest, the same for all; null for the largest value.</summary>
    public double? Most { get; init; }
}
