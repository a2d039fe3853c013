using Signals.Core.Platform.Statistics;
using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Satisfaction;

/// <summary>
/// The Net Promoter Score: the share of promoters (9 and 10) less that of detractors (0 to 6), times 100 (Reichheld, "The One Number You
/// Need to Grow", 2003).
/// </summary>
public static class NetPromoter
{
    public static bool IsPromoter(double score) => NpsGroups.IsPromoter(score);

    public static bool IsDetractor(double score) => NpsGroups.IsDetractor(score);

    /// <summary>"promoter", "passive" or "detractor".</summary>
    public static string GroupOf(double score) =>
        IsPromoter(score) ? "promoter"
        : IsDetractor(score) ? "detractor"
        : "passive";

    /// <remarks>
    /// The interval joins Wilson's intervals of both shares, which exclude each other and so go against one another: Newcombe, "Improved
    /// confidence intervals for the difference between binomial proportions based on paired data" (1998), method 10.
    /// </remarks>
    public static SurveyScore Of(string channel, ScoreTally answers)
    {
        var promoters = Proportion.Of95(answers.Good, answers.Answers);
        var detractors = Proportion.Of95(answers.Bad, answers.Answers);
        double p = promoters.Share ?? 0,
            d = detractors.Share ?? 0;
        double correlation = p is > 0 and < 1 && d is > 0 and < 1 ? -Math.Sqrt(p * d / ((1 - p) * (1 - d))) : 0;
        double below = Joined(p - promoters.Low, detractors.High - d, correlation),
            above = Joined(promoters.High - p, d - detractors.Low, correlation);
        return new SurveyScore(
            FeedbackKind.Nps,
            channel,
            answers.Answers,
            Points(p - d),
            Points(Math.Max(-1, p - d - below)),
            Points(Math.Min(1, p - d + above)),
            answers.Answers >= SurveyScore.LeastAnswers
        )
        {
            Good = answers.Good,
            Bad = answers.Bad,
        };
    }

    private static double Joined(double a, double b, double correlation) => Math.Sqrt(Math.Max(0, a * a + b * b - 2 * correlation * a * b));

    private static double Points(double share) => Math.Round(100 * share, 1);
}
