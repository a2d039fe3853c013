using Signals.Core.Intake.Text;
using Signals.Core.State.Answers;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>Something a customer wrote, with who and where, and what was understood of it.</summary>
public sealed record Verbatim
{
    public required DateTimeOffset At { get; init; }

    public required VerbatimSource Source { get; init; }

    /// <summary>Where a survey was asked; null for tickets and where the answer does not say.</summary>
    public string? Channel { get; init; }

    /// <summary>The answer's score, on its survey's scale; null for words alone.</summary>
    public double? Score { get; init; }

    /// <summary>As it was written, at most <see cref="Feedback.MaxCommentChars"/> characters.</summary>
    public required string Text { get; init; }

    public required TextSentiment Sentiment { get; init; }

    public IReadOnlyList<TextTheme> Themes { get; init; } = [];

    /// <summary>The account's id as the customer sent it.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>Which of the account's answers it is (<see cref="FeedbackAnswer.Key"/>); null for tickets.</summary>
    public string? Answer { get; init; }

    /// <summary>The person's id; null where nobody is named.</summary>
    public string? Person { get; init; }
}

public enum VerbatimSource
{
    Nps,
    Csat,
    Ces,

    /// <summary>Words that came with a cancellation or another sign of leaving.</summary>
    Leaving,
    Ticket,
}
