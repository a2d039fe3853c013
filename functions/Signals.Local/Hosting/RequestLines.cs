using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Signals.Local.Hosting;

/// <summary>
/// Prints a line for each request: when, which route, what was answered, how long it took. The route's pattern stands for the address:
/// keys, tokens and ids of people are in addresses, and a console is kept and shown around.
/// </summary>
internal sealed class RequestLines(RequestDelegate next, TextWriter output)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long began = Stopwatch.GetTimestamp();
        string method = context.Request.Method;
        bool isWhole = false;
        try
        {
            await next(context);
            isWhole = true;
        }
        finally
        {
            string status = isWhole ? context.Response.StatusCode.ToString(CultureInfo.InvariantCulture) : "failed";
            double elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"{DateTimeOffset.UtcNow:HH:mm:ss} {method} {RouteOf(context)} {status} {elapsed:0.0} ms"
            );
            await output.WriteLineAsync(line);
        }
    }

    private static string RouteOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern }
            ? $"{context.Request.PathBase}/{pattern.TrimStart('/')}"
            : "(no route)";
}
