using Signals.Core.Response.Links;

namespace Signals.Core.Tests.Response.Links;

/// <summary>A product's server vouches for who is signed in; nobody else can, and not for long.</summary>
public sealed class HelpTokensTests
{
    private const string Ann = "ann";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly byte[] OldKey = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] NewKey = [.. Enumerable.Repeat((byte)2, 32)];
    private static readonly byte[] NewestKey = [.. Enumerable.Repeat((byte)3, 32)];

    private readonly HelpTokens _tokens = new(new LinkKeys(OldKey));

    [Fact]
    public void A_token_vouches_for_its_user_until_it_ends()
    {
        string token = _tokens.Sign(Ann, Now.AddHours(1));
        Assert.Equal(HelpTokenCheck.Good, _tokens.Check(token, Ann, Now));
        Assert.Equal(HelpTokenCheck.Expired, _tokens.Check(token, Ann, Now.AddHours(1)));
        Assert.Equal(HelpTokenCheck.Forged, _tokens.Check(token, "ben", Now));
    }

    /// <summary>The documented recipe, made by another hand: openssl dgst -sha256 -hmac.</summary>
    [Fact]
    public void A_token_is_the_documented_one()
    {
        Assert.Equal(64, _tokens.Key.Length);
        byte[] key = System.Text.Encoding.ASCII.GetBytes(_tokens.Key);
        byte[] mac = System.Security.Cryptography.HMACSHA256.HashData(key, "signals.help.v1\nann\n1772449200"u8);
        string token = $"1772449200.{Convert.ToBase64String(mac).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
        Assert.Equal(token, _tokens.Sign(Ann, DateTimeOffset.FromUnixTimeSeconds(1_772_449_200)));
    }

    [Fact]
    public void A_token_for_longer_than_a_day_is_refused() =>
        Assert.Equal(HelpTokenCheck.TooLong, _tokens.Check(_tokens.Sign(Ann, Now.AddHours(25)), Ann, Now));

    [Fact]
    public void A_later_end_than_was_signed_is_forged()
    {
        string mac = _tokens.Sign(Ann, Now.AddSeconds(-1)).Split('.')[1];
        Assert.Equal(HelpTokenCheck.Forged, _tokens.Check($"{Now.AddHours(1).ToUnixTimeSeconds()}.{mac}", Ann, Now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1772449200")]
    [InlineData("1772449200.")]
    [InlineData("-1772449200.AAAA")]
    [InlineData("1772449200.not base64!")]
    [InlineData("1772449200.AAAA.AAAA")]
    [InlineData("99999999999999999999.AAAA")]
    public void Another_text_is_no_token(string? text) => Assert.Equal(HelpTokenCheck.Malformed, _tokens.Check(text, Ann, Now));

    [Fact]
    public void A_new_key_lets_the_one_before_it_run_out_and_none_older()
    {
        string old = _tokens.Sign(Ann, Now.AddHours(1));
        Assert.Equal(HelpTokenCheck.Good, new HelpTokens(new LinkKeys(NewKey, OldKey)).Check(old, Ann, Now));
        Assert.Equal(HelpTokenCheck.Forged, new HelpTokens(new LinkKeys(NewestKey, NewKey, OldKey)).Check(old, Ann, Now));
    }

    [Fact]
    public void Ids_with_line_feeds_make_no_token_for_another()
    {
        string token = _tokens.Sign($"{Ann}\n1", Now.AddHours(1));
        Assert.Equal(HelpTokenCheck.Good, _tokens.Check(token, $"{Ann}\n1", Now));
        Assert.Equal(HelpTokenCheck.Forged, _tokens.Check(token, Ann, Now));
    }
}
