using Signals.Core.Platform.Serialization;
using Signals.Core.State.Identity;

namespace Signals.Core.State.Answers;

/// <summary>The newest <see cref="Capacity"/> survey answers of an account, by event time.</summary>
public sealed class Feedback
{
    public const int Capacity = 50;
    public const int MaxCommentChars = 500;
    public const int MaxChannelChars = 100;

    private readonly List<FeedbackAnswer> _answers = [];

    public IReadOnlyList<FeedbackAnswer> Answers => _answers;

    /// <summary>Adds an answer; one that is not on its survey's scale and says nothing else is none.</summary>
    public void Add(FeedbackAnswer answer)
    {
        answer = answer.OnScale();
        if (answer.IsEmpty)
            return;
        if (answer.Comment?.Length > MaxCommentChars)
            answer = answer with { Comment = answer.Comment[..MaxCommentChars] };
        if (answer.Channel?.Length > MaxChannelChars)
            answer = answer with { Channel = answer.Channel[..MaxChannelChars] };
        int known = _answers.FindIndex(other => other.At == answer.At && other.Tie == answer.Tie && other.Kind == answer.Kind);
        if (known >= 0)
        {
            _answers[known] = _answers[known] with { Words = _answers[known].Words ?? answer.Words };
            return;
        }
        _answers.Add(answer);
        _answers.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Tie.CompareTo(b.Tie));
        if (_answers.Count > Capacity)
            _answers.RemoveAt(0);
    }

    public void MergeFrom(Feedback other)
    {
        foreach (var answer in other._answers)
            Add(answer);
    }

    /// <summary>The answers that were there before a moment.</summary>
    public Feedback UpTo(DateTimeOffset moment)
    {
        var then = new Feedback();
        then._answers.AddRange(_answers.Where(answer => answer.At < moment));
        return then;
    }

    /// <summary>Keeps what was understood of an answer's comment.</summary>
    public void Understand(FeedbackAnswer answer, CustomerWords words) =>
        _answers[_answers.IndexOf(answer)] = answer with { Words = words };

    /// <summary>Says of a person's answers who that turned out to be.</summary>
    public void Rename(PersonKey from, PersonKey to)
    {
        for (int i = 0; i < _answers.Count; i++)
        {
            if (_answers[i].Person == from.Value)
                _answers[i] = _answers[i] with { Person = to.Value };
        }
    }

    /// <summary>Forgets what some people answered; true when there was anything.</summary>
    public bool Forget(Predicate<string> isErased) => _answers.RemoveAll(answer => isErased(answer.Person)) > 0;

    public void Write(PackWriter writer)
    {
        writer.Count(_answers.Count);
        foreach (var answer in _answers)
        {
            writer.Time(answer.At);
            writer.Fixed64(answer.Tie);
            writer.Byte((byte)answer.Kind);
            writer.Float(answer.Score);
            writer.Text(answer.Channel);
            writer.Text(answer.Comment);
            writer.Text(answer.Person);
            CustomerWords.Write(writer, answer.Words);
        }
    }

    /// <param name="reader">Where it was written.</param>
    /// <param name="withWords">False for rows from before comments were analysed.</param>
    /// <param name="withThemes">False for rows from before themes were kept.</param>
    public static Feedback Read(ref PackReader reader, bool withWords, bool withThemes)
    {
        var feedback = new Feedback();
        for (int count = reader.Count(); count > 0; count--)
        {
            var answer = new FeedbackAnswer(
                reader.Time(),
                reader.Fixed64(),
                (FeedbackKind)reader.Byte(),
                reader.Float(),
                reader.Text(),
                reader.Text(),
                reader.Text() ?? ""
            )
            {
                Words = withWords ? CustomerWords.Read(ref reader, withThemes) : null,
            }.OnScale();
            // Rows from before scales were looked at hold answers that are none.
            if (!answer.IsEmpty)
                feedback._answers.Add(answer);
        }
        return feedback;
    }
}

/// <summary>
/// One answer; NPS is 0 to 10, CSAT 1 to 5, CES (effort) 1 to 7. <paramref name="Score"/> is NaN when only words came.
/// </summary>
public sealed record FeedbackAnswer(
    DateTimeOffset At,
    ulong Tie,
    FeedbackKind Kind,
    double Score,
    string? Channel,
    string? Comment,
    string Person
)
{
    /// <summary>What the comment says; null until it was analysed, and without a comment.</summary>
    public CustomerWords? Words { get; init; }

    /// <summary>Tells it from the account's other answers: its time in milliseconds since 1970, and a hash of its event's id.</summary>
    public string Key => $"{At.ToUnixTimeMilliseconds()}-{Tie:x16}";

    /// <summary>True when it says nothing; a sign of leaving has words alone.</summary>
    public bool IsEmpty => Comment is null && double.IsNaN(Score) && Kind != FeedbackKind.Leaving;

    /// <summary>False for what widgets send when they were closed (-1), and for answers of another scale.</summary>
    public static bool IsOnScale(FeedbackKind kind, double score) =>
        kind switch
        {
            FeedbackKind.Nps => score is >= 0 and <= 10,
            FeedbackKind.Csat => score is >= 1 and <= 5,
            FeedbackKind.Ces => score is >= 1 and <= 7,
            _ => false,
        };

    /// <summary>The answer without a score that is on no scale.</summary>
    public FeedbackAnswer OnScale() => IsOnScale(Kind, Score) ? this : this with { Score = double.NaN };
}

public enum FeedbackKind
{
    Nps = 0,
    Csat = 1,
    Ces = 2,

    /// <summary>Words that came with a sign of leaving, a cancellation say; no score.</summary>
    Leaving = 3,
}
