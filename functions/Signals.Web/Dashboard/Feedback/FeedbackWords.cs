using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Text;
using Signals.Core.State.Answers;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What readers call surveys, channels and feelings.</summary>
internal static class FeedbackWords
{
    public static string Survey(FeedbackKind kind) => kind.ToString().ToUpperInvariant();

    public static string Channel(Reader reader, string? channel) =>
        channel switch
        {
            null or "" => reader.Say("no channel given", "canal non précisé"),
            "email" or "mail" => reader.Say("e-mail", "e-mail"),
            "in-app" => reader.Say("in the product", "dans le produit"),
            _ => channel,
        };

    public static string Source(Reader reader, VerbatimSource source) =>
        source switch
        {
            VerbatimSource.Ticket => reader.Say("Ticket", "Ticket"),
            VerbatimSource.Leaving => reader.Say("On leaving", "Au départ"),
            _ => source.ToString().ToUpperInvariant(),
        };

    public static string Sentiment(Reader reader, TextSentiment sentiment) =>
        sentiment switch
        {
            TextSentiment.Negative => reader.Say("Negative", "Négatif"),
            TextSentiment.Positive => reader.Say("Positive", "Positif"),
            TextSentiment.Mixed => reader.Say("Mixed", "Mitigé"),
            _ => reader.Say("Neutral", "Neutre"),
        };

    public static string Tone(TextSentiment sentiment) =>
        sentiment switch
        {
            TextSentiment.Negative => "bad",
            TextSentiment.Positive => "good",
            TextSentiment.Mixed => "warn",
            _ => "",
        };

    /// <summary>As it stands in addresses.</summary>
    public static string Id(TextSentiment sentiment) => sentiment.ToString().ToLowerInvariant();
}
