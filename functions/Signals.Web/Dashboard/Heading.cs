namespace Signals.Web.Dashboard;

/// <summary>The top of a page: its one h1, a sentence under it, and what can be done here.</summary>
internal static class Heading
{
    public static Html Of(string title, string lead = "", Html actions = default) => Of(Html.Of($"{title}"), Html.Of($"{lead}"), actions);

    public static Html Of(Html title, Html lead, Html actions = default)
    {
        var under = lead.IsEmpty ? Html.Empty : Html.Of($"<p class=\"lead\">{lead}</p>");
        var beside = actions.IsEmpty ? Html.Empty : Html.Of($"<div class=\"actions\">{actions}</div>");
        return Html.Of($"<div class=\"head\"><div><h1>{title}</h1>{under}</div>{beside}</div>");
    }

    /// <summary>Where a page that is reached from another leads back to.</summary>
    public static Html Back(string address, string text) => Html.Of($"<p class=\"back\"><a href=\"{address}\">← {text}</a></p>");
}
