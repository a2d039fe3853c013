using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard;

/// <summary>
/// Decides who sees the dashboard. On one machine that is who opened the sign-in link; a host behind App Service authentication registers
/// its own, which trusts the principal that the platform puts into the request.
/// </summary>
public interface IDashboardAccess
{
    bool IsGranted(HttpContext context);

    /// <summary>Answers a request that may not see the dashboard: 401 with a way in, or a redirect to one.</summary>
    Task ChallengeAsync(HttpContext context);
}
