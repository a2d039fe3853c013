using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard;

/// <summary>
/// Opens the dashboard to people whom App Service authentication signed in with Microsoft Entra ID and to whom this app gave one of its
/// roles (<see cref="Roles"/>). To be registered only where the platform stands before every request: anybody else could write its header.
/// </summary>
/// <remarks>
/// The platform puts the principal into <c>X-MS-CLIENT-PRINCIPAL</c>, as base64 of
/// <c>{"auth_typ":"aad","claims":[{"typ":"roles","val":"Reader"}],...}</c>. Whatever else is there opens nothing.
/// </remarks>
public sealed class AppServiceAccess : IDashboardAccess
{
    /// <summary>The app roles that may see the dashboard, as they are spelled in the app registration.</summary>
    public static readonly IReadOnlyList<string> Roles = ["Reader", "Manager", "Admin"];

    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";
    private const string Entra = "aad";
    private const string SignInPath = "/.auth/login/aad?post_login_redirect_uri=";
    private const int MaxHeaderChars = 64 * 1024;

    /// <summary>Roles come under the token's own name, or under the one that the platform maps it to.</summary>
    private static readonly string[] RoleClaims = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

    public bool IsGranted(HttpContext context)
    {
        var header = context.Request.Headers[PrincipalHeader];
        return header.Count == 1 && header[0] is { Length: <= MaxHeaderChars } principal && HasRole(principal);
    }

    /// <summary>Sends who is not signed in to the platform's sign-in, and tells who has no role to ask for one.</summary>
    public Task ChallengeAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(PrincipalHeader))
            return MessagePage.NoRole.WriteAsync(context, StatusCodes.Status403Forbidden);
        // Two slashes at the front would name another site.
        string address = "/" + (context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()).TrimStart('/');
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(SignInPath + Uri.EscapeDataString(address));
        return Task.CompletedTask;
    }

    private static bool HasRole(string principal)
    {
        byte[] bytes = new byte[principal.Length];
        if (!Convert.TryFromBase64String(principal, bytes, out int length))
            return false;
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && TextOf(root, "auth_typ") == Entra
                && root.TryGetProperty("claims", out var claims) && claims.ValueKind == JsonValueKind.Array
                && claims.EnumerateArray().Any(claim => RoleClaims.Contains(TextOf(claim, "typ")) && Roles.Contains(TextOf(claim, "val")));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
