using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Opens the dashboard to browsers with a session cookie: to one of the team with their role, and to whom the printed link or the API token
/// let in with every role. Whatever headers a request brings, they count for nothing.
/// </summary>
internal sealed class SessionAccess(Sessions sessions, EndedSessions ended, UserSessions users, PublicAddress ourAddress) : IDashboardAccess
{
    private const string Cookie = "signals-session";

    /// <summary>What the audit trail calls a browser that a sign-in link or the API token opened.</summary>
    public const string LinkName = "link";

    public async ValueTask<Principal?> PrincipalOfAsync(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } cookie)
            return null;
        if (sessions.Read(cookie) is { } session)
            return await ended.ContainsAsync(session, context.RequestAborted)
                ? null
                : new Principal(LinkName, DashboardRole.Admin, session.Cookie);
        if (await users.FindAsync(cookie, context.RequestAborted) is not var (user, id) || DashboardRoles.Of(user.Role) is not { } role)
            return null;
        return new Principal(user.Address, role, cookie)
        {
            User = user,
            SessionId = id,
            DisplayName = user.Name,
        };
    }

    /// <summary>
    /// A strict cookie stays behind when another site leads here, as a link in web mail does; a page that opens itself again once has it
    /// sent. The second request comes from this site, so it can't go in circles.
    /// </summary>
    public Challenge Challenge(HttpContext context)
    {
        bool isPage = HttpMethods.IsGet(context.Request.Method);
        // Where a form was sent to is no page to come back to.
        string address = isPage ? context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent() : "/";
        bool fromElsewhere = isPage && context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
        return new Challenge(fromElsewhere ? ChallengeKind.OpenAgain : ChallengeKind.SignInHere, address);
    }

    /// <summary>Sets the cookie of a new session that nobody's name stands behind.</summary>
    public void SignIn(HttpContext context) => SetCookie(context, sessions.Create());

    /// <summary>
    /// Sets the cookie of a new session of one of the team; false where <paramref name="redeem"/>, asked once everything else is written,
    /// says that the way in was used meanwhile.
    /// </summary>
    public async Task<bool> SignInAsync(HttpContext context, TeamUser user, Func<Task<bool>> redeem)
    {
        string cookie = await users.OpenAsync(user, BrowserName.Of(context.Request.Headers.UserAgent), context.RequestAborted);
        bool redeemed = false;
        try
        {
            redeemed = await redeem();
        }
        finally
        {
            if (!redeemed)
                await EndUnusedAsync(cookie);
        }
        if (redeemed)
            SetCookie(context, cookie);
        return redeemed;
    }

    /// <summary>Ends the session, and takes its cookie away from the browser.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { } cookie)
        {
            if (sessions.Read(cookie) is { } session)
                await ended.AddAsync(session, context.RequestAborted);
            else
                await users.EndByCookieAsync(cookie, context.RequestAborted);
        }
        context.Response.Cookies.Delete(Cookie, Options(context, lifetime: null));
    }

    /// <summary>Nobody has the cookie of such a session: where the store fails as well, it only stands in its owner's list.</summary>
    private async Task EndUnusedAsync(string cookie)
    {
        try
        {
            await users.EndByCookieAsync(cookie, CancellationToken.None);
        }
        catch (TransientStoreException) { }
    }

    private void SetCookie(HttpContext context, string cookie) =>
        context.Response.Cookies.Append(Cookie, cookie, Options(context, Sessions.Lifetime));

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
