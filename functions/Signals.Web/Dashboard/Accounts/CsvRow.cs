using System.Buffers;
using System.Globalization;
using System.Text;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>
/// Rows of a CSV file. Spreadsheets run a cell that begins with one of a few characters as a formula: such a text gets an apostrophe before
/// it, as OWASP advises, and is quoted. Numbers are written as they are.
/// </summary>
internal static class CsvRow
{
    private static readonly SearchValues<char> Starters = SearchValues.Create("=+-@\t\r\n|%＝＋－＠");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t'");

    public static void Append(StringBuilder text, params ReadOnlySpan<object?> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            switch (cells[i])
            {
                case int number:
                    text.Append(number.ToString(CultureInfo.InvariantCulture));
                    break;
                case double number:
                    text.Append(number.ToString("0.##", CultureInfo.InvariantCulture));
                    break;
                case string words:
                    AppendText(text, words);
                    break;
            }
        }
        text.Append("\r\n");
    }

    private static void AppendText(StringBuilder text, string words)
    {
        // A formula may hide behind spaces and characters that show nothing.
        var shown = words.AsSpan().TrimStart().TrimStart("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\0");
        bool runs = shown.Length > 0 && Starters.Contains(shown[0]) || (words.Length > 0 && Starters.Contains(words[0]));
        if (!runs && !words.AsSpan().ContainsAny(Quoted) && words.Trim().Length == words.Length)
        {
            text.Append(words);
            return;
        }
        text.Append('"').Append(runs ? "'" : "").Append(words.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
