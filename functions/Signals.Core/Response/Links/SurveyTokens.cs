using System.Buffers.Binary;
using System.Text;

namespace Signals.Core.Response.Links;

/// <summary>What a link that answers a survey says; which answer stands beside it, for it is no secret.</summary>
/// <param name="OutreachId">The mail that holds the link.</param>
/// <param name="Ends">From then on it answers nothing.</param>
public sealed record SurveyToken(string OutreachId, DateTimeOffset Ends);

/// <summary>Signs and verifies the links by which a customer answers a survey.</summary>
/// <remarks>
/// Content of the link's token (<see cref="LinkTokens"/>): seconds since 1970 (8 bytes) | outreach id, UTF-8.
/// </remarks>
public sealed class SurveyTokens(LinkTokens links)
{
    private const int HeaderBytes = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Sign(SurveyToken token)
    {
        byte[] id = StrictUtf8.GetBytes(token.OutreachId);
        byte[] content = new byte[HeaderBytes + id.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, token.Ends.ToUnixTimeSeconds());
        id.CopyTo(content.AsSpan(HeaderBytes));
        return links.Sign(LinkPurpose.AnswerSurvey, content);
    }

    /// <summary>The token; null for what we did not sign for this, and for what is over.</summary>
    public SurveyToken? Verify(string? text, DateTimeOffset now)
    {
        if (links.Verify(LinkPurpose.AnswerSurvey, text) is not { Length: > HeaderBytes } content)
            return null;
        var token = new SurveyToken(
            StrictUtf8.GetString(content.AsSpan(HeaderBytes)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content))
        );
        return now < token.Ends ? token : null;
    }
}
