namespace Signals.Web.Dashboard;

/// <summary>The line at the top of every page.</summary>
internal static class Masthead
{
    private static readonly Html Mark = Html.Of(
        $"""<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M2 13h4l3-8 5 15 3-7h5" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>""");

    public static Html Of(string product) => Html.Of(
        $"""<header class="masthead"><a class="home" href="/">{Mark}<span>Signals</span></a><span class="product">{Html.Isolated(product)}</span></header>""");
}
