using System.Security.Cryptography;
using System.Text;
using Signals.Core.Response.Links;

namespace Signals.Core.Response.Suppressions;

/// <summary>Signs and verifies unsubscribe tokens. They never expire, so a rotated key stays in the ring for verification.</summary>
/// <remarks>
/// Content of the link's token (<see cref="LinkTokens"/>): recipient (16 bytes) | topic length (1) and UTF-8 | outreach id, UTF-8. Under
/// 160 characters for the ids that Signals makes, so that a link fits on one header line. Tokens from before links named their purpose and
/// key (version 1: the same content between a version byte and an HMAC-SHA256 of 16 bytes, under any key of the ring) go on working.
/// </remarks>
public sealed class UnsubscribeTokens(LinkKeys keys)
{
    private const byte OldVersion = 1;
    private const int HeaderBytes = RecipientKey.Bytes + 1;
    private const int MaxTopicBytes = 64;
    private const int MaxOutreachIdBytes = 400;

    /// <summary>What the old signatures were made for.</summary>
    private static readonly byte[] OldPurpose = "signals.unsubscribe.v1\0"u8.ToArray();

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly LinkTokens _links = new(keys);

    /// <summary>A token for the path of a link.</summary>
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
        return _links.Sign(LinkPurpose.Unsubscribe, [.. recipient, (byte)topic.Length, .. topic, .. outreach]);
    }

    /// <summary>
    /// The token, or null when it was not signed with a key of the ring. Takes the same time whatever is wrong with the signature.
    /// </summary>
    public UnsubscribeToken? Verify(string? text) =>
        (_links.Verify(LinkPurpose.Unsubscribe, text) ?? VerifyOld(text)) is { } content ? Read(content) : null;

    /// <summary>An old token names no key: each is tried, and all of them always.</summary>
    private byte[]? VerifyOld(string? text)
    {
        if (LinkTokens.Bytes(text) is not [OldVersion, ..] bytes || bytes.Length < 1 + HeaderBytes + LinkTokens.MacBytes)
            return null;
        ReadOnlySpan<byte> content = bytes.AsSpan(0, bytes.Length - LinkTokens.MacBytes);
        ReadOnlySpan<byte> mac = bytes.AsSpan(bytes.Length - LinkTokens.MacBytes);
        bool isSigned = false;
        foreach (byte[] key in keys.All)
        {
            byte[] ours = HMACSHA256.HashData(key, (byte[])[.. OldPurpose, .. content])[..LinkTokens.MacBytes];
            isSigned |= CryptographicOperations.FixedTimeEquals(ours, mac);
        }
        return isSigned ? content[1..].ToArray() : null;
    }

    private static UnsubscribeToken? Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < HeaderBytes || content.Length < HeaderBytes + content[HeaderBytes - 1])
            return null;
        int topicBytes = content[HeaderBytes - 1];
        string topic = StrictUtf8.GetString(content.Slice(HeaderBytes, topicBytes));
        return new UnsubscribeToken(
            Convert.ToHexStringLower(content[..RecipientKey.Bytes]),
            topic.Length == 0 ? null : topic,
            StrictUtf8.GetString(content[(HeaderBytes + topicBytes)..])
        );
    }

    private static byte[] Bounded(string what, string value, int maxBytes)
    {
        byte[] bytes = StrictUtf8.GetBytes(value);
        return bytes.Length <= maxBytes
            ? bytes
            : throw new ArgumentException($"A token's {what} has at most {maxBytes} bytes of UTF-8; found {bytes.Length}.", nameof(value));
    }
}
