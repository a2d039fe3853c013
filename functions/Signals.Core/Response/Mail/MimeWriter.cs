using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Response.Mail;

/// <summary>
/// Turns an <see cref="EmailMessage"/> into the bytes that go over the wire: RFC 5322 with CRLF line ends, pure ASCII,
/// <c>multipart/alternative</c> with the plain text first and the HTML last, both quoted-printable UTF-8 (RFC 2045 to 2047).
/// The same message always gives the same bytes.
/// </summary>
public static class MimeWriter
{
    /// <summary>RFC 5322 asks for at most 78 characters a line, without its end.</summary>
    internal const int FoldAt = 78;

    /// <summary>And forbids more than 998.</summary>
    internal const int MaxLine = 998;

    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    };

    /// <exception cref="InvalidMailException">An address or a header cannot be written without harm.</exception>
    public static byte[] Write(EmailMessage message)
    {
        var text = new StringBuilder(message.Text.Length + message.Html.Length + 2048);
        Header(text, "Date", message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(message.Date));
        MailHeader.AppendAddress(text, "From", message.From);
        MailHeader.AppendAddress(text, "To", message.To);
        if (message.ReplyTo is { } replyTo)
            MailHeader.AppendAddress(text, "Reply-To", replyTo);
        Header(text, "Message-ID", MessageId(message));
        MailHeader.AppendText(text, "Subject", message.Subject);
        foreach (var (name, value) in message.Headers)
        {
            if (OwnHeaders.Contains(name))
                throw new InvalidMailException($"The header '{name}' is written from the message itself and can't be given twice.");
            Header(text, name, value);
        }
        Header(text, "MIME-Version", "1.0");
        AppendBodies(text, message);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>
    /// <c>&lt;id@from-domain&gt;</c>: the same for every try at the same outreach, so that a mailbox that gets it twice can tell.
    /// An id with characters that a Message-ID can't hold is replaced by its hash.
    /// </summary>
    public static string MessageId(EmailMessage message)
    {
        string id = message.Id;
        bool plain = id.Length is > 0 and <= 200 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        string left = plain ? id : Hash("message-id", id);
        return $"<{left}@{MailHeader.Domain(message.From.Address)}>";
    }

    private static void AppendBodies(StringBuilder text, EmailMessage message)
    {
        // "=_" can't occur in quoted-printable, so the boundary can't occur in a body.
        string boundary = "=_" + Hash("boundary", message.Id)[..32];
        text.Append("Content-Type: multipart/alternative;\r\n boundary=\"").Append(boundary).Append("\"\r\n\r\n");
        AppendPart(text, boundary, "text/plain", message.Text);
        AppendPart(text, boundary, "text/html", message.Html);
        text.Append("--").Append(boundary).Append("--\r\n");
    }

    private static void AppendPart(StringBuilder text, string boundary, string type, string body)
    {
        text.Append("--").Append(boundary).Append("\r\nContent-Type: ").Append(type)
            .Append("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        QuotedPrintable.Append(text, body);
        text.Append("\r\n");
    }

    private static void Header(StringBuilder text, string name, string value) => MailHeader.AppendRaw(text, name, value);

    private static string Offset(DateTimeOffset date)
    {
        int minutes = (int)date.Offset.TotalMinutes;
        return $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}";
    }

    private static string Hash(string purpose, string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(purpose + "\n" + id)))[..40];
}
