namespace Signals.Web.Dashboard;

/// <summary>One page's content; <see cref="Layout"/> puts what surrounds every page around it.</summary>
/// <param name="Title">What the browser calls it, without the product's name.</param>
/// <param name="Body">What stands in the main part. It begins with the page's one <c>h1</c>.</param>
internal sealed record DashboardPage(string Title, Html Body)
{
    /// <summary>Where the browser goes by itself, as if the reader had followed a link of this page; null to stay.</summary>
    public string? GoesTo { get; init; }

    /// <summary>
    /// True for a page that is left open all day: the script reads it again every few minutes while nobody is writing on it.
    /// </summary>
    public bool Refreshes { get; init; }

    /// <summary>True when it shows another page of this site in a frame.</summary>
    public bool HasFrame { get; init; }
}
