using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Decides who sees the dashboard. On one machine that is who opened the sign-in link; a host behind App Service authentication registers
/// its own, which trusts the principal that the platform puts into the request.
/// </summary>
public interface IDashboardAccess
{
    /// <summary>Who sent the request; null for whoever may see nothing.</summary>
    ValueTask<Principal?> PrincipalOfAsync(HttpContext context);

    /// <summary>What to answer a request without a principal.</summary>
    Challenge Challenge(HttpContext context);
}
