using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Response.Links;

/// <summary>
/// The tokens by which a product's server vouches for who is signed in there: <c>{expires}.{mac}</c>, where expires is in seconds since
/// 1970 and mac is the base64url of HMAC-SHA256 over <c>signals.help.v1</c>, the user's id and expires, a line feed between each two.
/// </summary>
/// <remarks>
/// The key is made of the newest key of the ring, so that a product's server holds nothing that signs links; what was signed by the one
/// before it holds too, for a token outlives no day. To revoke a key at once, put two new ones before it.
/// </remarks>
public sealed class HelpTokens
{
    /// <summary>No token is good for longer: who copies one has little of it.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    private const int KeysInUse = 2;
    private const int MaxChars = 100;
    private const int MostDigits = 12;

    /// <summary>Clocks of servers differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly byte[] KeyPurpose = "signals.help-key.v1"u8.ToArray();

    private readonly byte[][] _keys;

    public HelpTokens(LinkKeys keys) => _keys = [.. keys.All.Take(KeysInUse).Select(key => Encoding.ASCII.GetBytes(KeyOf(key)))];

    /// <summary>The key for the product's server: 64 hexadecimal digits, used as they stand.</summary>
    public string Key => Encoding.ASCII.GetString(_keys[0]);

    public string Sign(string userId, DateTimeOffset expires)
    {
        string seconds = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{seconds}.{Base64Url.EncodeToString(Mac(_keys[0], userId, seconds))}";
    }

    /// <summary>Whether a token vouches for a user now. Takes the same time whatever is wrong with the signature.</summary>
    public HelpTokenCheck Check(string? token, string userId, DateTimeOffset now)
    {
        if (
            token is null
            || token.Length > MaxChars
            || token.Split('.') is not [{ Length: > 0 and <= MostDigits } expires, { Length: > 0 } mac]
            || expires.AsSpan().ContainsAnyExceptInRange('0', '9')
            || !Base64Url.IsValid(mac)
        )
            return HelpTokenCheck.Malformed;
        byte[] given = Base64Url.DecodeFromChars(mac);
        bool isSigned = false;
        foreach (byte[] key in _keys)
            isSigned |= CryptographicOperations.FixedTimeEquals(Mac(key, userId, expires), given);
        if (!isSigned)
            return HelpTokenCheck.Forged;
        var ends = DateTimeOffset.FromUnixTimeSeconds(Math.Min(long.Parse(expires, CultureInfo.InvariantCulture), 253_402_300_799));
        return ends <= now ? HelpTokenCheck.Expired
            : ends > now + LongestLife + Skew ? HelpTokenCheck.TooLong
            : HelpTokenCheck.Good;
    }

    private static byte[] Mac(byte[] key, string userId, string expires) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"signals.help.v1\n{userId}\n{expires}"));

    private static string KeyOf(byte[] linkKey) => Convert.ToHexStringLower(HMACSHA256.HashData(linkKey, KeyPurpose));
}

public enum HelpTokenCheck
{
    Good,

    /// <summary>No token at all, or another text.</summary>
    Malformed,

    /// <summary>Not signed with the key, or for somebody else.</summary>
    Forged,
    Expired,

    /// <summary>Signed for longer than a token may hold.</summary>
    TooLong,
}
