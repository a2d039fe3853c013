using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Security;

/// <summary>Closes endpoints to callers without a token, and to those whose token may do less than the endpoint needs.</summary>
public static class ApiTokenExtensions
{
    private const string Challenge = "Bearer realm=\"signals\"";

    public static IServiceCollection AddApiToken(this IServiceCollection services, string token) =>
        services.AddSingleton(new ApiToken(token)).AddSingleton<NamedTokens>();

    /// <summary>
    /// Answers 401 (RFC 9457, with a <c>WWW-Authenticate</c> challenge) unless the request carries the registered
    /// <see cref="ApiToken"/> or a valid named one, and 403 when that may not do what the endpoint needs: an admin's role where
    /// <see cref="Needs"/> says no other. It stands before anything of the request is read or bound.
    /// </summary>
    public static TBuilder RequireApiToken<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            var next =
                endpoint.RequestDelegate
                ?? throw new InvalidOperationException(
                    $"Endpoint '{endpoint.DisplayName}' has no handler to stand before; expected a mapped one."
                );
            var needed = endpoint.Metadata.OfType<NeededRole>().LastOrDefault()?.Role ?? DashboardRole.Admin;
            endpoint.RequestDelegate = context => CheckAsync(context, needed, next);
        });
        return endpoints;
    }

    /// <summary>The least role that opens the endpoint.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, DashboardRole role)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededRole(role));

    private static async Task CheckAsync(HttpContext context, DashboardRole needed, RequestDelegate next)
    {
        string? sent = Credentials.BearerToken(context.Request);
        if (sent is null)
        {
            await RefuseAsync(context, Challenge, "Found no bearer token; expected 'Authorization: Bearer' and an API token.");
            return;
        }
        var services = context.RequestServices;
        ApiCaller caller;
        if (services.GetRequiredService<ApiToken>().Matches(sent))
            caller = ApiCaller.Owner;
        else if (
            NamedTokens.HasShape(sent)
            && await services.GetRequiredService<NamedTokens>().FindAsync(sent, context.RequestAborted) is { } token
        )
        {
            if (!token.IsValid(services.GetRequiredService<TimeProvider>().GetUtcNow()))
            {
                await RefuseAsync(
                    context,
                    Challenge + ", error=\"invalid_token\"",
                    $"Found the API token '{token.Name}', which ended at {token.EndsAt.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}; "
                        + "expected one in force."
                );
                return;
            }
            caller = ApiCaller.Of(token);
        }
        else
        {
            await RefuseUnknownAsync(context);
            return;
        }
        if (caller.Role < needed)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = $"{Challenge}, error=\"insufficient_scope\", scope=\"{needed.Word()}\"";
            await ProblemAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Not allowed",
                $"Found {caller.Name}, whose role is {caller.Role.Word()}; expected the role {needed.Word()}"
                    + (needed < DashboardRole.Admin ? " or one above it." : ".")
            );
            return;
        }
        context.Features.Set(caller);
        await next(context);
    }

    /// <summary>Wrong tokens are counted; the right one is answered whatever others try.</summary>
    private static Task RefuseUnknownAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<SignInLimits>()?.Allows(context) != false)
            return RefuseAsync(
                context,
                Challenge + ", error=\"invalid_token\"",
                "Found a bearer token that is none of ours; expected the API token, or a named one that is in force."
            );
        context.Response.Headers.RetryAfter = SignInLimits.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return ProblemAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            "Too many attempts",
            "Many wrong tokens came from this address; the right one is answered as ever."
        );
    }

    private static Task RefuseAsync(HttpContext context, string challenge, string detail)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        return ProblemAsync(context, StatusCodes.Status401Unauthorized, "Not authorized", detail);
    }

    private static Task ProblemAsync(HttpContext context, int status, string title, string detail) =>
        Results.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);
}
