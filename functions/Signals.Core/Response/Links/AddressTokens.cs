using System.Buffers.Binary;
using System.Text;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Response.Links;

/// <summary>What a link that confirms a new address says: which mail holds it, which address it is about, until when.</summary>
/// <param name="OutreachId">The mail that holds the link.</param>
/// <param name="Address">The new address, as <see cref="AddressTokens.HashOf"/> gives it.</param>
/// <param name="Ends">From then on it confirms nothing.</param>
public sealed record AddressToken(string OutreachId, string Address, DateTimeOffset Ends);

/// <summary>Signs and verifies the links by which an old address confirms a new one.</summary>
/// <remarks>
/// Content of the link's token (<see cref="LinkTokens"/>): seconds since 1970 (8 bytes) | the address's hash (8) | outreach id, UTF-8.
/// </remarks>
public sealed class AddressTokens(LinkTokens links)
{
    private const int HeaderBytes = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Tells one new address from another where the address itself is not to stand: 16 hexadecimal digits.</summary>
    public static string HashOf(string address) => $"{MessageHash.Of(address.Trim().ToLowerInvariant()):x16}";

    public string Sign(AddressToken token)
    {
        byte[] id = StrictUtf8.GetBytes(token.OutreachId);
        byte[] content = new byte[HeaderBytes + id.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, token.Ends.ToUnixTimeSeconds());
        Convert.FromHexString(token.Address).CopyTo(content.AsSpan(8));
        id.CopyTo(content.AsSpan(HeaderBytes));
        return links.Sign(LinkPurpose.ConfirmAddress, content);
    }

    /// <summary>The token; null for what we did not sign for this, and for what is over.</summary>
    public AddressToken? Verify(string? text, DateTimeOffset now)
    {
        if (links.Verify(LinkPurpose.ConfirmAddress, text) is not { Length: > HeaderBytes } content)
            return null;
        var token = new AddressToken(
            StrictUtf8.GetString(content.AsSpan(HeaderBytes)),
            Convert.ToHexStringLower(content.AsSpan(8, 8)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content))
        );
        return now < token.Ends ? token : null;
    }
}
