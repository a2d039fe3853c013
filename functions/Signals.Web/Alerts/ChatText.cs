using System.Text;

namespace Signals.Web.Alerts;

/// <summary>
/// Makes what strangers typed fit for a chat: one line, in its own direction, that mentions nobody, formats nothing and links nowhere.
/// </summary>
internal static class ChatText
{
    /// <summary>Longer values are cut: a chat is not where they are read.</summary>
    public const int MaxChars = 300;

    /// <summary>Joins what stands on both sides of it, and keeps programs from seeing an address or a mention there.</summary>
    private const char WordJoiner = '\u2060';

    /// <summary>The value on one line, cut, without marks that turn or hide the text around them.</summary>
    public static string Line(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, MaxChars) + 8);
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length >= MaxChars)
            {
                text.Append('…');
                break;
            }
            switch (rune.Value)
            {
                case (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0x200B:
                    break;
                case 0x2028 or 0x2029:
                    text.Append(' ');
                    break;
                default:
                    text.Append(Rune.IsControl(rune) ? " " : rune.ToString());
                    break;
            }
        }
        return Unlinked(string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>
    /// The value for Slack's mrkdwn and what is compatible with it: &amp;, &lt; and &gt; escaped, so that no mention and no link can be
    /// written; the marks of bold, italics, strike-out and code, which cannot be escaped there, by characters that look like them.
    /// </summary>
    public static string Slack(string value)
    {
        var text = new StringBuilder();
        foreach (char c in Line(value))
        {
            text.Append(
                c switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '*' => "∗",
                    '_' => "＿",
                    '~' => "∼",
                    '`' => "ˋ",
                    _ => c.ToString(),
                }
            );
        }
        return text.ToString();
    }

    /// <summary>Addresses that programs would make links of, and @ at the start of a word, which some of them take for a mention.</summary>
    private static string Unlinked(string line)
    {
        var text = new StringBuilder(
            line.Replace("://", $":{WordJoiner}//", StringComparison.Ordinal)
                .Replace("www.", $"www{WordJoiner}.", StringComparison.OrdinalIgnoreCase)
        );
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] == '@' && (i == 0 || !char.IsLetterOrDigit(text[i - 1])))
                text.Insert(i + 1, WordJoiner);
        }
        return text.ToString();
    }
}
