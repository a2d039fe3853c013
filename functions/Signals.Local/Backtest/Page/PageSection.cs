using System.Net;
using System.Text;

namespace Signals.Local.Backtest.Page;

/// <summary>One part of the page: a heading, a sentence that says what the plot says, the plot, and the numbers behind it.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Heading">What it is about.</param>
/// <param name="Sentence">What it says, in plain words.</param>
/// <param name="Plot">SVG, or null.</param>
/// <param name="Columns">The table's headings.</param>
/// <param name="Rows">The table's rows.</param>
internal sealed record PageSection(
    string Id, string Heading, string Sentence, string? Plot, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>What the colours of the plot stand for, by class.</summary>
    public IReadOnlyList<(string Style, string Text)> Legend { get; init; } = [];

    /// <summary>A table with more columns than this may be wider than the text.</summary>
    private const int FewColumns = 7;

    public void Write(StringBuilder page)
    {
        page.Append($"<section id=\"{Id}\"><h2>{Encoded(Heading)}</h2><p>{Encoded(Sentence)}</p>");
        if (Plot is not null)
            page.Append("<figure>").Append(Plot);
        if (Plot is not null && Legend.Count > 0)
            page.Append($"<figcaption>{string.Join(" ", Legend.Select(item => $"<span><i class=\"key {item.Style}\"></i>{Encoded(item.Text)}</span>"))}</figcaption>");
        if (Plot is not null)
            page.Append("</figure>");
        if (Rows.Count > 0)
            WriteTable(page);
        page.Append("</section>\n");
    }

    private void WriteTable(StringBuilder page)
    {
        string wide = Columns.Count > FewColumns ? "wide many" : "wide";
        page.Append(Plot is null ? "" : "<details><summary>The numbers</summary>").Append($"<div class=\"{wide}\"><table>");
        page.Append($"<thead><tr>{string.Concat(Columns.Select(column => $"<th scope=\"col\">{Encoded(column)}</th>"))}</tr></thead><tbody>");
        foreach (var row in Rows)
            page.Append($"<tr>{string.Concat(row.Select((cell, index) => index == 0 ? $"<th scope=\"row\">{Encoded(cell)}</th>" : $"<td>{Encoded(cell)}</td>"))}</tr>");
        page.Append("</tbody></table></div>").Append(Plot is null ? "" : "</details>");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
