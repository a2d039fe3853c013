using Signals.Core.Platform.Statistics;
using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Satisfaction;

/// <summary>
/// What a survey says over one channel, each person by their latest answer. Channels are kept apart: answers inside the product come out
/// higher than answers by mail, so a mixture moves with the mix.
/// </summary>
/// <param name="Kind">Which survey.</param>
/// <param name="Channel">Where it was asked, in lower case; empty when the answers do not say.</param>
/// <param name="Answers">People who answered.</param>
/// <param name="Score">NPS: -100 to 100. CSAT: 0 to 100, satisfied per cent. CES: 0 to 100, per cent who found it easy.</param>
/// <param name="Low">The lower end of the score's 95% interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Enough">False under <see cref="LeastAnswers"/> answers: told, but nothing to go by.</param>
public sealed record SurveyScore(FeedbackKind Kind, string Channel, int Answers, double Score, double Low, double High, bool Enough)
{
    /// <summary>Fewer answers make an anecdote.</summary>
    public const int LeastAnswers = 5;

    /// <summary>See <see cref="ScoreTally.Good"/>.</summary>
    public int Good { get; init; }

    /// <summary>See <see cref="ScoreTally.Bad"/>.</summary>
    public int Bad { get; init; }

    /// <summary>Older answers say how things were.</summary>
    public const int Days = 90;

    /// <summary>Every survey and channel that was answered within <see cref="Days"/> days up to a day.</summary>
    public static IReadOnlyList<SurveyScore> Of(IEnumerable<FeedbackAnswer> answers, int today) =>
        [
            .. Latest(answers, today)
                .GroupBy(answer => (answer.Kind, Channel: ChannelOf(answer)))
                .OrderBy(group => group.Key.Kind)
                .ThenBy(group => group.Key.Channel, StringComparer.Ordinal)
                .Select(group => Of(group.Key.Kind, group.Key.Channel, [.. group.Select(answer => answer.Score)])),
        ];

    /// <summary>Each person's latest answer to each survey over each channel, of the last <see cref="Days"/> days.</summary>
    public static IEnumerable<FeedbackAnswer> Latest(IEnumerable<FeedbackAnswer> answers, int today) =>
        Latest(answers, today - Days + 1, today);

    /// <summary>Each person's latest answer to each survey over each channel from one day to another.</summary>
    public static IEnumerable<FeedbackAnswer> Latest(IEnumerable<FeedbackAnswer> answers, int from, int to) =>
        answers
            .Where(answer => IsScored(answer) && Platform.Time.Days.Of(answer.At) is var day && day >= from && day <= to)
            .GroupBy(answer => (answer.Kind, Channel: ChannelOf(answer), answer.Person))
            .Select(group => group.MaxBy(answer => (answer.At, answer.Tie))!);

    /// <summary>The score of some people's answers, one each. Throws for a survey that has no score.</summary>
    public static SurveyScore Of(FeedbackKind kind, string channel, IReadOnlyList<double> scores) =>
        scores.Aggregate(new ScoreTally(kind), (tally, score) => tally.Add(score)).ToScore(channel);

    /// <summary>The score of answers that were counted. Throws for a survey that has no score.</summary>
    public static SurveyScore Of(FeedbackKind kind, string channel, ScoreTally answers) =>
        kind switch
        {
            FeedbackKind.Nps => NetPromoter.Of(channel, answers),
            FeedbackKind.Csat or FeedbackKind.Ces => Share(kind, channel, answers),
            _ => throw NoScore(kind),
        };

    /// <summary>Promoters; the satisfied; those who found it easy. Throws for a survey that has no score.</summary>
    public static bool IsGood(FeedbackKind kind, double score) =>
        kind switch
        {
            FeedbackKind.Nps => NetPromoter.IsPromoter(score),
            FeedbackKind.Csat => IsSatisfied(score),
            FeedbackKind.Ces => FoundItEasy(score),
            _ => throw NoScore(kind),
        };

    public static string ChannelOf(FeedbackAnswer answer) => (answer.Channel ?? "").Trim().ToLowerInvariant();

    /// <summary>Customer satisfaction is the share of the two best of five boxes (Farris et al., "Marketing Metrics", 2010).</summary>
    private static bool IsSatisfied(double score) => score >= 4;

    /// <summary>
    /// Customer effort, 1 (none) to 7: the share that found it easy, the three lowest (after Dixon, Freeman and Toman, "Stop Trying to
    /// Delight Your Customers", 2010).
    /// </summary>
    private static bool FoundItEasy(double score) => score <= 3;

    private static bool IsScored(FeedbackAnswer answer) => FeedbackAnswer.IsOnScale(answer.Kind, answer.Score);

    private static SurveyScore Share(FeedbackKind kind, string channel, ScoreTally answers)
    {
        var share = Proportion.Of95(answers.Good, answers.Answers);
        return new SurveyScore(
            kind,
            channel,
            answers.Answers,
            Math.Round(100 * (share.Share ?? 0), 1),
            Math.Round(100 * share.Low, 1),
            Math.Round(100 * share.High, 1),
            answers.Answers >= LeastAnswers
        )
        {
            Good = answers.Good,
            Bad = answers.Bad,
        };
    }

    private static ArgumentOutOfRangeException NoScore(FeedbackKind kind) => new(nameof(kind), kind, "NPS, CSAT and CES have scores.");
}
