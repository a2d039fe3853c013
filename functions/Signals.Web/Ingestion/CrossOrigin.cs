using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Ingestion;

/// <summary>
/// Lets the browser library post from any site. Write keys are public and nothing is answered that a site may not read, so every
/// origin is welcome; cookies are not.
/// </summary>
internal static class CrossOrigin
{
    private const string AnyOrigin = "*";
    private const string UsualHeaders = "Authorization, Content-Type, Content-Encoding, X-Retry-Count, X-Strict-Mode";
    private const int MaxAskedChars = 2_000;
    private const string DayInSeconds = "86400";

    /// <summary>What a list of header names is made of (RFC 9110, section 5.6).</summary>
    private static readonly SearchValues<char> NameList = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~, "
    );

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
        context.Response.Headers.AccessControlAllowHeaders = AllowedHeaders(context.Request);
        context.Response.Headers.AccessControlMaxAge = DayInSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Vary = "Access-Control-Request-Headers";
        return Task.CompletedTask;
    }

    /// <summary>
    /// Every header that is asked for: libraries add their own (an anonymous id), tracing adds more, and none of them is believed. "*"
    /// would not name Authorization.
    /// </summary>
    private static string AllowedHeaders(HttpRequest request)
    {
        string asked = request.Headers.AccessControlRequestHeaders.ToString();
        return string.IsNullOrWhiteSpace(asked) || asked.Length > MaxAskedChars || asked.AsSpan().ContainsAnyExcept(NameList)
            ? UsualHeaders
            : $"{UsualHeaders}, {asked}";
    }
}
