using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Signs and verifies unsubscribe tokens. They never expire, so a rotated key stays in the ring for verification.
/// </summary>
/// <remarks>
/// Layout, then base64url: version (1 byte) | recipient (16) | topic length (1) and UTF-8 | outreach id, UTF-8 | HMAC-SHA256 of all
/// that, cut to 16 bytes. Under 160 characters for the ids that Signals makes, so that a link fits on one header line.
/// </remarks>
public sealed class UnsubscribeTokens
{
    /// <summary>No token that Signals signs is longer; longer ones are refused unread.</summary>
    public const int MaxChars = 700;

    private const byte Version = 1;
    private const int MacBytes = 16;
    private const int HeaderBytes = 1 + RecipientKey.Bytes + 1;
    private const int MinimumKeyBytes = 16;
    private const int MaxTopicBytes = 64;
    private const int MaxOutreachIdBytes = 400;

    /// <summary>A signature is never mistaken for one made with the same key for another purpose.</summary>
    private static readonly byte[] Purpose = "signals.unsubscribe.v1\0"u8.ToArray();

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[][] _keys;

    /// <param name="keys">The key ring: the first one signs, all of them verify. At least 16 bytes each.</param>
    public UnsubscribeTokens(params IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0)
            throw new ArgumentException("The key ring holds at least one key; found none.", nameof(keys));
        foreach (byte[] key in keys)
        {
            if (key.Length < MinimumKeyBytes)
                throw new ArgumentException($"A signing key has at least {MinimumKeyBytes} bytes; found {key.Length}.", nameof(keys));
        }
        _keys = [.. keys.Select(key => (byte[])key.Clone())];
    }

    /// <summary>A token for the path of a link: letters, digits, - and _.</summary>
    public string Sign(UnsubscribeToken token)
    {
        byte[] recipient =
            token.Recipient.Length == RecipientKey.Bytes * 2
                ? Convert.FromHexString(token.Recipient)
                : throw new ArgumentException(
                    $"A recipient has {RecipientKey.Bytes * 2} hexadecimal digits; found {token.Recipient.Length} characters.",
                    nameof(token)
                );
        byte[] topic = Bounded("topic", token.Topic ?? "", MaxTopicBytes);
        byte[] outreach = Bounded("outreach id", token.OutreachId, MaxOutreachIdBytes);
        byte[] content = [Version, .. recipient, (byte)topic.Length, .. topic, .. outreach];
        return Base64Url.EncodeToString([.. content, .. Mac(_keys[0], content)]);
    }

    /// <summary>
    /// The token, or null when it was not signed with a key of the ring. Takes the same time whatever is wrong with the signature.
    /// </summary>
    public UnsubscribeToken? Verify(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxChars || !Base64Url.IsValid(text))
            return null;
        byte[] bytes = Base64Url.DecodeFromChars(text);
        // Base64 has spare bits at its end: only the spelling that was signed is the token.
        if (bytes.Length < HeaderBytes + MacBytes || !string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal))
            return null;
        ReadOnlySpan<byte> content = bytes.AsSpan(0, bytes.Length - MacBytes);
        return IsSigned(content, bytes.AsSpan(bytes.Length - MacBytes)) ? Read(content) : null;
    }

    private bool IsSigned(ReadOnlySpan<byte> content, ReadOnlySpan<byte> mac)
    {
        bool signed = false;
        foreach (byte[] key in _keys)
            signed |= CryptographicOperations.FixedTimeEquals(Mac(key, content), mac);
        return signed;
    }

    private static UnsubscribeToken? Read(ReadOnlySpan<byte> content)
    {
        if (content[0] != Version)
            return null;
        int topicBytes = content[HeaderBytes - 1];
        if (content.Length < HeaderBytes + topicBytes)
            return null;
        string topic = StrictUtf8.GetString(content.Slice(HeaderBytes, topicBytes));
        return new UnsubscribeToken(
            Convert.ToHexStringLower(content.Slice(1, RecipientKey.Bytes)),
            topic.Length == 0 ? null : topic,
            StrictUtf8.GetString(content[(HeaderBytes + topicBytes)..])
        );
    }

    private static byte[] Mac(byte[] key, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(key, (byte[])[.. Purpose, .. content])[..MacBytes];

    private static byte[] Bounded(string what, string value, int maxBytes)
    {
        byte[] bytes = StrictUtf8.GetBytes(value);
        return bytes.Length <= maxBytes
            ? bytes
            : throw new ArgumentException($"A token's {what} has at most {maxBytes} bytes of UTF-8; found {bytes.Length}.", nameof(value));
    }
}
