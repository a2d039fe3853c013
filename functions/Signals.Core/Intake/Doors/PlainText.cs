using System.Net;
using System.Text;

namespace Signals.Core.Intake.Doors;

/// <summary>The words of a piece of HTML, in one line. What is no HTML stays as it is.</summary>
internal static class PlainText
{
    public static string Of(string html)
    {
        var words = new StringBuilder(html.Length);
        for (int at = 0; at < html.Length; at++)
        {
            if (html[at] == '<' && at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!'))
            {
                int end = html.IndexOf('>', at);
                if (end >= 0)
                {
                    words.Append(' ');
                    at = end;
                    continue;
                }
            }
            words.Append(html[at]);
        }
        string decoded = WebUtility.HtmlDecode(words.ToString());
        return string.Join(' ', decoded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
