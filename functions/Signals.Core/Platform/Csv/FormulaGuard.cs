namespace Signals.Core.Platform.Csv;

/// <summary>
/// Keeps spreadsheets from taking a text for a formula: one that begins as a formula does gets an apostrophe in front, which they hide or
/// show but never run.
/// </summary>
/// <remarks>
/// What begins a formula: = + - @, the same in full width, a tab or a line break, also behind spaces (OWASP, "CSV Injection"). A text that
/// begins with apostrophes before that gets one more, so that what was put in front can be taken away again.
/// </remarks>
public static class FormulaGuard
{
    private const char Mark = '\'';

    public static string Add(string text) => BeginsAsFormula(text.AsSpan().TrimStart(Mark)) ? Mark + text : text;

    /// <summary>What was written, for what <see cref="Add"/> gave; any other text stays as it is.</summary>
    public static string Remove(string text) => text.StartsWith(Mark) && BeginsAsFormula(text.AsSpan().TrimStart(Mark)) ? text[1..] : text;

    private static bool BeginsAsFormula(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (letter is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n')
                return true;
            if (!char.IsWhiteSpace(letter) && letter is not ('\0' or '\ufeff'))
                return false;
        }
        return false;
    }
}
