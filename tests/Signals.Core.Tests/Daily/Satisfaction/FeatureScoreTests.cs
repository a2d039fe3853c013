using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Model;
using Signals.Core.State.Answers;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Satisfaction;

/// <summary>Which features go with better scores. Today is 30 June 2026.</summary>
public sealed class FeatureScoreTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Value = new ValueDefinition("minutes", [new ValueSource("Report Shared", 10, null)], new Floor(15, 30)),
        Features =
        [
            new Feature("export", "Exports", ["Exported"], true, [], null),
            new Feature("audit", "Audit", ["Audited"], true, ["pro"], null),
        ],
        Churn = new ChurnDefinition { Events = ["Left"] },
    };

    [Fact]
    public void Customers_who_use_it_are_set_beside_those_who_do_not_each_with_one_voice()
    {
        // Twelve who use it promote, one of them by a crowd that counts once; twelve who do not are passive.
        var scores = Measure([
            .. Several(12, i => Account(i).Did("Exported", 5).Answered(FeedbackKind.Nps, 9, "u_a")),
            .. Several(12, i => Account(100 + i).Answered(FeedbackKind.Nps, 8, "u_a").Answered(FeedbackKind.Nps, 7, "u_b")),
        ]);

        var export = Assert.Single(scores);
        Assert.Equal(("export", FeedbackKind.Nps, true, true), (export.Feature, export.Kind, export.Enough, export.Shown));
        Assert.Equal((12, 12, 100d), (export.With.Accounts, export.With.Answers, export.With.Score));
        Assert.Equal((12, 24, 0d), (export.Without.Accounts, export.Without.Answers, export.Without.Score));
        Assert.Equal(100, export.Difference);
        Assert.True(export.Low is > 50 and < 100 && export.High > 100);
    }

    [Fact]
    public void Of_nine_on_a_side_nothing_is_told()
    {
        var export = Assert.Single(
            Measure([
                .. Several(9, i => Account(i).Did("Exported", 5).Answered(FeedbackKind.Nps, 10, "u_a")),
                .. Several(40, i => Account(100 + i).Answered(FeedbackKind.Nps, 1, "u_a")),
            ])
        );

        Assert.Equal((false, false, null, null), (export.Enough, export.Shown, export.Difference, export.With.Score));
        Assert.Equal((9, 40), (export.With.Accounts, export.Without.Accounts));
    }

    [Fact]
    public void A_channel_that_answers_more_kindly_makes_no_feature_look_good()
    {
        // In the product everybody promotes, by mail everybody detracts; who uses it is mostly asked in the product.
        var export = Assert.Single(
            Measure([
                .. Several(20, i => Account(i).Did("Exported", 5).Answered(FeedbackKind.Nps, 10, "u_a", "in-app")),
                .. Several(4, i => Account(20 + i).Did("Exported", 5).Answered(FeedbackKind.Nps, 2, "u_a", "email")),
                .. Several(4, i => Account(100 + i).Answered(FeedbackKind.Nps, 10, "u_a", "in-app")),
                .. Several(20, i => Account(200 + i).Answered(FeedbackKind.Nps, 2, "u_a", "email")),
            ])
        );

        Assert.Equal((0d, false), (export.Difference, export.Shown));
    }

    [Fact]
    public void Use_is_that_of_the_thirty_days_before_the_answer_and_plans_without_it_are_not_asked()
    {
        var scores = Measure(
            Account(1).Did("Exported", 40).Answered(FeedbackKind.Csat, 5, "u_a", daysAgo: 30),
            Account(2).Did("Exported", 5).Answered(FeedbackKind.Csat, 5, "u_a", daysAgo: 30),
            Account(3).With(Traits.Plan, "pro").Did("Audited", 20).Answered(FeedbackKind.Csat, 2, "u_a"),
            Account(4).With(Traits.Plan, "free").Did("Audited", 20).Answered(FeedbackKind.Csat, 2, "u_a"),
            Account(5).Did("Exported", 2).Did("Left", 1).Answered(FeedbackKind.Csat, 1, "u_a")
        );

        Assert.Equal(["export", "audit"], scores.Select(score => score.Feature));
        Assert.Equal((1, 3), (scores[0].With.Accounts, scores[0].Without.Accounts));
        Assert.Equal((1, 0), (scores[1].With.Accounts, scores[1].Without.Accounts));
    }

    [Fact]
    public void Chance_alone_marks_few_features()
    {
        // Two hundred installations with twenty features that make no difference: one in twenty may mark any of them, 95% of the time.
        var random = new Random(11);
        int marked = 0;
        for (int round = 0; round < 200; round++)
        {
            var model = Model with
            {
                Features = [.. Enumerable.Range(0, 20).Select(i => new Feature($"f{i}", $"F{i}", [$"Used {i}"], true, [], null))],
            };
            var survey = new FeatureScoreSurvey(model, MeasuredAccount.Today);
            for (int i = 0; i < 40; i++)
            {
                var account = new MeasuredAccount(model, $"a{i}").Answered(FeedbackKind.Nps, random.Next(4, 11), "u_a");
                foreach (int feature in Enumerable.Range(0, 20).Where(_ => random.Next(2) == 0))
                    account.Did($"Used {feature}", 5);
                survey.Add(account.ToContext(), _ => true);
            }
            marked += survey.Measure().Any(score => score.Shown) ? 1 : 0;
        }

        Assert.InRange(marked, 0, 20);
    }

    private static MeasuredAccount Account(int number) => new MeasuredAccount(Model, $"account-{number}").Did("Report Shared", 10);

    private static IEnumerable<MeasuredAccount> Several(int count, Func<int, MeasuredAccount> account) =>
        Enumerable.Range(0, count).Select(account);

    private static IReadOnlyList<FeatureScore> Measure(params MeasuredAccount[] accounts)
    {
        var survey = new MeasureSurvey(Model, MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey.Measure(DateTimeOffset.UnixEpoch).FeatureScores;
    }
}
