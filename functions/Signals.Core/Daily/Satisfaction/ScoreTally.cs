using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Satisfaction;

/// <summary>Answers to a survey as far as its score needs them: how many there are, and how many are good and bad.</summary>
public sealed class ScoreTally(FeedbackKind kind)
{
    public int Answers { get; private set; }

    /// <summary>Promoters; the satisfied; those who found it easy.</summary>
    public int Good { get; private set; }

    /// <summary>Detractors; of other surveys, all who are not among <see cref="Good"/>.</summary>
    public int Bad { get; private set; }

    public ScoreTally Add(double score)
    {
        Answers++;
        if (SurveyScore.IsGood(kind, score))
            Good++;
        else if (kind != FeedbackKind.Nps || NetPromoter.IsDetractor(score))
            Bad++;
        return this;
    }

    public SurveyScore ToScore(string channel) => SurveyScore.Of(kind, channel, this);
}
