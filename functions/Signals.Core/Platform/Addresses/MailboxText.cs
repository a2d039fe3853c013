using System.Buffers;
using System.Globalization;
using System.Text;

namespace Signals.Core.Platform.Addresses;

/// <summary>Finds the address in what was written around it: names, brackets, quotes, links, and characters that nobody sees.</summary>
internal static class MailboxText
{
    /// <summary>A name and an address; more is no address, whatever it holds.</summary>
    private const int MaxTextChars = 1000;

    /// <summary>A quoted link in brackets behind a name, say.</summary>
    private const int MaxWrappings = 6;
    private const string LinkPrefix = "mailto:";
    private const string NotInLocal = "@<>,;:\"()[]\\";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~."
    );

    /// <summary>The closing quote of each that opens.</summary>
    private static readonly Dictionary<char, char> Quotes = new()
    {
        ['"'] = '"',
        ['\''] = '\'',
        ['`'] = '`',
        ['\u201c'] = '\u201d',
        ['\u201e'] = '\u201c',
        ['\u2018'] = '\u2019',
        ['\u00ab'] = '\u00bb',
        ['<'] = '>',
        ['['] = ']',
        ['('] = ')',
    };

    /// <summary>The address alone, with an @ in it.</summary>
    public static bool TryUnwrap(string? text, out string written, out string problem)
    {
        written = "";
        problem = "";
        if (text is null || text.Length > MaxTextChars)
            problem = text is null ? "nothing" : $"more than {MaxTextChars} characters";
        else if (Visible(text) is not { } visible)
            problem = "a character that no address holds";
        else
        {
            written = visible;
            for (int i = 0; i < MaxWrappings && problem.Length == 0; i++)
            {
                string before = written;
                written = Unwrap(written, ref problem);
                if (written == before)
                    break;
            }
        }
        if (problem.Length == 0)
            problem = written.Count('@') switch
            {
                _ when written.Length == 0 => "nothing",
                0 => "no @",
                1 => "",
                _ => "two addresses, or two @",
            };
        return problem.Length == 0;
    }

    /// <summary>What few servers take of the part before the @; null for atoms of ASCII and dots, neither first nor two in a row.</summary>
    public static string? Hindrance(string local) =>
        !Ascii.IsValid(local) ? "letters before the @ that need SMTPUTF8"
        : local[0] == '.' || local.Contains("..", StringComparison.Ordinal) ? "dots before the @ that few mail servers take"
        : local.AsSpan().ContainsAnyExcept(Plain) ? "characters before the @ that few mail servers take"
        : null;

    /// <summary>
    /// What is wrong with the part before the @, or null. One in quotes that needs none loses them.
    /// </summary>
    public static string? LocalProblem(ref string local)
    {
        if (local is ['"', .., '"'] && local.Length > 2)
            local = local[1..^1];
        local = Composition.Compose(local);
        if (local.Length == 0)
            return "nothing before the @";
        if (local.Length > Mailbox.MaxLocalChars)
            return $"more than {Mailbox.MaxLocalChars} characters before the @";
        foreach (char c in local)
        {
            if (c is ' ' or '\t')
                return "a space inside";
            if (NotInLocal.Contains(c, StringComparison.Ordinal))
                return $"{c} before the @";
        }
        return null;
    }

    /// <summary>
    /// Without what nobody sees (formats, among them zero widths, soft hyphens and marks of direction), every kind of space as one (those
    /// that end a field or line as a tab: no address runs over one), full width as usual width; trimmed. Null for control characters, and
    /// for what another program could not read.
    /// </summary>
    private static string? Visible(string text)
    {
        if (!NeedsCleaning(text))
            return text.Trim(' ');
        var visible = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(text, i) != UnicodeCategory.Format)
                    visible.Append(c).Append(text[i + 1]);
                i++;
            }
            else if (char.IsSurrogate(c) || c == '\ufffd' || (char.IsControl(c) && !char.IsWhiteSpace(c)))
                return null;
            else if (char.IsWhiteSpace(c))
                visible.Append(char.IsControl(c) ? '\t' : ' ');
            else if (c is '\u200c' or '\u200d')
            {
                // Joiners are spelling between letters of Arabic and Indic scripts (RFC 5892, A.1), and noise elsewhere.
                if (i > 0 && i + 1 < text.Length && IsJoined(text[i - 1]) && char.IsLetter(text[i + 1]) && IsJoined(text[i + 1]))
                    visible.Append(c);
            }
            else if (char.GetUnicodeCategory(c) == UnicodeCategory.Format || c is '\u034f' or (>= '\ufe00' and <= '\ufe0f'))
                continue;
            else
                visible.Append(c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c);
        }
        return visible.ToString().Trim();
    }

    private static bool IsJoined(char c) =>
        c >= '\u0600'
        && (char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static bool NeedsCleaning(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
                return true;
        }
        return false;
    }

    private static string Unwrap(string text, ref string problem)
    {
        text = text.Trim().TrimEnd(',', ';').TrimEnd();
        if (text is ['=', '"', .., '"'])
            text = text[1..];
        if (text.StartsWith(LinkPrefix, StringComparison.OrdinalIgnoreCase))
            return OfLink(text[LinkPrefix.Length..], ref problem);
        if (text.Length > 2 && Quotes.TryGetValue(text[0], out char close) && text[^1] == close && !IsQuoted(text[1..^1], close))
            return text[1..^1];
        if (text is [.., '>'] && text.LastIndexOf('<') is > 0 and var open)
        {
            // What stands before is a name, unless it is another address of a list.
            if (
                WithoutQuoted(text[..open]) is var name
                && (name.ContainsAny('<', '>') || (name.Contains('@') && name.ContainsAny(',', ';')))
            )
                problem = "two addresses, or two @";
            return text[(open + 1)..^1];
        }
        return WithoutComment(text);
    }

    /// <summary>True where the quotes at both ends are not one pair: <c>"Ann" "Lee"</c>.</summary>
    private static bool IsQuoted(string inner, char close) => inner.Contains(close);

    private static string OfLink(string link, ref string problem)
    {
        string path = link.Split('?')[0];
        string? decoded = path.Contains('%') ? Visible(Uri.UnescapeDataString(path)) : path;
        if (decoded is null)
            problem = "a character that no address holds";
        return decoded ?? "";
    }

    private static string WithoutQuoted(string name)
    {
        int open = name.IndexOf('"'),
            close = name.LastIndexOf('"');
        return close > open ? name.Remove(open, close - open + 1) : name;
    }

    /// <summary>A remark behind or before the address: <c>ann@x.example (Ann)</c>.</summary>
    private static string WithoutComment(string text)
    {
        if (text is [.., ')'] && text.LastIndexOf('(') is > 0 and var open)
            return text[..open].TrimEnd();
        if (text is ['(', ..] && text.IndexOf(')') is > 0 and var close && close < text.Length - 1)
            return text[(close + 1)..].TrimStart();
        return text;
    }
}
