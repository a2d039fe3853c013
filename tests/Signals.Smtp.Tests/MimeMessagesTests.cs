using System.Text;
using System.Text.RegularExpressions;
using Signals.Core.Response.Mail;
using Signals.Testing.Mail;

namespace Signals.Smtp.Tests;

public sealed partial class MimeMessagesTests
{
    [Fact]
    public void A_plain_mail_is_written_as_this_and_nothing_else()
    {
        var message = Mails.Plain with
        {
            ReplyTo = new EmailAddress("reply@nimbus.example"),
            Headers = new Dictionary<string, string>
            {
                ["List-Unsubscribe"] = "<https://nimbus.example/u/token>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            },
        };

        string[] lines = Text(message).Split("\r\n");

        Assert.Equal(
            [
                "From: Nimbus help <help@nimbus.example>",
                "Date: Sat, 10 Jan 2026 09:30:05 +0000",
                "Subject: About your import",
                "Message-Id: <o-20260110-7f3a@nimbus.example>",
                "To: Ada <ada@customer.example>",
                "Reply-To: reply@nimbus.example",
                "List-Unsubscribe: <https://nimbus.example/u/token>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative;",
            ],
            lines[..10]
        );
        string boundary = Boundary().Match(lines[10]).Groups["boundary"].Value;
        Assert.StartsWith("=_", boundary, StringComparison.Ordinal);
        Assert.Equal(
            [
                $"\tboundary=\"{boundary}\"",
                "",
                "--" + boundary,
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "Hello Ada,",
                "",
                "Here is how.",
                "",
                "--" + boundary,
                "Content-Type: text/html; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "<p>Hello Ada,</p>",
                "",
                "--" + boundary + "--",
                "",
            ],
            lines[10..]
        );
    }

    [Fact]
    public void The_same_mail_always_gives_the_same_bytes() =>
        Assert.Equal(MimeMessages.Write(Mails.Plain), MimeMessages.Write(Mails.Plain));

    [Fact]
    public void A_subject_that_is_not_ASCII_becomes_encoded_words_that_join_to_what_was_written()
    {
        string subject = "Votre import « Clients » n’a pas abouti : voici comment le reprendre aujourd’hui 🙂";

        string header = HeaderOf(Mails.Plain with { Subject = subject }, "Subject");

        Assert.All(header.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.InRange(word.Length, 1, 75));
        Assert.Equal(subject, Decode(header));
    }

    [Theory]
    [InlineData("Hello\r\nBcc: everyone@example.com")]
    [InlineData("Hello\nBcc: everyone@example.com")]
    [InlineData("Hello\rBcc: everyone@example.com")]
    [InlineData("Hello\0\u0085Bcc: everyone@example.com")]
    public void A_subject_or_name_cannot_start_another_header(string hostile)
    {
        var message = Mails.Plain with { Subject = hostile, To = new EmailAddress("ada@customer.example", hostile) };

        string text = Text(message);

        Assert.DoesNotContain("\r\nBcc", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Hello Bcc: everyone@example.com", HeaderOf(message, "Subject"));
        Assert.Equal("\"Hello Bcc: everyone@example.com\" <ada@customer.example>", HeaderOf(message, "To"));
    }

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
        Assert.Throws<InvalidMailException>(() => MimeMessages.Write(Mails.Plain with { To = new EmailAddress(address) }));

    [Fact]
    public void A_domain_with_letters_beyond_ASCII_is_written_in_its_ASCII_form() =>
        Assert.Equal("ada@xn--mnchen-3ya.example", HeaderOf(Mails.Plain with { To = new EmailAddress("ada@münchen.example") }, "To"));

    [Theory]
    [InlineData("Ada \"the Countess\" \\ Lovelace", "\"Ada \\\"the Countess\\\" \\\\ Lovelace\" <ada@customer.example>")]
    [InlineData("Lovelace, Ada", "\"Lovelace, Ada\" <ada@customer.example>")]
    [InlineData("=?utf-8?B?QWRh?=", "= ?utf-8?B?QWRh?= <ada@customer.example>")]
    [InlineData("Zoë", "=?utf-8?b?Wm/Dqw==?= <ada@customer.example>")]
    [InlineData("  ", "ada@customer.example")]
    public void A_name_reads_as_it_was_written(string name, string expected) =>
        Assert.Equal(expected, HeaderOf(Mails.Plain with { To = new EmailAddress("ada@customer.example", name) }, "To"));

    [Theory]
    [InlineData("Subject", "again")]
    [InlineData("bcc", "eve@customer.example")]
    [InlineData("X-Note", "a\r\nBcc: eve@customer.example")]
    [InlineData("X-Note", "é")]
    [InlineData("X Note", "a")]
    [InlineData("X-Note:", "a")]
    [InlineData("", "a")]
    public void A_header_that_would_change_the_mail_is_refused(string name, string value) =>
        Assert.Throws<InvalidMailException>(() =>
            MimeMessages.Write(Mails.Plain with { Headers = new Dictionary<string, string> { [name] = value } })
        );

    [Fact]
    public void A_time_is_written_in_UTC() =>
        Assert.Equal(
            "Sat, 10 Jan 2026 13:00:05 +0000",
            HeaderOf(Mails.Plain with { Date = new DateTimeOffset(2026, 1, 10, 9, 30, 5, TimeSpan.FromHours(-3.5)) }, "Date")
        );

    [Fact]
    public void An_address_in_a_header_is_never_broken()
    {
        string unsubscribe = $"<https://nimbus.example/u/{new string('a', 300)}>";

        string text = Text(Mails.Plain with { Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = unsubscribe } });

        Assert.Contains($"\r\nList-Unsubscribe: {unsubscribe}\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_cannot_fit_on_a_line_is_refused() =>
        Assert.Throws<InvalidMailException>(() =>
            MimeMessages.Write(
                Mails.Plain with
                {
                    Headers = new Dictionary<string, string>
                    {
                        ["List-Unsubscribe"] = $"<https://nimbus.example/u/{new string('a', 1000)}>",
                    },
                }
            )
        );

    [Fact]
    public void No_line_is_longer_than_mail_allows_whatever_is_written()
    {
        var message = Mails.Plain with
        {
            Subject = string.Concat(Enumerable.Repeat("Long words about importing ", 30)),
            Text = new string('é', 5000) + "\n" + new string('=', 3000) + " \n" + string.Concat(Enumerable.Repeat("word ", 1000)),
            Html = "<p>" + new string('x', 20_000) + "</p>",
        };

        var lines = Text(message).Split("\r\n");

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 78));
        Assert.All(lines, line => Assert.False(line.EndsWith(' '), $"'{line}' ends with a space, which servers strip."));
    }

    [Theory]
    [InlineData("one\ntwo\n")]
    [InlineData("one\rtwo\n\nFrom one to two\r")]
    [InlineData("one\r\ntwo")]
    [InlineData("ends with a space \nand a tab\t")]
    [InlineData(".\n.leading dots\nFrom here on\n")]
    [InlineData("naïve café — 日本語 🙂 = equals")]
    [InlineData("")]
    public void A_body_reads_as_it_was_written(string body)
    {
        string text = Text(Mails.Plain with { Text = body });

        string part = text.Split("quoted-printable\r\n\r\n")[1];
        string encoded = part[..part.IndexOf("\r\n--=_", StringComparison.Ordinal)];

        Assert.Equal(body.ReplaceLineEndings("\n"), DecodeQuotedPrintable(encoded).ReplaceLineEndings("\n"));
        Assert.DoesNotContain("\nFrom ", encoded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_is_replaced_rather_than_breaking_the_mail() =>
        Assert.Contains("=EF=BF=BD", Text(Mails.Plain with { Text = "broken \ud800 text" }), StringComparison.Ordinal);

    [Fact]
    public void An_id_that_a_message_id_cannot_hold_is_replaced_by_its_hash()
    {
        string first = MimeMessages.MessageId(Mails.Plain with { Id = "acme corp>/1" });
        string second = MimeMessages.MessageId(Mails.Plain with { Id = "acme corp>/2" });

        Assert.Matches("^<[0-9a-f]{40}@nimbus\\.example>$", first);
        Assert.NotEqual(first, second);
    }

    private static string Text(EmailMessage message)
    {
        byte[] bytes = MimeMessages.Write(message);
        Assert.All(bytes, b => Assert.True(b is 13 or 10 or 9 or (>= 32 and < 127), $"Byte {b} is not printable ASCII."));
        return Encoding.ASCII.GetString(bytes);
    }

    private static string HeaderOf(EmailMessage message, string name)
    {
        string text = Text(message);
        string head = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return Assert.Single(head.Split("\r\n"), line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
    }

    /// <summary>RFC 2047: encoded words, the space between two of them left out, in text that stays as it is.</summary>
    private static string Decode(string header) =>
        EncodedWord()
            .Replace(
                BetweenWords().Replace(header, "?="),
                word =>
                    word.Groups["way"].Value is "b" or "B"
                        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value))
                        : DecodeQuotedPrintable(word.Groups["text"].Value.Replace('_', ' '))
            );

    private static string DecodeQuotedPrintable(string encoded)
    {
        string joined = encoded.Replace("=\r\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (int i = 0; i < joined.Length; i++)
        {
            if (joined[i] != '=')
            {
                bytes.Add((byte)joined[i]);
                continue;
            }
            bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
            i += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex("boundary=\"(?<boundary>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();

    [GeneratedRegex("=\\?utf-8\\?(?<way>[bBqQ])\\?(?<text>[^?]*)\\?=", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex("\\?=\\s+(?==\\?)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BetweenWords();
}
