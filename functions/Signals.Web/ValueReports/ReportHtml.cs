namespace Signals.Web.ValueReports;

/// <summary>A value report as markup, the same for the team's preview and the customer's page.</summary>
internal static class ReportHtml
{
    /// <param name="blocks">What it says.</param>
    /// <param name="level">The level of its title's heading: 1 on a page of its own.</param>
    public static Html Of(IReadOnlyList<ReportBlock> blocks, int level)
    {
        return $"""<article class="report">{blocks.Select(block => Of(block, level))}</article>""";
    }

    private static Html Of(ReportBlock block, int level) =>
        block switch
        {
            ReportBlock.Title title => level == 1
                ? Html.Of($"""<h1>{title.Text}</h1><p class="under">{title.Under}</p>""")
                : Html.Of($"""<h2 class="title">{title.Text}</h2><p class="under">{title.Under}</p>"""),
            ReportBlock.Section section => level == 1 ? Html.Of($"<h2>{section.Text}</h2>") : Html.Of($"<h3>{section.Text}</h3>"),
            ReportBlock.Paragraph paragraph => Html.Of($"<p>{Html.Isolated(paragraph.Text)}</p>"),
            ReportBlock.Quote quote => Html.Of($"<blockquote>{Html.Isolated(quote.Text)}</blockquote>"),
            ReportBlock.Figures figures => Html.Of($"""<dl class="figures">{figures.All.Select(Figure)}</dl>"""),
            ReportBlock.Points points => Html.Of($"<ul>{points.All.Select(Point)}</ul>"),
            ReportBlock.Table table => Table(table),
            _ => Html.Empty,
        };

    private static Html Figure(ReportFigure figure)
    {
        Html note = figure.Note.Length == 0 ? Html.Empty : $""" <span class="quiet">{figure.Note}</span>""";
        return $"<div><dt>{figure.Name}</dt><dd>{figure.Value}{note}</dd></div>";
    }

    private static Html Point(ReportPoint point)
    {
        Html about = point.About.Length == 0 ? Html.Empty : $""" <span class="about">{point.About}</span>""";
        Html link = point.Link.Length == 0 ? Html.Empty : $""" <a href="{point.Link}" rel="noopener noreferrer">{point.Link}</a>""";
        return $"<li><strong>{Html.Isolated(point.What)}</strong>{about}{link}</li>";
    }

    private static Html Table(ReportBlock.Table table)
    {
        var heads = table.Heads.Select(
            (head, i) => i == 0 ? Html.Of($"""<th scope="col">{head}</th>""") : Html.Of($"""<th scope="col" class="number">{head}</th>""")
        );
        var rows = table.Rows.Select(row =>
            Html.Of(
                $"""
                <tr>{row.Select((cell, i) => i == 0
                    ? Html.Of($"""<th scope="row">{cell}</th>""")
                    : Html.Of($"""<td class="number">{cell}</td>"""))}</tr>
                """
            )
        );
        return $"""
            <table><caption class="unseen">{table.Caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            """;
    }
}
