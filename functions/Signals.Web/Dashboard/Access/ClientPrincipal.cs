using System.Text.Json;
using Signals.Core.Platform.Serialization;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Reads the principal that App Service authentication puts into <c>X-MS-CLIENT-PRINCIPAL</c>: base64 of
/// <c>{"auth_typ":"aad","claims":[{"typ":"roles","val":"Reader"},…],…}</c>.
/// </summary>
internal static class ClientPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string Entra = "aad";
    private const int MaxHeaderChars = 64 * 1024;
    private const int MaxNameChars = 320;

    /// <summary>Claims come under the token's own name, or under the one that the platform maps it to.</summary>
    private static readonly string[] RoleClaims = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

    private static readonly string[] IdClaims = ["oid", "http://schemas.microsoft.com/identity/claims/objectidentifier", "sub"];

    private static readonly string[] NameClaims =
    [
        "email",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "preferred_username",
        "upn",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
        "name",
    ];

    /// <summary>
    /// Null for anything but a person whom Entra ID signed in, who has a role here and a name to write into the audit trail.
    /// </summary>
    public static Principal? Read(string? header)
    {
        if (header is not { Length: > 0 and <= MaxHeaderChars })
            return null;
        byte[] bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out int length))
            return null;
        try
        {
            using var document = ForeignJson.Parse(bytes.AsMemory(0, length));
            return
                document.RootElement is { ValueKind: JsonValueKind.Object } root
                && TextOf(root, "auth_typ") == Entra
                && root.TryGetProperty("claims", out var claims)
                && claims.ValueKind == JsonValueKind.Array
                ? Of([.. claims.EnumerateArray().Select(claim => (TextOf(claim, "typ") ?? "", TextOf(claim, "val") ?? ""))])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Principal? Of(IReadOnlyList<(string Type, string Value)> claims)
    {
        var role = claims.Where(claim => RoleClaims.Contains(claim.Type)).Select(claim => RoleOf(claim.Value)).Max();
        string? name = First(claims, NameClaims),
            id = First(claims, IdClaims) ?? name;
        return role is { } granted && id is not null
            ? new Principal(
                name is null ? id
                    : name.Length > MaxNameChars ? name[..MaxNameChars]
                    : name,
                granted,
                $"{Entra}:{id}"
            )
            {
                DisplayName = First(claims, ["name"]) ?? "",
            }
            : null;
    }

    /// <summary>Roles are held to their exact spelling; numbers, which an enum's parser takes as well, are no roles.</summary>
    private static DashboardRole? RoleOf(string name) =>
        name switch
        {
            nameof(DashboardRole.Reader) => DashboardRole.Reader,
            nameof(DashboardRole.Manager) => DashboardRole.Manager,
            nameof(DashboardRole.Admin) => DashboardRole.Admin,
            _ => null,
        };

    private static string? First(IReadOnlyList<(string Type, string Value)> claims, string[] types) =>
        types
            .Select(type => claims.FirstOrDefault(claim => claim.Type == type && claim.Value.Length > 0).Value)
            .FirstOrDefault(value => value is not null);

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
