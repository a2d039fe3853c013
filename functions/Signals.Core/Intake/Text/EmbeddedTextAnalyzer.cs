namespace Signals.Core.Intake.Text;

/// <summary>
/// Understands English and French with word lists of its own (<c>Words/*.txt</c>) and nothing else: no service, no training data, and every
/// result can be traced to the words that gave it. Of other languages it knows the name, and what their emoji say. The time it takes grows
/// with the text and no faster. docs/text.md says how well it does.
/// </summary>
public sealed class EmbeddedTextAnalyzer : ITextAnalyzer
{
    /// <summary>What is read of a text, in UTF-16 characters; nobody writes more to say one thing.</summary>
    public const int MaxLength = 20_000;

    private static readonly LanguageReader English = new(WordLists.English);
    private static readonly LanguageReader French = new(WordLists.French);

    public Task<IReadOnlyList<TextAnalysis>> AnalyzeAsync(IReadOnlyList<WrittenText> texts, CancellationToken cancellationToken)
    {
        var analyses = new TextAnalysis[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            if (cancellationToken.IsCancellationRequested)
                return Task.FromCanceled<IReadOnlyList<TextAnalysis>>(cancellationToken);
            analyses[i] = Analyze(texts[i]);
        }

        return Task.FromResult<IReadOnlyList<TextAnalysis>>(analyses);
    }

    /// <summary>The analysis of one text.</summary>
    public static TextAnalysis Analyze(WrittenText written)
    {
        var text = written.Text.Length <= MaxLength ? written.Text : written.Text[..MaxLength];
        var language = LanguageCode.Of(written.Language) ?? LanguageDetector.Default.Detect(text);
        return language switch
        {
            "en" => English.Read(text, language),
            "fr" => French.Read(text, language),
            LanguageDetector.Unknown => Stronger(English.Read(text, language), French.Read(text, language)),
            _ => LanguageReader.ReadEmoji(text, language),
        };
    }

    /// <summary>Too short to tell its language ("Top", "Excellent"): whoever has something to say about it.</summary>
    private static TextAnalysis Stronger(TextAnalysis english, TextAnalysis french) =>
        Math.Abs(french.Score) > Math.Abs(english.Score) ? french : english;
}
