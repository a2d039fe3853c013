using System.Buffers.Binary;
using System.Text;

namespace Signals.Core.Response.Links;

/// <summary>What a link to a value report says.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Report">The approved report's row.</param>
/// <param name="Ends">From then on it shows nothing.</param>
public sealed record ReportToken(string Account, string Report, DateTimeOffset Ends);

/// <summary>Signs and verifies the links by which a customer reads a value report that a person approved.</summary>
/// <remarks>
/// Content of the link's token (<see cref="LinkTokens"/>): seconds since 1970 (8 bytes) | length of the row in bytes (1) | row, UTF-8 |
/// account's key, UTF-8.
/// </remarks>
public sealed class ReportTokens(LinkTokens links)
{
    private const int HeaderBytes = 8 + 1;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Sign(ReportToken token)
    {
        byte[] row = StrictUtf8.GetBytes(token.Report),
            account = StrictUtf8.GetBytes(token.Account);
        byte[] content = new byte[HeaderBytes + row.Length + account.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, token.Ends.ToUnixTimeSeconds());
        content[8] = checked((byte)row.Length);
        row.CopyTo(content.AsSpan(HeaderBytes));
        account.CopyTo(content.AsSpan(HeaderBytes + row.Length));
        return links.Sign(LinkPurpose.ShowReport, content);
    }

    /// <summary>The token; null for what we did not sign for this, and for what is over.</summary>
    public ReportToken? Verify(string? text, DateTimeOffset now)
    {
        if (links.Verify(LinkPurpose.ShowReport, text) is not { Length: > HeaderBytes } content)
            return null;
        int length = content[8];
        if (length > content.Length - HeaderBytes)
            return null;
        var token = new ReportToken(
            StrictUtf8.GetString(content.AsSpan(HeaderBytes + length)),
            StrictUtf8.GetString(content.AsSpan(HeaderBytes, length)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content))
        );
        return now < token.Ends ? token : null;
    }
}
