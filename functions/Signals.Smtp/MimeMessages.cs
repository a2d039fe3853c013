using System.Net;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.IO;
using MimeKit.IO.Filters;
using MimeKit.Text;
using Signals.Core.Response.Mail;

namespace Signals.Smtp;

/// <summary>
/// Turns an <see cref="EmailMessage"/> into the mail that goes over the wire: pure ASCII with CRLF line ends, <c>multipart/alternative</c>
/// with the plain text first and the HTML last, both quoted-printable UTF-8. The same message always gives the same bytes.
/// </summary>
public static class MimeMessages
{
    private const int MaxIdChars = 200;

    /// <summary>How every mail is written, to a file and to a server alike.</summary>
    public static FormatOptions Wire { get; } = WireFormat();

    /// <exception cref="InvalidMailException">An address or a header cannot be written without harm.</exception>
    public static MimeMessage Of(EmailMessage message)
    {
        var mail = new MimeMessage([Mailbox(message.From)], [Mailbox(message.To)], MailHeader.OneLine(message.Subject), Body(message))
        {
            // In UTC: MimeKit writes an offset like -3:30 with a sign too many.
            Date = message.Date.ToUniversalTime(),
            MessageId = MessageId(message)[1..^1],
        };
        if (message.ReplyTo is { } replyTo)
            mail.ReplyTo.Add(Mailbox(replyTo));
        foreach (var (name, value) in message.Headers)
            mail.Headers.Add(Header(name, value));
        return mail;
    }

    /// <inheritdoc cref="Of"/>
    public static byte[] Write(EmailMessage message)
    {
        using var mail = Of(message);
        using var bytes = new MemoryStream(message.Text.Length + message.Html.Length + 2048);
        mail.WriteTo(Wire, bytes);
        return bytes.ToArray();
    }

    /// <summary>All that a mail says, decoded; what is no mail is read as text.</summary>
    public static KeptMail Read(string id, byte[] bytes)
    {
        try
        {
            using var mail = MimeMessage.Load(new MemoryStream(bytes));
            string headers = string.Join('\n', mail.Headers.Select(header => $"{header.Field}: {header.Value}"));
            return new KeptMail(
                id,
                [.. mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Select(mailbox => mailbox.Address)],
                $"{headers}\n{mail.TextBody}\n{WebUtility.HtmlDecode(mail.HtmlBody ?? "")}"
            );
        }
        catch (FormatException)
        {
            return new KeptMail(id, [], Encoding.UTF8.GetString(bytes));
        }
    }

    /// <summary>
    /// <c>&lt;id@from-domain&gt;</c>: the same for every try at the same outreach, so that a mailbox that gets it twice can tell.
    /// An id with characters that a Message-ID can't hold is replaced by its hash.
    /// </summary>
    public static string MessageId(EmailMessage message)
    {
        string id = message.Id;
        bool plain = id.Length is > 0 and <= MaxIdChars && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return $"<{(plain ? id : Hash("message-id", id))}@{MailHeader.Domain(message.From.Address)}>";
    }

    /// <summary>The mailbox with an address as SMTP takes it: one address, its domain in ASCII.</summary>
    public static MailboxAddress Mailbox(EmailAddress address) =>
        new(MailHeader.OneLine(address.Name ?? ""), MailHeader.Ascii(address.Address));

    private static MultipartAlternative Body(EmailMessage message) =>
        // "=_" can't occur in quoted-printable, so the boundary can't occur in a body.
        new(Part(TextFormat.Plain, message.Text), Part(TextFormat.Html, message.Html))
        {
            Boundary = "=_" + Hash("boundary", message.Id)[..32],
        };

    /// <summary>
    /// Encoded here and not by the part, so that a line's "From " is encoded too: whatever keeps mail in mbox files would write ">From ".
    /// </summary>
    private static TextPart Part(TextFormat format, string text)
    {
        var encoded = new MemoryStream(text.Length + (text.Length / 4));
        using (var filtered = new FilteredStream(encoded))
        {
            filtered.Add(EncoderFilter.Create(ContentEncoding.QuotedPrintable));
            filtered.Add(new ArmoredFromFilter());
            filtered.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
            filtered.Flush();
        }
        encoded.Position = 0;
        var part = new TextPart(format)
        {
            Content = new MimeContent(encoded, ContentEncoding.QuotedPrintable),
            ContentTransferEncoding = ContentEncoding.QuotedPrintable,
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    /// <summary>A header of the message's own goes as it was given, on one line: an address in it may not be broken.</summary>
    private static Header Header(string name, string value)
    {
        MailHeader.Check(name, value);
        var header = new Header(Encoding.ASCII, name, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\n"));
        return header;
    }

    private static FormatOptions WireFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    private static string Hash(string purpose, string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(purpose + "\n" + id)))[..40];
}
