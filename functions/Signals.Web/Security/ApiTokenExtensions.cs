using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Security;

/// <summary>Closes endpoints to callers without the API token.</summary>
public static class ApiTokenExtensions
{
    private const string Challenge = "Bearer realm=\"signals\"";

    public static IServiceCollection AddApiToken(this IServiceCollection services, string token) =>
        services.AddSingleton(new ApiToken(token));

    /// <summary>
    /// Answers 401 (RFC 9457, with a <c>WWW-Authenticate</c> challenge) unless the request carries the registered
    /// <see cref="ApiToken"/>. It stands before anything of the request is read or bound.
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
            endpoint.RequestDelegate = context => CheckAsync(context, next);
        });
        return endpoints;
    }

    private static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var token = context.RequestServices.GetRequiredService<ApiToken>();
        string? sent = Credentials.BearerToken(context.Request);
        if (sent is not null && token.Matches(sent))
            return next(context);
        if (sent is not null && context.RequestServices.GetService<SignInLimits>()?.Allows(context) == false)
        {
            context.Response.Headers.RetryAfter = SignInLimits.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Results
                .Problem(
                    "Many wrong tokens came from this address; the right one is answered as ever.",
                    statusCode: StatusCodes.Status429TooManyRequests,
                    title: "Too many attempts"
                )
                .ExecuteAsync(context);
        }
        context.Response.Headers[HeaderNames.WWWAuthenticate] = sent is null ? Challenge : Challenge + ", error=\"invalid_token\"";
        return Results
            .Problem(
                sent is null
                    ? "Found no bearer token; expected 'Authorization: Bearer' and the API token."
                    : "The bearer token is not the API token.",
                statusCode: StatusCodes.Status401Unauthorized,
                title: "Not authorized"
            )
            .ExecuteAsync(context);
    }
}
