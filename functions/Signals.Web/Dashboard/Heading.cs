namespace Signals.Web.Dashboard;

/// <summary>The top of a page: its one h1, a sentence under it, and what can be done here.</summary>
internal static class Heading
{
    public static Html Of(string title, string lead = "", Html actions = default) => Of($"{title}", $"{lead}", actions);

    public static Html Of(Html title, Html lead, Html actions = default)
    {
        Html under = lead.IsEmpty ? Html.Empty : $"""<p class="lead">{lead}</p>""";
        Html beside = actions.IsEmpty ? Html.Empty : $"""<div class="actions">{actions}</div>""";
        return $"""<div class="head"><div><h1>{title}</h1>{under}</div>{beside}</div>""";
    }

    /// <summary>Where a page that is reached from another leads back to.</summary>
    public static Html Back(string address, string text) => $"""<p class="back"><a href="{address}">← {text}</a></p>""";
}
