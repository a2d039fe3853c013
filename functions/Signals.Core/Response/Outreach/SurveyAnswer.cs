namespace Signals.Core.Response.Outreach;

/// <summary>
/// That a survey was answered. The words are not kept here: they went the way of every event, and stand with the account's answers.
/// </summary>
/// <param name="At">When it was answered last.</param>
/// <param name="Score">On the survey's scale.</param>
/// <param name="Words">A hash of the comment; 0 without one.</param>
/// <param name="Times">How many answers there were, each another one than the one before.</param>
public sealed record SurveyAnswer(DateTimeOffset At, int Score, ulong Words, int Times)
{
    /// <summary>Somebody may change their mind; a script that answers without end is no customer.</summary>
    public const int MostTimes = 5;
}
