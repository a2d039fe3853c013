namespace Signals.Web.Dashboard;

/// <summary>Views of one page to choose from: links, of which one is where the reader is.</summary>
internal static class Choices
{
    /// <param name="label">What is chosen, for who can't see it.</param>
    /// <param name="views">Each with its address.</param>
    public static Html Of(string label, params IEnumerable<Choice> views) =>
        $"""<nav class="choices" aria-label="{label}"><ul>{views.Select(One)}</ul></nav>""";

    private static Html One(Choice choice)
    {
        Html count = choice.Count is null ? Html.Empty : $""" <span class="quiet">{choice.Count}</span>""";
        Html current = Html.When(choice.IsCurrent, $" aria-current=\"true\"");
        return $"""<li><a href="{choice.Address}"{current}>{choice.Text}{count}</a></li>""";
    }
}

/// <summary>One view; <paramref name="Count"/> is how much there is in it, null where that is not said.</summary>
internal sealed record Choice(string Text, string Address, bool IsCurrent, string? Count = null);
