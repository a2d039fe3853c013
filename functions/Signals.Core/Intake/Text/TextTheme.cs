namespace Signals.Core.Intake.Text;

/// <summary>
/// Something a text is about, and whether it speaks kindly of it. <paramref name="Name"/> is in the writer's words, in lower case.
/// </summary>
public sealed record TextTheme(string Name, TextSentiment Sentiment)
{
    /// <summary>Themes of a text that are kept, and their longest name.</summary>
    public const int MaxOfText = 6;

    public const int MaxNameChars = 40;

    /// <summary>
    /// One spelling for "Export", "exports" and "éxport": folded letters, and no plural s, which English and French share.
    /// </summary>
    public static string KeyOf(string name)
    {
        const int LeastLetters = 4;
        return string.Join(
            ' ',
            LetterFolding
                .Fold(name)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Length > LeastLetters && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word)
        );
    }

    /// <summary>
    /// What an analysis says a text is about: first what it judges, then what else it speaks of. Who only wishes for something does not
    /// speak badly of it.
    /// </summary>
    public static IReadOnlyList<TextTheme> Of(TextAnalysis analysis)
    {
        bool wishes =
            analysis.Remarks.Any(remark => remark.Kind == RemarkKind.Request)
            && analysis.Remarks.All(remark => remark.Kind == RemarkKind.Request);
        var general = wishes ? TextSentiment.Neutral : analysis.Sentiment;
        return
        [
            .. analysis
                .Opinions.Select(opinion => new TextTheme(opinion.Target, opinion.Sentiment))
                .Concat(analysis.KeyPhrases.Select(phrase => new TextTheme(phrase, general)))
                .Where(theme => theme.Name.Length is > 0 and <= MaxNameChars)
                .DistinctBy(theme => KeyOf(theme.Name), StringComparer.Ordinal)
                .Take(MaxOfText),
        ];
    }
}
