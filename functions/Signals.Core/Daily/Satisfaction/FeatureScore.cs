using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Satisfaction;

/// <summary>
/// How customers who use a feature score, beside those who could and do not. It tells what goes together and never why: who uses a feature
/// differs in more than that.
/// </summary>
/// <param name="Feature">The model's id.</param>
/// <param name="Kind">NPS or CSAT.</param>
/// <param name="With">Customers who use it.</param>
/// <param name="Without">Customers of plans that have it who do not.</param>
/// <param name="Difference">Points of the score: the first less the second; null where <paramref name="Enough"/> is false.</param>
/// <param name="Low">The lower end of the difference's 95% interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Enough">False with fewer than <see cref="LeastAccounts"/> on a side: then nothing can be told.</param>
/// <param name="Shown">True where the difference would be rare among all features that were compared, were there none.</param>
public sealed record FeatureScore(
    string Feature,
    FeedbackKind Kind,
    ScoreSide With,
    ScoreSide Without,
    double? Difference,
    double? Low,
    double? High,
    bool Enough,
    bool Shown
)
{
    /// <summary>Customers on each side; fewer differ by chance alone.</summary>
    public const int LeastAccounts = 10;
}

/// <summary>One side of it.</summary>
/// <param name="Accounts">Customers who answered.</param>
/// <param name="Answers">Their people's answers.</param>
/// <param name="Score">As <see cref="SurveyScore.Score"/>, one voice an account; null where nothing can be told.</param>
public sealed record ScoreSide(int Accounts, int Answers, double? Score);
