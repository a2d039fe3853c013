using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard.Forms;

/// <summary>
/// Tokens in forms, which another site can neither read nor make: when the token ends, and the hash of the session that the form was shown
/// to, sealed. The same for sessions of this app and for people whom App Service signed in.
/// </summary>
internal sealed class FormTokens(string apiToken, TimeProvider clock)
{
    /// <summary>The hidden field.</summary>
    public const string Field = "form-token";

    /// <summary>A page that was left open over a long weekend still works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int MaxChars = 200;

    private readonly Seal _seal = new(apiToken, "signals.form.v1");

    public string Create(Principal principal)
    {
        string ends = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _seal.Close($"{ends}.{HashOf(principal)}");
    }

    public bool IsOf(Principal principal, string? token)
    {
        if (token is not { Length: > 0 and <= MaxChars } || _seal.Open(token)?.Split('.') is not [var ends, var session])
            return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(session), Encoding.UTF8.GetBytes(HashOf(principal)))
            && long.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds > clock.GetUtcNow().ToUnixTimeSeconds();
    }

    private static string HashOf(Principal principal) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(principal.Session)));
}
