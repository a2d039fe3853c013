using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Signals.Web.Dashboard;

namespace Signals.Web.Ingestion;

/// <summary>
/// A path of the team's own choice, such as <c>/ev</c>, under which events, and what the SDKs of pages ask for, are taken as well:
/// <c>/ev/v1/track</c>. Blockers know libraries by the addresses of their vendors; this one is on no list.
/// </summary>
public sealed partial record EventsPath
{
    private EventsPath(PathString path) => Path = path;

    /// <summary>What is expected of a setting that names the path.</summary>
    public const string Expected =
        "a path of one part that no page of the dashboard begins with, such as /ev: a slash, then 2 to 32 small letters, digits and dashes";

    /// <summary>Events are taken at their usual addresses alone.</summary>
    public static EventsPath None { get; } = new(PathString.Empty);

    /// <summary>Empty, or a slash and one part.</summary>
    public PathString Path { get; }

    private static readonly PathString[] Ours =
    [
        "/api",
        "/assets",
        "/address",
        "/survey",
        "/analytics.js",
        "/answer",
        "/beacon",
        "/healthz",
        "/mcp",
        "/openapi",
        "/readyz",
        "/regulations",
        "/reports",
        "/schemas",
        "/signin",
        "/sourceConfig",
        "/u",
        "/v1",
        "/webhooks",
    ];

    /// <summary>Reads the setting; null when it cannot be used. Nothing is no path.</summary>
    /// <remarks>
    /// A platform that signs people in is told to leave everything alone that begins with the path: so no page may begin with it.
    /// </remarks>
    public static EventsPath? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return None;
        return
            PathPattern().IsMatch(text)
            && !Array.Exists(Ours, path => IsOneWith(path, text))
            && !DashboardRoutes.Pages.Any(page => page.Path.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            && !DashboardRoutes.Forms.Any(form => form.Path.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            ? new EventsPath(text)
            : null;
    }

    private static bool IsOneWith(PathString ours, string text) => ours.Value!.StartsWith(text, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^/[a-z0-9][a-z0-9-]{1,31}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PathPattern();
}

/// <summary>
/// Leads what comes under <see cref="EventsPath"/> to where it is taken, and remembers the way it came as the path's base.
/// </summary>
internal sealed class EventsPathRewriting(RequestDelegate next, EventsPath events)
{
    private static readonly PathString[] Taken = ["/v1", "/analytics.js", "/beacon", "/sourceConfig"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (
            request.Path.StartsWithSegments(events.Path, StringComparison.OrdinalIgnoreCase, out var rest)
            && Array.Exists(Taken, path => rest.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        )
        {
            request.PathBase = request.PathBase.Add(events.Path);
            request.Path = rest;
        }
        return next(context);
    }
}
