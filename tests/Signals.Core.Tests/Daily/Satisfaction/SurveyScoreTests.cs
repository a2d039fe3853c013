using Signals.Core.Daily.Satisfaction;
using Signals.Core.State.Answers;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Satisfaction;

public sealed class SurveyScoreTests
{
    [Fact]
    public void Promoters_less_detractors_is_the_net_promoter_score()
    {
        var score = SurveyScore.Of(FeedbackKind.Nps, "in-app", [10, 9, 9, 10, 9, 10, 8, 7, 6, 0]);

        Assert.Equal((40, 10, true), (score.Score, score.Answers, score.Enough));
        Assert.InRange(score.Low, -25, 0);
        Assert.InRange(score.High, 65, 85);
    }

    [Theory]
    [InlineData(0, "detractor")]
    [InlineData(6, "detractor")]
    [InlineData(7, "passive")]
    [InlineData(8, "passive")]
    [InlineData(9, "promoter")]
    [InlineData(10, "promoter")]
    public void A_person_is_a_promoter_a_passive_or_a_detractor(double answer, string group) =>
        Assert.Equal(group, NetPromoter.GroupOf(answer));

    [Fact]
    public void The_interval_covers_the_truth_about_as_often_as_it_says()
    {
        var random = new Random(5);
        int covered = 0;
        const int Rounds = 2000;
        for (int round = 0; round < Rounds; round++)
        {
            // Of these people half are promoters and a fifth detractors: 30.
            var answers = Enumerable
                .Range(0, 25)
                .Select(_ =>
                    random.NextDouble() switch
                    {
                        < 0.5 => 10.0,
                        < 0.8 => 8,
                        _ => 3,
                    }
                )
                .ToList();
            var score = SurveyScore.Of(FeedbackKind.Nps, "", answers);
            covered += score.Low <= 30 && 30 <= score.High ? 1 : 0;
        }

        Assert.InRange((double)covered / Rounds, 0.93, 0.985);
    }

    [Theory]
    [InlineData(FeedbackKind.Csat, new double[] { 5, 4, 3, 1 }, 50)]
    [InlineData(FeedbackKind.Ces, new double[] { 1, 3, 4, 7 }, 50)]
    [InlineData(FeedbackKind.Nps, new double[] { 9, 9, 9 }, 100)]
    public void Each_survey_has_its_own_figure_and_few_answers_say_so(FeedbackKind kind, double[] answers, double expected)
    {
        var score = SurveyScore.Of(kind, "", answers);

        Assert.Equal((expected, false), (score.Score, score.Enough));
        Assert.True(score.High - score.Low > 40);
    }

    [Fact]
    public void Channels_are_kept_apart_and_each_person_counts_by_the_latest_answer()
    {
        var account = new MeasuredAccount(StoryModels.OfGroups)
            .Answered(FeedbackKind.Nps, 2, "u_ann", "in-app", daysAgo: 40)
            .Answered(FeedbackKind.Nps, 9, "u_ann", "In-App ", daysAgo: 3)
            .Answered(FeedbackKind.Nps, 3, "u_ann", "email", daysAgo: 2)
            .Answered(FeedbackKind.Nps, 10, "u_bob", "in-app", daysAgo: 5)
            .ToContext();

        var scores = SurveyScore.Of(account.Account.Feedback.Answers, account.Today);

        Assert.Equal([("email", 1, -100), ("in-app", 2, 100)], scores.Select(score => (score.Channel, score.Answers, score.Score)));
    }

    [Fact]
    public void Old_answers_words_without_a_score_and_scores_off_the_scale_do_not_count()
    {
        var account = new MeasuredAccount(StoryModels.OfGroups)
            .Answered(FeedbackKind.Nps, 9, "u_old", daysAgo: SurveyScore.Days)
            .Answered(FeedbackKind.Nps, double.NaN, "u_words")
            .Answered(FeedbackKind.Nps, 11, "u_odd")
            .Answered(FeedbackKind.Csat, 0, "u_odd")
            .Answered(FeedbackKind.Nps, 9, "u_new", daysAgo: SurveyScore.Days - 1)
            .ToContext();

        Assert.Equal(1, Assert.Single(SurveyScore.Of(account.Account.Feedback.Answers, account.Today)).Answers);
    }
}
