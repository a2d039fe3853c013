using Signals.Core.Response.Mail;

namespace Signals.Core.Tests.Response.Mail;

public sealed class MailHeaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@customer.example")]
    [InlineData("ada@customer.example, eve@customer.example")]
    [InlineData("ada@customer.example\r\nBcc: eve@customer.example")]
    [InlineData("Ada <ada@customer.example>")]
    [InlineData("ada@customer example")]
    [InlineData("ada>@customer.example")]
    [InlineData("adä@customer.example")]
    [InlineData("\"a b\"@customer.example")]
    [InlineData("ada@-.example")]
    public void An_address_that_is_not_one_plain_mailbox_is_refused(string address) =>
        Assert.Throws<InvalidMailException>(() => MailHeader.Ascii(address));

    [Theory]
    [InlineData("ada@münchen.example", "ada@xn--mnchen-3ya.example")]
    [InlineData("Ada+news@Customer.Example", "Ada+news@customer.example")]
    public void An_address_has_an_ASCII_domain(string address, string expected) => Assert.Equal(expected, MailHeader.Ascii(address));

    [Theory]
    [InlineData("Hello\r\nBcc: eve@customer.example", "Hello Bcc: eve@customer.example")]
    [InlineData(" \tHello\0\u0085\u2028 again ", "Hello again")]
    [InlineData("=?utf-8?B?QWRh?=", "= ?utf-8?B?QWRh?=")]
    [InlineData("déjà vu 🙂", "déjà vu 🙂")]
    public void Free_text_stays_one_line_that_reads_as_it_was_written(string text, string expected) =>
        Assert.Equal(expected, MailHeader.OneLine(text));

    [Theory]
    [InlineData("Subject", "again")]
    [InlineData("bcc", "eve@customer.example")]
    [InlineData("X-Note", "a\r\nBcc: eve@customer.example")]
    [InlineData("X-Note", "é")]
    [InlineData("X Note", "a")]
    [InlineData("X-Note:", "a")]
    [InlineData("", "a")]
    public void A_header_that_would_change_the_mail_is_refused(string name, string value) =>
        Assert.Throws<InvalidMailException>(() => MailHeader.Check(name, value));

    [Fact]
    public void A_header_fits_on_one_line()
    {
        MailHeader.Check("X-Note", new string('a', 990));

        Assert.Throws<InvalidMailException>(() => MailHeader.Check("X-Note", new string('a', 991)));
    }
}
