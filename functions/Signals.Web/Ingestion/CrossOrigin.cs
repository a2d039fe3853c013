using Microsoft.AspNetCore.Http;

namespace Signals.Web.Ingestion;

/// <summary>
/// Lets the browser library post from any site. Write keys are public and nothing is answered that a site may not read, so every
/// origin is welcome; cookies are not.
/// </summary>
internal static class CrossOrigin
{
    private const string AnyOrigin = "*";
    private const string Headers = "Authorization, Content-Type, Content-Encoding, X-Retry-Count, X-Strict-Mode";
    private const string DayInSeconds = "86400";

    public static void Allow(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = AnyOrigin;
        context.Response.Headers.AccessControlExposeHeaders = "Retry-After";
    }

    /// <summary>Answers the question a browser asks before a request that is not simple.</summary>
    public static Task AnswerPreflightAsync(HttpContext context)
    {
        Allow(context);
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlAllowHeaders = Headers;
        context.Response.Headers.AccessControlMaxAge = DayInSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
