using Signals.Web.Markup;

namespace Signals.Local.Backtest.Page;

/// <summary>One part of the page: a heading, a sentence that says what the chart says, the chart, and the numbers behind it.</summary>
internal static class PageSection
{
    /// <summary>A table with more columns than this may be wider than the text.</summary>
    private const int FewColumns = 7;

    /// <param name="id">Its anchor.</param>
    /// <param name="heading">What it is about.</param>
    /// <param name="sentence">What it says, in plain words.</param>
    /// <param name="content">A chart or a table, or nothing where nothing could be measured.</param>
    public static Html Of(string id, string heading, string sentence, params IEnumerable<Html> content) =>
        $"""
            <section id="{id}"><h2>{heading}</h2><p>{sentence}</p>
            {content}</section>
            """;

    /// <summary>Numbers, as they stand behind a chart.</summary>
    public static Html Numbers(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        $"""
            <table class="numbers"><thead><tr>{columns.Select(column => Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
            <tbody>{rows.Select(row => Html.Of($"""<tr>{row.Select(Cell)}</tr>"""))}</tbody></table>
            """;

    /// <summary>A table that stands by itself.</summary>
    public static Html Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        $"""
            <div class="{(columns.Count > FewColumns ? "wide many" : "wide")}" {Scrolls(string.Join(", ", columns))}>{Numbers(
                columns,
                rows
            )}</div>
            """;

    /// <summary>What may be wider than a narrow window can be scrolled by keys, and is named to whom it is read.</summary>
    private static Html Scrolls(string label) => $"""role="region" aria-label="{label}" tabindex="0" """;

    /// <summary>Numbers to open under a chart that has none of its own.</summary>
    public static Html Behind(Html numbers, string summary = "The numbers") =>
        $"""
            <details class="behind"><summary>{summary}</summary><div class="scroll" {Scrolls(summary)}>{numbers}</div></details>
            """;

    private static Html Cell(string text, int index) =>
        index == 0 ? Html.Of($"""<th scope="row">{text}</th>""") : Html.Of($"<td>{text}</td>");
}
