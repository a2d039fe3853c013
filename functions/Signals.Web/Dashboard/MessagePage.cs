namespace Signals.Web.Dashboard;

/// <summary>Pages that hold no more than a few words.</summary>
internal static class MessagePage
{
    public static DashboardPage SignedIn { get; } = Of("You are signed in", Html.Of($"<p><a href=\"/\">Go on to the dashboard</a></p>")) with { GoesTo = "/" };

    public static DashboardPage NotFound { get; } = Of(
        "There is no such page", Html.Of($"<p>The account may have another id now. <a href=\"/\">All flagged accounts</a></p>"));

    public static DashboardPage BadRequest { get; } = Of(
        "That address is not one of ours", Html.Of($"<p>A part of it can't be understood. <a href=\"/\">All flagged accounts</a></p>"));

    public static DashboardPage NoRole { get; } = Of(
        "You have no role here yet",
        Html.Of($"<p>You are signed in, but this app gave you none of its roles. Ask who runs it for Reader, Manager or Admin.</p>"));

    public static DashboardPage TryAgain { get; } = Of("Please try again in a moment", Html.Of($"<p>The data can't be read just now.</p>"));

    /// <param name="address">The page that was asked for, to be opened again by a reader who is signed in.</param>
    /// <param name="atOnce">True when the browser may have held the cookie back because another site led here.</param>
    public static DashboardPage SignIn(string address, bool atOnce) => Of(
        "Sign in first",
        Html.Of(
            $"""
            <p>Open the sign-in link that <code>signals serve</code> printed when it started. It works once, and signs this browser in for 30 days.</p>
            <p>No link left? Restart <code>signals serve</code>: it prints a new one each time. Or give the API token:</p>
            <form method="post" action="/signin">
              <label>API token <input type="password" name="{DashboardHandler.TokenField}" autocomplete="current-password" required></label>
              <button>Sign in</button>
            </form>
            <p class="meta">Signed in already and came from another site? <a href="{address}">Open this page again.</a></p>
            """)) with
    { GoesTo = atOnce ? address : null, HasForm = true };

    private static DashboardPage Of(string title, Html text) => new(
        title + " – Signals",
        Html.Of($"<main class=\"message\"><h1>{title}</h1>{text}</main>"));
}
