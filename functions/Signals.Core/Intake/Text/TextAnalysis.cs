namespace Signals.Core.Intake.Text;

/// <summary>What a text says.</summary>
/// <param name="Language">ISO 639-1 code, or "und" when it cannot be told.</param>
/// <param name="Sentiment">The text as a whole.</param>
/// <param name="Score">From -1 (surely negative) to 1 (surely positive).</param>
/// <param name="Remarks">The sentences that tell of a problem, ask for something, or speak of leaving; surest first.</param>
/// <param name="Opinions">What is liked and disliked, most telling first.</param>
/// <param name="KeyPhrases">What it is about, most telling first.</param>
public sealed record TextAnalysis(
    string Language,
    TextSentiment Sentiment,
    double Score,
    IReadOnlyList<TextRemark> Remarks,
    IReadOnlyList<TextOpinion> Opinions,
    IReadOnlyList<string> KeyPhrases
)
{
    public static TextAnalysis Nothing { get; } = new("und", TextSentiment.Neutral, 0, [], [], []);
}

public enum TextSentiment
{
    Neutral = 0,
    Positive = 1,
    Negative = 2,
    Mixed = 3,
}

/// <summary>A sentence that says something to act on; <paramref name="Confidence"/> is 0 to 1.</summary>
public sealed record TextRemark(RemarkKind Kind, string Sentence, double Confidence);

public enum RemarkKind
{
    /// <summary>Something does not work.</summary>
    Problem = 0,

    /// <summary>Something is wished for.</summary>
    Request = 1,

    /// <summary>The writer thinks of leaving, pausing or paying less.</summary>
    Leaving = 2,
}

/// <summary>A judgement on one thing: its target ("export", say), the words, and whether they are kind.</summary>
public sealed record TextOpinion(string Target, string Words, TextSentiment Sentiment);
