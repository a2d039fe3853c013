namespace Signals.Web.Dashboard;

/// <summary>A row of numbers that a page begins with.</summary>
internal static class Figures
{
    public static Html Of(params IEnumerable<Figure> figures) =>
        $"""
        <dl class="figures">{figures.Select(figure => Html.Of(
            $"<div><dt>{figure.Name}</dt><dd>{figure.Value}{Note(figure)}</dd></div>"))}</dl>
        """;

    private static Html Note(Figure figure) => figure.Note.Length == 0 ? Html.Empty : $""" <span class="quiet">{figure.Note}</span>""";
}

internal sealed record Figure(string Name, string Value, string Note = "");
