using System.Net.Mail;
using Signals.Core.Platform.Addresses;

namespace Signals.Core.Response.Mail;

/// <summary>
/// Keeps what is written into a mail's headers from becoming something else: one address, one line, a header that is not the mail's own.
/// </summary>
public static class MailHeader
{
    /// <summary>RFC 5322 forbids lines of more characters, without their end.</summary>
    public const int MaxLine = 998;

    private const int MaxNameChars = 70;
    private const int MaxAddress = 254;

    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "From",
        "Sender",
        "To",
        "Cc",
        "Bcc",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    };

    /// <summary>
    /// A header that a message brings with it (List-Unsubscribe): printable ASCII on one line, and none that is written from the message
    /// itself.
    /// </summary>
    /// <exception cref="InvalidMailException">It would change the mail.</exception>
    public static void Check(string name, string value)
    {
        if (name.Length is 0 or > MaxNameChars || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new InvalidMailException($"A header's name holds letters, digits and hyphens; found {Shown(name)}.");
        if (OwnHeaders.Contains(name))
            throw new InvalidMailException($"The header '{name}' is written from the message itself and can't be given twice.");
        foreach (char c in value)
        {
            if (c is < ' ' or > '~')
                throw new InvalidMailException($"The header '{name}' holds printable ASCII on one line; found U+{(int)c:X4}.");
        }
        if (name.Length + 2 + value.Length > MaxLine)
            throw new InvalidMailException($"The header '{name}' fits on a line of {MaxLine} characters; found {value.Length}.");
    }

    /// <summary>
    /// Free text for a header (a subject, a name): control characters, line ends among them, become spaces, and what looks like an encoded
    /// word (RFC 2047) no longer does, or a reader would show something else than was written.
    /// </summary>
    public static string OneLine(string text) =>
        string.Join(
                ' ',
                string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            )
            .Replace("=?", "= ?", StringComparison.Ordinal);

    /// <summary>The address with an ASCII domain (IDNA), as SMTP takes it.</summary>
    /// <exception cref="InvalidMailException">It is no single address, or its local part is not ASCII.</exception>
    public static string Ascii(string address)
    {
        int at = address.LastIndexOf('@');
        if (address.Length > MaxAddress || at <= 0 || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
            throw new InvalidMailException($"Expected one mail address like name@example.com; found {Shown(address)}.");
        foreach (char c in address.AsSpan(0, at))
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal))
            {
                throw new InvalidMailException(
                    $"The part before the @ holds ASCII letters, digits and usual companions; found U+{(int)c:X4} in {Shown(address)}."
                );
            }
        }
        return address[..(at + 1)] + Domain(address);
    }

    /// <summary>The ASCII domain of an address.</summary>
    public static string Domain(string address) =>
        MailDomain.Ascii(address[(address.LastIndexOf('@') + 1)..])
        ?? throw new InvalidMailException($"Expected a domain name after the @; found {Shown(address)}.");

    private static string Shown(string text)
    {
        string line = OneLine(text);
        return $"'{(line.Length > 80 ? line[..80] + "…" : line)}'";
    }
}
