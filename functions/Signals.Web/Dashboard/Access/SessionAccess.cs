using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Opens the dashboard to browsers with a session cookie; they may do everything. Whatever headers a request brings, they count for
/// nothing.
/// </summary>
internal sealed class SessionAccess(Sessions sessions) : IDashboardAccess
{
    private const string Cookie = "signals-session";

    /// <summary>What the audit trail calls a browser that a sign-in link or the API token opened.</summary>
    public const string LinkName = "link";

    public Principal? PrincipalOf(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } cookie && sessions.IsValid(cookie)
            ? new Principal(LinkName, DashboardRole.Admin, cookie)
            : null;

    /// <summary>
    /// A strict cookie stays behind when another site leads here, as a link in web mail does; a page that opens itself again once has it
    /// sent. The second request comes from this site, so it can't go in circles.
    /// </summary>
    public Challenge Challenge(HttpContext context)
    {
        string address = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        bool fromElsewhere = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
        return new Challenge(fromElsewhere ? ChallengeKind.OpenAgain : ChallengeKind.SignInHere, address);
    }

    /// <summary>Sets the cookie of a new session.</summary>
    public void SignIn(HttpContext context) =>
        context.Response.Cookies.Append(Cookie, sessions.Create(), Options(context, Sessions.Lifetime));

    /// <summary>Takes the session's cookie away from the browser.</summary>
    public static void SignOut(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, lifetime: null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = lifetime,
            Path = "/",
        };
}
