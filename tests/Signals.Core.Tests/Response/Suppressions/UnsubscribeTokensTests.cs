using System.Security.Cryptography;
using Signals.Core.Response.Links;
using Signals.Core.Response.Suppressions;

namespace Signals.Core.Tests.Response.Suppressions;

public sealed class UnsubscribeTokensTests
{
    private static readonly byte[] OldKey = SHA256.HashData("old"u8);
    private static readonly byte[] NewKey = SHA256.HashData("new"u8);
    private static readonly string Ada = new RecipientKey(SHA256.HashData("recipients"u8)).Of("ada@customer.example");

    [Theory]
    [InlineData(null, "o-20260110-7f3a")]
    [InlineData("help", "o-20260110-7f3a")]
    [InlineData("tips & tricks – été", "")]
    public void A_signed_token_says_what_was_signed(string? topic, string outreach)
    {
        var tokens = new UnsubscribeTokens(new LinkKeys(NewKey));
        var token = new UnsubscribeToken(Ada, topic, outreach);

        Assert.Equal(token, tokens.Verify(tokens.Sign(token)));
    }

    [Fact]
    public void A_token_fits_a_link_and_does_not_show_the_address()
    {
        string text = new UnsubscribeTokens(new LinkKeys(NewKey)).Sign(
            new UnsubscribeToken(Ada, null, "acme-corp.01JH2Z8Q4T7V9XKB3M5N6P7R8S.onboarding-stalled")
        );

        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.InRange(text.Length, 40, 160);
    }

    [Fact]
    public void A_token_signed_with_a_rotated_key_still_verifies()
    {
        var token = new UnsubscribeToken(Ada, "help", "o-1");

        string text = new UnsubscribeTokens(new LinkKeys(OldKey)).Sign(token);

        Assert.Equal(token, new UnsubscribeTokens(new LinkKeys(NewKey, OldKey)).Verify(text));
        Assert.Null(new UnsubscribeTokens(new LinkKeys(NewKey)).Verify(text));
    }

    [Fact]
    public void A_link_from_before_links_named_purpose_and_key_still_works_under_any_key_of_the_ring()
    {
        // Made by the version before, with the old key.
        const string old = "AQABAgMEBQYHCAkKCwwNDg8EaGVscG8tMjAyNjAxMTAtN2YzYTOtoBvodchFuzuVl1QsPyA";
        var expected = new UnsubscribeToken("000102030405060708090a0b0c0d0e0f", "help", "o-20260110-7f3a");
        Assert.Equal(expected, new UnsubscribeTokens(new LinkKeys(NewKey, OldKey)).Verify(old));
        Assert.Null(new UnsubscribeTokens(new LinkKeys(NewKey)).Verify(old));
        Assert.Null(new UnsubscribeTokens(new LinkKeys(NewKey, OldKey)).Verify(string.Concat("AQ", "B", old.AsSpan(3))));
    }

    [Fact]
    public void A_token_changed_in_any_one_character_is_refused()
    {
        var tokens = new UnsubscribeTokens(new LinkKeys(NewKey));
        string text = tokens.Sign(new UnsubscribeToken(Ada, "help", "o-1"));

        for (int i = 0; i < text.Length; i++)
        {
            char other = text[i] == 'A' ? 'B' : 'A';
            Assert.Null(tokens.Verify(text[..i] + other + text[(i + 1)..]));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("../../etc/passwd")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_refused(string? text) => Assert.Null(new UnsubscribeTokens(new LinkKeys(NewKey)).Verify(text));

    [Fact]
    public void Another_spelling_of_the_same_bytes_is_refused()
    {
        var tokens = new UnsubscribeTokens(new LinkKeys(NewKey));
        string text = tokens.Sign(new UnsubscribeToken(Ada, null, "o-1"));

        Assert.Null(tokens.Verify(text + "="));
        Assert.Null(tokens.Verify(" " + text));
        Assert.Null(tokens.Verify(text + new string('A', LinkTokens.MaxChars)));
    }

    [Fact]
    public void Weak_or_missing_keys_are_refused_at_the_start()
    {
        Assert.Throws<ArgumentException>(() => new LinkKeys());
        Assert.Throws<ArgumentException>(() => new LinkKeys(new byte[15]));
        Assert.Throws<ArgumentException>(() => new RecipientKey(new byte[15]));
    }

    [Theory]
    [InlineData("ADA@Customer.example")]
    [InlineData("  ada@customer.example\n")]
    public void An_address_has_one_key_however_it_is_written(string address) =>
        Assert.Equal(Ada, new RecipientKey(SHA256.HashData("recipients"u8)).Of(address));

    [Fact]
    public void A_recipient_key_depends_on_the_address_and_on_the_key()
    {
        Assert.Matches("^[0-9a-f]{32}$", Ada);
        Assert.NotEqual(Ada, new RecipientKey(SHA256.HashData("recipients"u8)).Of("ada+news@customer.example"));
        Assert.NotEqual(Ada, new RecipientKey(SHA256.HashData("others"u8)).Of("ada@customer.example"));
    }
}
