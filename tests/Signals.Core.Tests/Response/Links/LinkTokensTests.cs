using System.Buffers.Text;
using System.Security.Cryptography;
using Signals.Core.Response.Links;

namespace Signals.Core.Tests.Response.Links;

/// <summary>What stands in links: for one purpose, by one key, and by nobody else.</summary>
public sealed class LinkTokensTests
{
    private const LinkPurpose Another = (LinkPurpose)200;

    private static readonly byte[] OldKey = SHA256.HashData("old"u8);
    private static readonly byte[] NewKey = SHA256.HashData("new"u8);

    [Fact]
    public void A_token_says_what_was_signed_for_its_purpose_alone()
    {
        var tokens = new LinkTokens(new LinkKeys(NewKey));
        string text = tokens.Sign(LinkPurpose.Unsubscribe, "what"u8);
        Assert.Equal("what"u8.ToArray(), tokens.Verify(LinkPurpose.Unsubscribe, text));
        Assert.Null(tokens.Verify(Another, text));

        // Not even with the purpose written over: it is signed with the rest.
        byte[] bytes = Base64Url.DecodeFromChars(text);
        bytes[1] = (byte)Another;
        Assert.Null(tokens.Verify(Another, Base64Url.EncodeToString(bytes)));
    }

    [Fact]
    public void A_token_names_its_key_and_no_other_key_answers_for_it()
    {
        string text = new LinkTokens(new LinkKeys(OldKey)).Sign(LinkPurpose.Unsubscribe, "what"u8);
        var both = new LinkTokens(new LinkKeys(NewKey, OldKey));
        Assert.NotNull(both.Verify(LinkPurpose.Unsubscribe, text));
        Assert.Null(new LinkTokens(new LinkKeys(NewKey)).Verify(LinkPurpose.Unsubscribe, text));

        // The other key's id before a signature of this one: the key that is named decides, not whichever fits.
        byte[] bytes = Base64Url.DecodeFromChars(text);
        byte[] other = Base64Url.DecodeFromChars(both.Sign(LinkPurpose.Unsubscribe, "what"u8));
        Assert.NotEqual(other[2..6], bytes[2..6]);
        other.AsSpan(2, 4).CopyTo(bytes.AsSpan(2));
        Assert.Null(both.Verify(LinkPurpose.Unsubscribe, Base64Url.EncodeToString(bytes)));
    }

    [Fact]
    public void A_new_key_signs_from_the_moment_it_stands_in_front()
    {
        string before = new LinkTokens(new LinkKeys(OldKey)).Sign(LinkPurpose.Unsubscribe, "what"u8);
        string after = new LinkTokens(new LinkKeys(NewKey, OldKey)).Sign(LinkPurpose.Unsubscribe, "what"u8);
        Assert.NotEqual(before, after);
        Assert.NotNull(new LinkTokens(new LinkKeys(NewKey)).Verify(LinkPurpose.Unsubscribe, after));
    }

    [Fact]
    public void A_changed_or_cut_token_is_none()
    {
        var tokens = new LinkTokens(new LinkKeys(NewKey));
        string text = tokens.Sign(LinkPurpose.Unsubscribe, "what"u8);
        for (int i = 0; i < text.Length; i++)
        {
            Assert.Null(tokens.Verify(LinkPurpose.Unsubscribe, text[..i]));
            Assert.Null(tokens.Verify(LinkPurpose.Unsubscribe, text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..]));
        }
    }
}
