using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Signals.Web.Health;

/// <summary>Probes: <c>/healthz</c> says that the process lives, <c>/readyz</c> that its store and queue can be reached.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var readiness = endpoints.ServiceProvider.GetRequiredService<Readiness>();
        endpoints.MapMethods("/healthz", Methods, (RequestDelegate)(context => AnswerAsync(context, StatusCodes.Status200OK, "alive")));
        endpoints.MapMethods(
            "/readyz",
            Methods,
            (RequestDelegate)(
                async context =>
                {
                    var missing = await readiness.MissingAsync(context.RequestAborted);
                    await (
                        missing.Count == 0
                            ? AnswerAsync(context, StatusCodes.Status200OK, "ready")
                            : AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "not reachable: " + string.Join(", ", missing))
                    );
                }
            )
        );
        return endpoints;
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
