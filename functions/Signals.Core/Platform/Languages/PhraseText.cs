using System.Runtime.CompilerServices;
using System.Text;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// An interpolated string of <see cref="Phrase.Of(PhraseText, PhraseText)"/>, written with the amounts, days and spaces of either language.
/// </summary>
[InterpolatedStringHandler]
public readonly struct PhraseText
{
    private const char Hard = '\u00a0';

    private readonly StringBuilder _english;
    private readonly StringBuilder _french;

    /// <param name="literalLength">Characters outside the holes.</param>
    /// <param name="formattedCount">Holes.</param>
    public PhraseText(int literalLength, int formattedCount)
    {
        int capacity = literalLength + 12 * formattedCount;
        _english = new StringBuilder(capacity);
        _french = new StringBuilder(capacity);
    }

    public string English => _english.ToString();

    public string French => _french.ToString();

    public void AppendLiteral(string text)
    {
        _english.Append(text);
        _french.Append(Spaced(text));
    }

    public void AppendFormatted(string? text)
    {
        _english.Append(text);
        _french.Append(text);
    }

    public void AppendFormatted(Phrase phrase)
    {
        _english.Append(phrase.En);
        _french.Append(phrase.Fr);
    }

    public void AppendFormatted(LocalText? text)
    {
        _english.Append(text?.In("en"));
        _french.Append(text?.In("fr"));
    }

    public void AppendFormatted(long count) => AppendFormatted(Format.Exact(count));

    public void AppendFormatted(double amount) => AppendFormatted(Format.Exact(amount));

    public void AppendFormatted(DateOnly day) => AppendFormatted(Format.Day(day));

    /// <summary>French puts a space before its double signs and inside its quotes, and lines do not break there.</summary>
    private static string Spaced(string text) =>
        text.Replace(" :", Hard + ":", StringComparison.Ordinal)
            .Replace(" ;", Hard + ";", StringComparison.Ordinal)
            .Replace(" ?", Hard + "?", StringComparison.Ordinal)
            .Replace(" !", Hard + "!", StringComparison.Ordinal)
            .Replace("« ", "«" + Hard, StringComparison.Ordinal)
            .Replace(" »", Hard + "»", StringComparison.Ordinal);
}
