using Microsoft.AspNetCore.Http;

namespace Signals.Web.Ingestion;

/// <summary>
/// The browser library as the team keeps it beside its model (<c>browser/analytics.min.js</c>), for snippets that load it from the host
/// they send to. None comes with Signals.
/// </summary>
/// <param name="File">The file; null where there is none.</param>
public sealed record BrowserLibrary(string? File)
{
    private const string Missing =
        "There is no browser library here. Put one beside the value model as browser/analytics.min.js (dist/umd/standalone.js of "
        + "@segment/analytics-next), or load it from elsewhere and set analytics._cdn: docs/instrumenting.md.\n";

    public static BrowserLibrary None { get; } = new(File: null);

    /// <summary>The library in the folder <c>browser</c> beside a model file, where there is one.</summary>
    public static BrowserLibrary Beside(string modelPath)
    {
        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelPath))!, "browser", "analytics.min.js");
        return System.IO.File.Exists(file) ? new BrowserLibrary(file) : None;
    }

    /// <summary>
    /// Answers <c>GET /analytics.js/v1/{writeKey}/analytics.min.js</c> and <c>GET /v1/library.js</c>: the same file whatever the key, which
    /// it does not hold.
    /// </summary>
    internal async Task AnswerAsync(HttpContext context)
    {
        CrossOrigin.Allow(context);
        if (File is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(Missing, context.RequestAborted);
            return;
        }
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        await context.Response.SendFileAsync(File, context.RequestAborted);
    }
}
