namespace Signals.Web.Dashboard;

/// <summary>Views of one page to choose from: links, of which one is where the reader is.</summary>
internal static class Tabs
{
    /// <param name="label">What is chosen, for who can't see it.</param>
    /// <param name="views">Each with its address.</param>
    public static Html Of(string label, params IEnumerable<Tab> views) => Html.Of(
        $"<nav class=\"tabs\" aria-label=\"{label}\"><ul>{views.Select(One)}</ul></nav>");

    private static Html One(Tab tab)
    {
        var count = tab.Count is null ? Html.Empty : Html.Of($" <span class=\"quiet\">{tab.Count}</span>");
        return tab.IsCurrent
            ? Html.Of($"<li><a href=\"{tab.Address}\" aria-current=\"true\">{tab.Text}{count}</a></li>")
            : Html.Of($"<li><a href=\"{tab.Address}\">{tab.Text}{count}</a></li>");
    }
}

/// <summary>One view; <paramref name="Count"/> is how much there is in it, null where that is not said.</summary>
internal sealed record Tab(string Text, string Address, bool IsCurrent, string? Count = null);
