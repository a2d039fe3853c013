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
            null or "" => reader.Say("no channel given"),
            "email" or "mail" => reader.Say("e-mail"),
            "in-app" => reader.Say("in the product"),
            _ => channel,
        };

    public static string Source(Reader reader, VerbatimSource source) =>
        source switch
        {
            VerbatimSource.Ticket => reader.Say("Ticket"),
            VerbatimSource.Leaving => reader.Say("survey|On leaving"),
            _ => source.ToString().ToUpperInvariant(),
        };

    public static string Sentiment(Reader reader, TextSentiment sentiment) =>
        sentiment switch
        {
            TextSentiment.Negative => reader.Say("Negative"),
            TextSentiment.Positive => reader.Say("Positive"),
            TextSentiment.Mixed => reader.Say("Mixed"),
            _ => reader.Say("Neutral"),
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
