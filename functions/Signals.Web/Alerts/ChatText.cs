using System.Text;
using Signals.Core.Response.Messages;

namespace Signals.Web.Alerts;

/// <summary>
/// Makes what strangers typed fit for a chat: one line, in its own direction, that mentions nobody, formats nothing and links nowhere.
/// </summary>
internal static class ChatText
{
    /// <summary>Longer values are cut: a chat is not where they are read.</summary>
    public const int MaxChars = 300;

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
        return Unlinked.Of(string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)));
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
}
