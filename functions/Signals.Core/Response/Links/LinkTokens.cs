using System.Buffers.Text;
using System.Security.Cryptography;

namespace Signals.Core.Response.Links;

/// <summary>What a link is for; the numbers stand in tokens. A token for one purpose is none for another.</summary>
public enum LinkPurpose : byte
{
    Unsubscribe = 1,
    ConfirmAddress = 2,
    AnswerAlert = 3,
    ShowReport = 4,
    AnswerSurvey = 5,
}

/// <summary>Signs and verifies what stands in links of mails: letters, digits, - and _.</summary>
/// <remarks>
/// Layout, then base64url: version (1 byte) | purpose (1) | key id (4) | content | HMAC-SHA256 of all that, cut to 16 bytes. The key is
/// found by its id, so that a verification costs the same however many keys there are, and no key answers for another.
/// </remarks>
public sealed class LinkTokens(LinkKeys keys)
{
    /// <summary>No token that Signals signs is longer; longer ones are refused unread.</summary>
    public const int MaxChars = 700;

    internal const int MacBytes = 16;

    private const byte Version = 2;
    private const int HeaderBytes = 2 + LinkKeys.IdBytes;

    /// <summary>A signature is never mistaken for one made with the same key for something else than links.</summary>
    private static readonly byte[] Domain = "signals.link.v2\0"u8.ToArray();

    public string Sign(LinkPurpose purpose, ReadOnlySpan<byte> content)
    {
        var (id, key) = keys.Signing;
        byte[] signed = [Version, (byte)purpose, .. id, .. content];
        return Base64Url.EncodeToString([.. signed, .. Mac(key, signed)]);
    }

    /// <summary>
    /// What was signed for that purpose; null for anything else. Takes the same time whatever is wrong with the signature.
    /// </summary>
    public byte[]? Verify(LinkPurpose purpose, string? text)
    {
        if (Bytes(text) is not { } bytes || bytes.Length < HeaderBytes + MacBytes || bytes[0] != Version || bytes[1] != (byte)purpose)
            return null;
        ReadOnlySpan<byte> signed = bytes.AsSpan(0, bytes.Length - MacBytes);
        return
            keys.Find(signed[2..HeaderBytes]) is { } key
            && CryptographicOperations.FixedTimeEquals(Mac(key, signed), bytes.AsSpan(bytes.Length - MacBytes))
            ? signed[HeaderBytes..].ToArray()
            : null;
    }

    /// <summary>The bytes of a token; null where the text is none, or another spelling of one: base64 has spare bits at its end.</summary>
    internal static byte[]? Bytes(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxChars || !Base64Url.IsValid(text))
            return null;
        byte[] bytes = Base64Url.DecodeFromChars(text);
        return string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal) ? bytes : null;
    }

    private static byte[] Mac(byte[] key, ReadOnlySpan<byte> signed) =>
        HMACSHA256.HashData(key, (byte[])[.. Domain, .. signed])[..MacBytes];
}
