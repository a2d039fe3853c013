using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard;

/// <summary>Opens the dashboard to browsers with a session cookie.</summary>
internal sealed class SessionAccess(Sessions sessions) : IDashboardAccess
{
    private const string Cookie = "signals-session";

    public bool IsGranted(HttpContext context) => context.Request.Cookies[Cookie] is { } cookie && sessions.IsValid(cookie);

    /// <summary>
    /// A strict cookie stays behind when another site leads here, as a link in web mail does; a page that opens itself again once has it sent.
    /// The second request comes from this site, so it can't go in circles.
    /// </summary>
    public Task ChallengeAsync(HttpContext context)
    {
        string address = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        bool fromElsewhere = context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
        return MessagePage.SignIn(address, fromElsewhere).WriteAsync(context, StatusCodes.Status401Unauthorized);
    }

    /// <summary>Sets the cookie of a new session.</summary>
    public void SignIn(HttpContext context) => context.Response.Cookies.Append(Cookie, sessions.Create(), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        MaxAge = Sessions.Lifetime,
        Path = "/",
    });
}
