using Microsoft.AspNetCore.Http;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Security;

/// <summary>The program that called the API.</summary>
/// <param name="Name">As the audit trail names it: <c>api</c> for the API token, <c>token: ci-export</c> for a named one.</param>
/// <param name="Role">What it may do.</param>
internal sealed record ApiCaller(string Name, DashboardRole Role)
{
    /// <summary>Who has the app's own API token, which may do everything.</summary>
    public static readonly ApiCaller Owner = new("api", DashboardRole.Admin);

    public static ApiCaller Of(NamedToken token) => new("token: " + token.Name, token.Role);

    /// <summary>Who called; there is always somebody behind the check of the token.</summary>
    public static ApiCaller Of(HttpContext context) =>
        context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The route was mapped without a check of the API token.");
}

/// <summary>What a caller of a route must be; a route that says nothing is an admin's.</summary>
internal sealed record NeededRole(DashboardRole Role);
