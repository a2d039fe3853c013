using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Web.Api;
using Signals.Web.Ingestion;

namespace Signals.Web;

/// <summary>
/// Tells whoever asks at an address that is none which one is near, and by which method to ask: a sender's library says nothing but 404,
/// and what was sent is gone.
/// </summary>
internal sealed class UnknownRoutes(RequestDelegate next, EndpointDataSource endpoints)
{
    private const int MostChars = 100;

    private static readonly PathString[] OfApi = ["/api", "/regulations", "/v1beta"];

    /// <summary>What a route with a part that is anybody's must say besides, for anything is near to a link's token.</summary>
    private const int LeastChars = 4;

    /// <summary>Letters that may be other: short words of another meaning are as near as three.</summary>
    private const int MostSlips = 2;

    private const string Everything = "/openapi/v1.json lists what there is";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (response is not { HasStarted: false, ContentType: null } || IsForPeople(context.Request))
            return;
        if (response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null)
        {
            string? near = Near((context.Request.Path.Value ?? "").TrimEnd('/'));
            if (near is not null || !IsOfApi(context.Request))
                await AnswerAsync(context, response.StatusCode, NothingAt(context.Request, near));
        }
        else if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && !IsOfApi(context.Request))
            await AnswerAsync(
                context,
                response.StatusCode,
                $"Found {context.Request.Method} {context.Request.Path}, expected {response.Headers.Allow}."
            );
    }

    /// <summary>What <see cref="ApiProblems"/> has words for.</summary>
    private static bool IsOfApi(HttpRequest request) =>
        Array.Exists(OfApi, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static Task AnswerAsync(HttpContext context, int status, string detail)
    {
        // A page's developer reads it in the browser.
        CrossOrigin.Allow(context);
        return ApiProblem.WriteAsync(context, status, detail);
    }

    /// <summary>Browsers get a page.</summary>
    private static bool IsForPeople(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string NothingAt(HttpRequest request, string? near)
    {
        string path = request.Path.Value ?? "";
        string found = $"There is nothing at {Excerpt.Of(path, MostChars)}.";
        if (near is not null)
            return $"{found} Did you mean {near}? {Capital(Everything)}.";
        return path.StartsWith("/v1", StringComparison.OrdinalIgnoreCase)
            ? $"{found} Events are posted to /v1/batch, or one by one to /v1/identify, /v1/track, /v1/page, /v1/screen, "
                + $"/v1/group, /v1/alias; {Everything}."
            : $"{found} {Capital(Everything)}.";
    }

    private string? Near(string path)
    {
        string[] parts = path.Split('/');
        var known = Routes().Select(route => Filled(route, parts)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return known
                .Where(route => path.EndsWith(route, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(route => route.Length)
                .FirstOrDefault()
            ?? known.Where(route => IsEndOf(path, route)).OrderBy(route => route.Length).FirstOrDefault()
            ?? NearestName.Of(path, known, MostSlips);
    }

    /// <summary>Whether what was asked for lacks only the beginning of a route: <c>/track</c>.</summary>
    private static bool IsEndOf(string path, string route) => path.Length > 1 && route.EndsWith(path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Those of programs: pages are for people, who follow links.</summary>
    private IEnumerable<string> Routes() =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName != "dashboard")
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

    /// <summary>
    /// The route with what was sent in the places that are anybody's; null where it is of another length, or says little.
    /// </summary>
    private static string? Filled(string route, string[] parts)
    {
        string[] pattern = route.Split('/');
        if (!route.Contains('{', StringComparison.Ordinal))
            return route;
        bool saysEnough = pattern.Where(part => !part.StartsWith('{')).Sum(part => part.Length) >= LeastChars;
        return pattern.Length != parts.Length || !saysEnough
            ? null
            : string.Join('/', pattern.Zip(parts, (part, sent) => part.StartsWith('{') && sent.Length > 0 ? sent : part));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
