using System.Globalization;
using Azure.AI.TextAnalytics;

namespace Signals.Azure.Language;

/// <summary>One text on its way through the service; <paramref name="Id"/> is its place among the texts given.</summary>
internal sealed record LanguageDocument(string Id, string Text, string? Language)
{
    /// <summary>
    /// The longest document that the service takes in a call that answers at once, in text elements (what a reader sees as one character).
    /// </summary>
    public const int MaxTextElements = 5120;

    public static LanguageDocument Of(int index, string text, string? language) =>
        new(index.ToString(CultureInfo.InvariantCulture), Cut(text), string.IsNullOrWhiteSpace(language) ? null : language);

    public TextDocumentInput ToInput() => new(Id, Text) { Language = Language };

    private static string Cut(string text)
    {
        if (text.Length <= MaxTextElements)
            return text;
        int end = 0;
        for (int element = 0; element < MaxTextElements && end < text.Length; element++)
            end += StringInfo.GetNextTextElementLength(text.AsSpan(end));
        return text[..end];
    }
}
