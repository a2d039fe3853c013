using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Signals.Core.Response.Mail;

/// <summary>Header fields: folded, encoded where not ASCII, and never more than the one that was asked for.</summary>
public static class MailHeader
{
    private const string EncodedStart = "=?utf-8?B?";
    private const string EncodedEnd = "?=";

    /// <summary>A line with an encoded word has at most 76 characters: 39 bytes are a word of 64, and leave room for the field's name.</summary>
    private const int WordBytes = 39;

    private const int MaxAddress = 254;

    /// <summary>A structured field that is ASCII already (ids, List-Unsubscribe): folded at spaces, otherwise as given.</summary>
    public static void AppendRaw(StringBuilder target, string name, string value)
    {
        CheckName(name);
        foreach (char c in value)
        {
            if (c is < ' ' or > '~')
                throw new InvalidMailException($"The header '{name}' holds printable ASCII on one line; found U+{(int)c:X4}.");
        }
        AppendFolded(target, name, value);
    }

    /// <summary>Free text (a subject). Control characters, line ends among them, become spaces.</summary>
    public static void AppendText(StringBuilder target, string name, string value)
    {
        CheckName(name);
        string clean = OneLine(value);
        AppendFolded(target, name, NeedsEncoding(clean) ? EncodedWords(clean) : clean);
    }

    /// <summary>One mailbox: the name quoted or encoded as needed, the address checked.</summary>
    public static void AppendAddress(StringBuilder target, string name, EmailAddress mailbox)
    {
        string address = Ascii(mailbox.Address);
        string display = OneLine(mailbox.Name ?? "");
        AppendFolded(target, name, display.Length == 0 ? address : $"{Phrase(display)} <{address}>");
    }

    /// <summary>The address with an ASCII domain (IDNA), as SMTP takes it.</summary>
    /// <exception cref="InvalidMailException">It is no single address, or its local part is not ASCII.</exception>
    public static string Ascii(string address)
    {
        int at = address.LastIndexOf('@');
        if (address.Length > MaxAddress || at <= 0 || !MailAddress.TryCreate(address, out var parsed) || !string.Equals(parsed.Address, address, StringComparison.Ordinal))
            throw new InvalidMailException($"Expected one mail address like name@example.com; found {Shown(address)}.");
        foreach (char c in address.AsSpan(0, at))
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal))
                throw new InvalidMailException($"The part before the @ holds ASCII letters, digits and their usual companions; found U+{(int)c:X4} in {Shown(address)}.");
        }
        return address[..(at + 1)] + Domain(address);
    }

    /// <summary>The ASCII domain of an address.</summary>
    public static string Domain(string address)
    {
        string domain = address[(address.LastIndexOf('@') + 1)..];
        try
        {
            string ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
            return ascii.ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            throw new InvalidMailException($"Expected a domain name after the @; found {Shown(address)}.");
        }
    }

    private static string Phrase(string name)
    {
        if (NeedsEncoding(name))
            return EncodedWords(name);
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_')
            ? name
            : "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>Text that looks like an encoded word is encoded too, or a reader would decode it; so is a run too long to fold.</summary>
    private static bool NeedsEncoding(string text) =>
        text.Any(c => c is < ' ' or > '~') || text.Contains("=?", StringComparison.Ordinal) || text.Split(' ').Any(word => word.Length > 60);

    private static string EncodedWords(string text)
    {
        var words = new StringBuilder();
        Span<byte> chunk = stackalloc byte[WordBytes];
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > WordBytes)
            {
                AppendWord(words, chunk[..used]);
                used = 0;
            }
            used += rune.EncodeToUtf8(chunk[used..]);
        }
        AppendWord(words, chunk[..used]);
        return words.ToString();
    }

    private static void AppendWord(StringBuilder words, ReadOnlySpan<byte> bytes)
    {
        if (words.Length > 0)
            words.Append(' ');
        words.Append(EncodedStart).Append(Convert.ToBase64String(bytes)).Append(EncodedEnd);
    }

    private static void AppendFolded(StringBuilder target, string name, string value)
    {
        target.Append(name).Append(':');
        int column = name.Length + 1;
        bool first = true;
        foreach (string word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > MimeWriter.MaxLine - 1)
                throw new InvalidMailException($"The header '{name}' holds a run of {word.Length} characters; at most {MimeWriter.MaxLine - 1} fit on a line.");
            if (!first && column + 1 + word.Length > MimeWriter.FoldAt)
            {
                target.Append("\r\n");
                column = 0;
            }
            target.Append(' ').Append(word);
            column += 1 + word.Length;
            first = false;
        }
        target.Append("\r\n");
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 70 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new InvalidMailException($"A header's name holds letters, digits and hyphens; found {Shown(name)}.");
    }

    private static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Shown(string text)
    {
        string line = OneLine(text);
        return $"'{(line.Length > 80 ? line[..80] + "…" : line)}'";
    }
}
