using System.Buffers.Binary;
using System.Text;

namespace Signals.Core.Response.Links;

/// <summary>What a link that answers an alert says.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Answer">What is answered.</param>
/// <param name="By">The address that the mail went to: who has the link answers in its name.</param>
/// <param name="Ends">From then on it answers nothing.</param>
public sealed record AlertToken(string AlertId, AlertLinkAnswer Answer, string By, DateTimeOffset Ends);

/// <summary>What a link answers; the numbers stand in tokens.</summary>
public enum AlertLinkAnswer : byte
{
    /// <summary>Somebody is at it.</summary>
    Acknowledge = 1,

    /// <summary>Silence for a working day.</summary>
    Snooze = 2,

    /// <summary>It is no risk.</summary>
    Resolve = 3,
}

/// <summary>Signs and verifies the links of alerts' mails that answer them.</summary>
/// <remarks>
/// Content of the link's token (<see cref="LinkTokens"/>): seconds since 1970 (8 bytes) | answer (1) | length of the alert's id in bytes
/// (2) | alert's id, UTF-8 | address, UTF-8.
/// </remarks>
public sealed class AlertTokens(LinkTokens links)
{
    private const int HeaderBytes = 8 + 1 + 2;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Sign(AlertToken token)
    {
        byte[] id = StrictUtf8.GetBytes(token.AlertId),
            by = StrictUtf8.GetBytes(token.By);
        byte[] content = new byte[HeaderBytes + id.Length + by.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, token.Ends.ToUnixTimeSeconds());
        content[8] = (byte)token.Answer;
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(9), checked((ushort)id.Length));
        id.CopyTo(content.AsSpan(HeaderBytes));
        by.CopyTo(content.AsSpan(HeaderBytes + id.Length));
        return links.Sign(LinkPurpose.AnswerAlert, content);
    }

    /// <summary>The token; null for what we did not sign for this, and for what is over.</summary>
    public AlertToken? Verify(string? text, DateTimeOffset now)
    {
        if (links.Verify(LinkPurpose.AnswerAlert, text) is not { Length: > HeaderBytes } content)
            return null;
        int length = BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(9));
        if (length > content.Length - HeaderBytes)
            return null;
        var token = new AlertToken(
            StrictUtf8.GetString(content.AsSpan(HeaderBytes, length)),
            (AlertLinkAnswer)content[8],
            StrictUtf8.GetString(content.AsSpan(HeaderBytes + length)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content))
        );
        return now < token.Ends ? token : null;
    }
}
