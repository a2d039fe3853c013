using Microsoft.AspNetCore.Http;
using Signals.Core.Response.Mail;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Opens the dashboard to browsers with a session cookie; they may do everything. Whatever headers a request brings, they count for
/// nothing.
/// </summary>
internal sealed class SessionAccess(Sessions sessions, EndedSessions ended, PublicAddress ourAddress) : IDashboardAccess
{
    private const string Cookie = "signals-session";

    /// <summary>What the audit trail calls a browser that a sign-in link or the API token opened.</summary>
    public const string LinkName = "link";

    public async ValueTask<Principal?> PrincipalOfAsync(HttpContext context) =>
        SessionOf(context) is { } session && !await ended.ContainsAsync(session, context.RequestAborted)
            ? new Principal(LinkName, DashboardRole.Admin, session.Cookie)
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

    /// <summary>Ends the session, and takes its cookie away from the browser.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (SessionOf(context) is { } session)
            await ended.AddAsync(session, context.RequestAborted);
        context.Response.Cookies.Delete(Cookie, Options(context, lifetime: null));
    }

    private Session? SessionOf(HttpContext context) => context.Request.Cookies[Cookie] is { } cookie ? sessions.Read(cookie) : null;

    /// <summary>
    /// True where the browser speaks TLS, with this app or with what stands before it: then the cookie never leaves without it.
    /// </summary>
    private bool IsSecure(HttpRequest request) =>
        request.IsHttps
        || (
            Uri.TryCreate(ourAddress.Url, UriKind.Absolute, out var ours)
            && ours.Scheme == Uri.UriSchemeHttps
            && string.Equals(ours.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        );

    private CookieOptions Options(HttpContext context, TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = IsSecure(context.Request),
            MaxAge = lifetime,
            Path = "/",
        };
}
