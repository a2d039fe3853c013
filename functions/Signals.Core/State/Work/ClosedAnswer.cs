namespace Signals.Core.State.Work;

/// <summary>That a person answered what a customer said in a survey: the loop is closed.</summary>
/// <param name="Answer">The answer, as <see cref="Answers.FeedbackAnswer.Key"/> names it: nothing of what was said, nor by whom.</param>
/// <param name="By">Who said that it was answered, as the audit trail names people.</param>
/// <param name="At">When.</param>
public sealed record ClosedAnswer(string Answer, string By, DateTimeOffset At)
{
    private const int MaxKeyChars = 40;

    /// <summary>True for a text that may name an answer.</summary>
    public static bool IsKey(string text) =>
        text.Length is > 0 and <= MaxKeyChars && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
