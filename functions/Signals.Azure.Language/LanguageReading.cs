using Azure.AI.TextAnalytics;
using Signals.Core.Intake.Text;
using ServiceSentiment = Azure.AI.TextAnalytics.TextSentiment;
using TextSentiment = Signals.Core.Intake.Text.TextSentiment;

namespace Signals.Azure.Language;

/// <summary>Puts the service's findings in the place of the embedded analyzer's, where it has any.</summary>
internal static class LanguageReading
{
    /// <summary>ISO 639-1, without the script that the service adds to some (zh_chs).</summary>
    public static TextAnalysis WithLanguage(TextAnalysis analysis, string? language)
    {
        if (language is null)
            return analysis;
        int end = language.AsSpan().IndexOfAny('-', '_');
        return analysis with { Language = (end < 0 ? language : language[..end]).ToLowerInvariant() };
    }

    public static TextAnalysis WithSentiment(TextAnalysis analysis, DocumentSentiment found) =>
        analysis with
        {
            Sentiment = Sentiment(found.Sentiment),
            Score = Math.Clamp(found.ConfidenceScores.Positive - found.ConfidenceScores.Negative, -1, 1),
            Opinions = Opinions(found),
        };

    public static TextAnalysis WithKeyPhrases(TextAnalysis analysis, KeyPhraseCollection found) =>
        analysis with
        {
            KeyPhrases = [.. found],
        };

    /// <summary>One opinion a judgement, surest first.</summary>
    private static List<TextOpinion> Opinions(DocumentSentiment found)
    {
        var opinions = new List<(TextOpinion Opinion, double Confidence)>();
        foreach (var sentence in found.Sentences)
        {
            foreach (var opinion in sentence.Opinions ?? [])
            {
                foreach (var judgement in opinion.Assessments)
                {
                    var scores = judgement.ConfidenceScores;
                    opinions.Add(
                        (
                            new TextOpinion(opinion.Target.Text, judgement.Text, Sentiment(judgement.Sentiment)),
                            Math.Max(scores.Positive, scores.Negative)
                        )
                    );
                }
            }
        }
        return [.. opinions.OrderByDescending(one => one.Confidence).Select(one => one.Opinion).Distinct()];
    }

    private static TextSentiment Sentiment(ServiceSentiment sentiment) =>
        sentiment switch
        {
            ServiceSentiment.Positive => TextSentiment.Positive,
            ServiceSentiment.Negative => TextSentiment.Negative,
            ServiceSentiment.Mixed => TextSentiment.Mixed,
            _ => TextSentiment.Neutral,
        };
}
