namespace Signals.Core.Response.Messages;

/// <summary>A question to the reader, and the ends of its scale in words.</summary>
/// <param name="Kind"><c>nps</c>, <c>csat</c> or <c>ces</c>.</param>
/// <param name="After">What comes before it: <c>value</c>, <c>ticket</c> or <c>step</c>.</param>
/// <param name="Question">In the reader's language.</param>
/// <param name="Least">The lowest score.</param>
/// <param name="Most">The highest.</param>
/// <param name="Low">What the lowest means.</param>
/// <param name="High">What the highest means.</param>
public sealed record MessageSurvey(string Kind, string After, string Question, int Least, int Most, string Low, string High)
{
    /// <summary>In mails: every answer with a link of its own, from the lowest on; signed when the mail is made.</summary>
    public IReadOnlyList<MessageSurveyAnswer> Answers { get; init; } = [];

    /// <summary>True for what can be answered.</summary>
    public bool Holds(int score) => score >= Least && score <= Most;

    /// <summary>Every score, from the lowest on.</summary>
    public IEnumerable<int> Scores() => Enumerable.Range(Least, Most - Least + 1);
}

/// <summary>One answer, and the page that asks to confirm it.</summary>
public sealed record MessageSurveyAnswer(int Score, string Url);
