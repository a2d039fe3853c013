using Signals.Core.Platform.Addresses;

namespace Signals.Core.Tests.Platform.Addresses;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("ada@customer.example", "ada@customer.example")]
    // Around it: spaces of any kind, quotes, brackets, names, remarks, links, what a list leaves behind.
    [InlineData(" ada@customer.example\t\r\n", "ada@customer.example")]
    [InlineData("\u00a0ada@customer.example\u3000", "ada@customer.example")]
    [InlineData("<ada@customer.example>", "ada@customer.example")]
    [InlineData("Ada <ada@customer.example>", "ada@customer.example")]
    [InlineData("\"Lovelace, Ada\" <ada@customer.example>", "ada@customer.example")]
    [InlineData("\"eve@evil.example\" <ada@customer.example>", "ada@customer.example")]
    [InlineData("'ada@customer.example'", "ada@customer.example")]
    [InlineData("“ada@customer.example”", "ada@customer.example")]
    [InlineData("=\"ada@customer.example\"", "ada@customer.example")]
    [InlineData("ada@customer.example (Ada Lovelace)", "ada@customer.example")]
    [InlineData("mailto:ada@customer.example?subject=Hello", "ada@customer.example")]
    [InlineData("<MAILTO:ada%40customer.example>", "ada@customer.example")]
    [InlineData("ada@customer.example;", "ada@customer.example")]
    [InlineData("\"ada\"@customer.example", "ada@customer.example")]
    // Inside it: spaces where mail programs put them, characters that nobody sees, a keyboard's full width.
    [InlineData("ada @ customer.example", "ada@customer.example")]
    [InlineData("ada@customer . example", "ada@customer.example")]
    [InlineData("a\u200bda\u2060@cus\u00adtomer.example\ufeff", "ada@customer.example")]
    [InlineData("ada@cus\u200ctomer.example", "ada@customer.example")]
    [InlineData("ａｄａ＠ｃｕｓｔｏｍｅｒ．ｅｘａｍｐｌｅ", "ada@customer.example")]
    // The case of the part before the @ goes out as it came.
    [InlineData("Ada.L@Customer.Example", "Ada.L@customer.example")]
    [InlineData("ada@customer.example.", "ada@customer.example")]
    // Domains in letters.
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@BÜCHER.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@bu\u0308cher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@xn--bcher-2pa.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@bücher。example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@faß.example", "ada@xn--fa-hia.example")]
    [InlineData("ada@пример.рф", "ada@xn--e1afmkfd.xn--p1ai")]
    [InlineData("ada@がくせい.example", "ada@xn--n8jpj2c.example")]
    [InlineData("ada@か\u3099くせい.example", "ada@xn--n8jpj2c.example")]
    public void An_address_is_read_however_it_is_written(string text, string address)
    {
        Assert.True(Mailbox.TryParse(text, out var mailbox, out string problem), problem);
        Assert.Equal(address, mailbox.Address);
        Assert.Equal(address.ToLowerInvariant(), mailbox.Identity);
        Assert.True(Mailbox.AreSame(text, address));
    }

    [Theory]
    [InlineData("ada+news@customer.example", "ada@customer.example")]
    [InlineData("a.da@customer.example", "ada@customer.example")]
    [InlineData("ada@customer.example", "ada@mail.customer.example")]
    // A Cyrillic letter: another domain, and so another person.
    [InlineData("ada@cust\u043emer.example", "ada@customer.example")]
    [InlineData("ada@fass.example", "ada@faß.example")]
    [InlineData("ada@نامه\u200cای.example", "ada@نامهای.example")]
    [InlineData("not an address", "nor this")]
    public void Two_people_stay_two(string one, string other) => Assert.False(Mailbox.AreSame(one, other));

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData(" \u200b ", "nothing")]
    [InlineData("Ada Lovelace", "no @")]
    [InlineData("@customer.example", "nothing before the @")]
    [InlineData("ada@", "no domain after the @")]
    [InlineData("ada@.", "no domain after the @")]
    [InlineData("ada@a_b.example", "no domain after the @")]
    [InlineData("ada@-a.example", "no domain after the @")]
    [InlineData("ada@a..example", "no domain after the @")]
    [InlineData("ada@[192.0.2.1]", "no domain after the @")]
    [InlineData("ada lovelace@customer.example", "a space inside")]
    [InlineData("\"ada lovelace\"@customer.example", "a space inside")]
    [InlineData("ada@customer example", "a space inside")]
    [InlineData("ada@\tcustomer.example", "a space inside")]
    [InlineData("ada\n@customer.example", "a space inside")]
    [InlineData("ada@customer.\texample", "a space inside")]
    [InlineData("ada@customer.example, bob@customer.example", "two addresses, or two @")]
    [InlineData("ada@customer.example; Bob <bob@customer.example>", "two addresses, or two @")]
    [InlineData("Ada <ada@customer.example>, Bob <bob@customer.example>", "two addresses, or two @")]
    [InlineData("ada@customer.example\r\nBcc: bob@customer.example", "two addresses, or two @")]
    [InlineData("<ada@customer.example", "< before the @")]
    [InlineData("a:b@customer.example", ": before the @")]
    [InlineData("ada\0@customer.example", "a character that no address holds")]
    public void What_is_no_address_is_told(string? text, string expected)
    {
        Assert.False(Mailbox.TryParse(text, out var mailbox, out string problem));
        Assert.Equal((null, expected), (mailbox, problem));
    }

    [Fact]
    public void Half_a_character_is_told()
    {
        Assert.False(Mailbox.TryParse("ada" + (char)0xd800 + "@customer.example", out _, out string problem));
        Assert.Equal("a character that no address holds", problem);
    }

    [Fact]
    public void Nothing_long_is_looked_at_for_long()
    {
        string[] hostile =
        [
            new string('<', 2_000_000),
            new string('"', 999),
            new string('(', 500) + new string(')', 499),
            string.Concat(Enumerable.Repeat("mailto:", 140)),
            "ada@" + new string('ü', 400) + ".example",
            "ada@" + string.Concat(Enumerable.Repeat("a.", 200)) + "example",
            new string('a', 65) + "@customer.example",
            "a" + new string('\u0301', 990),
            string.Concat(Enumerable.Repeat("%25", 300)) + "40@customer.example",
        ];
        foreach (string text in hostile)
            Assert.Null(Mailbox.Parse(text));
    }

    [Fact]
    public void Letters_before_the_at_are_one_person_and_take_no_plain_mail()
    {
        var mailbox = Mailbox.Parse("JÖRG@customer.example");

        Assert.Equal(("jörg@customer.example", false), (mailbox!.Identity, mailbox.IsPlain));
        Assert.True(Mailbox.AreSame("jo\u0308rg@customer.example", "JÖRG@Customer.example"));
    }
}
