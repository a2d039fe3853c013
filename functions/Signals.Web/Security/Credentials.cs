using System.Text;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Security;

/// <summary>Reads the secrets of an <c>Authorization</c> header (RFC 7617, RFC 6750).</summary>
internal static class Credentials
{
    private const int MaxHeaderChars = 1024;

    /// <summary>The bearer token, or null.</summary>
    public static string? BearerToken(HttpRequest request) => Parameter(request, "Bearer ");

    /// <summary>The user name of Basic credentials, whether or not a colon follows it, or null.</summary>
    public static string? BasicUser(HttpRequest request)
    {
        if (Parameter(request, "Basic ") is not { } encoded)
            return null;
        Span<byte> decoded = stackalloc byte[MaxHeaderChars];
        if (!Convert.TryFromBase64String(encoded, decoded, out int length))
            return null;
        string credentials = Encoding.UTF8.GetString(decoded[..length]);
        int colon = credentials.IndexOf(':', StringComparison.Ordinal);
        string user = colon < 0 ? credentials : credentials[..colon];
        return user.Length == 0 ? null : user;
    }

    private static string? Parameter(HttpRequest request, string scheme)
    {
        string header = request.Headers.Authorization.ToString();
        if (header.Length > MaxHeaderChars || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        string parameter = header[scheme.Length..].Trim();
        return parameter.Length == 0 ? null : parameter;
    }
}
