using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Opens the dashboard to people whom App Service authentication signed in with Microsoft Entra ID and to whom this app gave one of its
/// roles (<see cref="DashboardRole"/>). To be registered only where the platform stands before every request: anybody else could write its
/// header.
/// </summary>
public sealed class AppServiceAccess : IDashboardAccess
{
    private const string SignInPath = "/.auth/login/aad?post_login_redirect_uri=";

    public ValueTask<Principal?> PrincipalOfAsync(HttpContext context)
    {
        var header = context.Request.Headers[ClientPrincipal.Header];
        return new ValueTask<Principal?>(header.Count == 1 ? ClientPrincipal.Read(header[0]) : null);
    }

    /// <summary>Sends who is not signed in to the platform's sign-in, and tells who has no role to ask for one.</summary>
    public Challenge Challenge(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ClientPrincipal.Header))
            return new Challenge(ChallengeKind.NoRole, "/");
        // Two slashes at the front would name another site.
        string address = "/" + (context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()).TrimStart('/');
        return new Challenge(ChallengeKind.SignInThere, SignInPath + Uri.EscapeDataString(address));
    }
}
