using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Signals.Web;

/// <summary>Parts of a path as the sender wrote them.</summary>
internal static class RouteText
{
    private const string EncodedSlash = "%2F";

    /// <summary>
    /// A part of the path. Servers decode a path but for its slashes, so that the addresses of <c>a/b</c> (<c>a%2Fb</c>) and of
    /// <c>a%2Fb</c>
    /// (<c>a%252Fb</c>) would be one: where that may be, the request's own line is read.
    /// </summary>
    public static string Route(this HttpContext context, string name)
    {
        string decoded = (string)context.Request.RouteValues[name]!;
        if (!decoded.Contains(EncodedSlash, StringComparison.OrdinalIgnoreCase))
            return decoded;
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string[] parts = (query < 0 ? target : target[..query]).TrimStart('/').Split('/');
        int position = PositionOf(context, name);
        return target.StartsWith('/') && position >= 0 && position < parts.Length
            ? Uri.UnescapeDataString(parts[position])
            : decoded.Replace(EncodedSlash, "/", StringComparison.OrdinalIgnoreCase);
    }

    private static int PositionOf(HttpContext context, string name)
    {
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern is not { } pattern)
            return -1;
        for (int i = 0; i < pattern.PathSegments.Count; i++)
        {
            if (
                pattern.PathSegments[i].Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part]
                && part.Name == name
            )
                return i;
        }
        return -1;
    }
}
