using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Dashboard;

/// <summary>
/// Session cookies: when the session ends (seconds since 1970), a dot, and its HMAC-SHA256 under a key made of the API token. Nothing is
/// kept of them; another API token ends them all.
/// </summary>
internal sealed class Sessions(string apiToken, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const int MaxChars = 80;

    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiToken), "signals.session.v1"u8);

    public string Create()
    {
        string ends = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{ends}.{Sign(ends)}";
    }

    public bool IsValid(string cookie)
    {
        int dot = cookie.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || cookie.Length > MaxChars)
            return false;
        string ends = cookie[..dot];
        bool signed = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie[(dot + 1)..]), Encoding.UTF8.GetBytes(Sign(ends)));
        return signed && long.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds > clock.GetUtcNow().ToUnixTimeSeconds();
    }

    private string Sign(string ends) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(ends)));
}
