using System.Globalization;
using System.Text;

namespace Signals.Core.Intake.Text;

/// <summary>
/// A sentence as evidence: one line, of bounded length, without the characters that could disturb the page or mail it is shown in.
/// </summary>
internal static class Excerpt
{
    public const int MaxLength = 300;

    /// <summary>The sentence; where it is too long, the part around its telling token.</summary>
    public static string Of(string text, Sentence sentence, int telling)
    {
        var start = sentence.Tokens[0].Start;
        var end = WithPunctuation(text, sentence.Tokens[^1].End);
        if (end - start <= MaxLength)
            return Clean(text.AsSpan(start, end - start));
        var from = Math.Clamp(sentence.Tokens[telling].Start - (MaxLength / 3), start, end - MaxLength);
        var cut = Clean(text.AsSpan(from, MaxLength));
        return $"{(from > start ? "… " : "")}{cut}{(from + MaxLength < end ? " …" : "")}";
    }

    /// <summary>Some tokens of a sentence, as they are written.</summary>
    public static string Of(string text, Token first, Token last) =>
        Clean(text.AsSpan(first.Start, Math.Min(last.End - first.Start, MaxLength)));

    private static int WithPunctuation(string text, int end)
    {
        while (end < text.Length && text[end] is '.' or '!' or '?' or ')' or '"')
            end++;
        return end;
    }

    private static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a surrogate pair, from a careless client or from the cut, reads as the replacement character.
            if (rune == Rune.ReplacementChar)
                continue;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                AppendSpace(clean);
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static void AppendSpace(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ')
            clean.Append(' ');
    }
}
