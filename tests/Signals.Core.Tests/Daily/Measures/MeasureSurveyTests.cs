using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Measures;

public sealed class MeasureSurveyTests
{
    private const string Left = "Subscription Cancelled";
    private const string Back = "Subscription Reactivated";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures().WithChurn();

    [Fact]
    public void Of_a_hundred_at_the_start_ten_gained_and_ten_lost_ninety_per_cent_were_retained()
    {
        var accounts = Enumerable
            .Range(0, 110)
            .Select(number =>
                number switch
                {
                    < 10 => Account(number).Did("Report Shared", 200).Did(Left, 12),
                    < 100 => Account(number).Did("Report Shared", 200),
                    _ => Account(number).Did("Report Shared", 10),
                }
            );

        var retention = Measure(accounts).Retention!;

        Assert.Equal((90, 100, 0.9, 10), (retention.Customers!.Count, retention.Customers.Of, retention.Customers.Share, retention.New));
        Assert.Equal((new DateOnly(2026, 5, 31), new DateOnly(2026, 6, 29)), (retention.From, retention.To));
        Assert.InRange(0.9, retention.Customers.Low, retention.Customers.High);
    }

    [Fact]
    public void New_customers_who_leave_again_count_in_neither() =>
        Assert.Equal((1, 1, 0), Customers(Account(1).Did("Report Shared", 200), Account(2).Did("Report Shared", 20).Did(Left, 5)));

    [Fact]
    public void Who_left_and_came_back_within_the_period_stayed() =>
        Assert.Equal((1, 1, 0), Customers(Account(1).Did("Report Shared", 200).Did(Left, 20).Did(Back, 10)));

    [Fact]
    public void Who_left_before_the_period_was_not_there_and_is_new_when_they_return() =>
        Assert.Equal(
            (0, 0, 1),
            Customers(
                Account(1).Did("Report Shared", 200).Did(Left, 100),
                Account(2).Did("Report Shared", 200).Did(Left, 100).Did(Back, 10)
            )
        );

    [Fact]
    public void What_happens_today_is_not_over_yet() =>
        Assert.Equal((1, 1, 0), Customers(Account(1).Did("Report Shared", 200).Did(Left, 0)));

    [Fact]
    public void Months_are_told_as_far_back_as_anybody_was_there()
    {
        var months = Measure([Account(1).Did("Report Shared", 85), Account(2).Did("Report Shared", 85).Did(Left, 45)]).RetentionByMonth;

        // 30 June less 85 days is 6 April: nobody was there on 31 March. 45 days ago is 16 May.
        Assert.Equal([new DateOnly(2026, 5, 1)], months.Select(month => month.From));
        Assert.Equal((1, 2, new DateOnly(2026, 5, 31)), (months[0].Customers!.Count, months[0].Customers!.Of, months[0].To));
    }

    [Fact]
    public void Plans_are_told_apart_the_largest_first()
    {
        var plans = Measure([
            Account(1).With(Traits.Plan, "pro").Did("Report Shared", 200).Did(Left, 5),
            Account(2).With(Traits.Plan, "free").Did("Report Shared", 200),
            Account(3).With(Traits.Plan, "Free").Did("Report Shared", 200),
        ]).RetentionByPlan;

        Assert.Equal([("free", 1.0), ("pro", 0.0)], plans.Select(plan => (plan.Plan, plan.Period.Customers!.Share!.Value)));
    }

    [Fact]
    public void Without_churn_events_in_the_model_value_alone_tells_who_stayed()
    {
        var model = StoryModels.OfGroups;
        var accounts = new[]
        {
            new MeasuredAccount(model).Did("Report Shared", 40, 41, 42, 3, 4, 5),
            new MeasuredAccount(model).Did("Report Shared", 40, 41, 42),
            new MeasuredAccount(model).Did("Report Shared", 40, 3, 4, 5),
        };

        var retention = Measure(accounts, model).Retention!;

        Assert.Null(retention.Customers);
        Assert.Null(retention.New);
        Assert.Equal((1, 2), (retention.Value.Count, retention.Value.Of));
    }

    [Fact]
    public void Adoption_has_four_dimensions()
    {
        var measures = Measure([
            Account(1).With(Traits.Plan, "pro").Did("Report Shared", 100).Did("Export Completed", 90, 2, 2, 3),
            Account(2).With(Traits.Plan, "pro").Did("Report Shared", 100).Did("Export Completed", 80, 40),
            Account(3).With(Traits.Plan, "pro").Did("Report Shared", 100).Did("Export Completed", 70, 5),
            Account(4).With(Traits.Plan, "pro").Did("Report Shared", 100),
            Account(5).With(Traits.Plan, "free").Did("Report Shared", 100).Did("Export Completed", 1),
            Account(6).With(Traits.Plan, "pro").Did("Report Shared", 100).Did("Export Completed", 99).Did(Left, 50),
        ]);

        var exports = measures.Features.Single(feature => feature.Id == "exports");

        // Two of the plan's four customers used it lately, three ever; those who left, or do not pay for it, say nothing.
        Assert.Equal((2, 4, 3, 4), (exports.Breadth.Count, exports.Breadth.Of, exports.Ever.Count, exports.Ever.Of));
        // Three uses on two days, and one on one.
        Assert.Equal((2.0, 2), (exports.UsesPerAccount, exports.DaysPerAccount));
        // After 10, 20 and 30 days; the fourth still waits.
        Assert.Equal((20, 0.75), (exports.DaysToAdopt, exports.AdoptedWithin30));
        // One gave it up after 40 days, two are still at it.
        Assert.Null(exports.DaysKept);
        Assert.Equal(2 / 3d, exports.KeptAfter90, 4);
    }

    [Fact]
    public void A_feature_that_nobody_can_use_has_no_figures()
    {
        var feeds = Measure([Account(1).With(Traits.Plan, "free").Did("Report Shared", 100)])
            .Features.Single(feature => feature.Id == "feeds");

        Assert.Equal(
            (0, null, null, null, null, null),
            (feeds.Breadth.Of, feeds.Breadth.Share, feeds.UsesPerAccount, feeds.DaysPerAccount, feeds.DaysToAdopt, feeds.DaysKept)
        );
    }

    [Fact]
    public void Of_surveys_each_person_or_each_account_has_one_voice()
    {
        var large = Account(1).Did("Report Shared", 5);
        for (int person = 0; person < 9; person++)
            large.Answered(FeedbackKind.Nps, 10, $"u_{person}");
        var small = Account(2).Did("Report Shared", 5).Answered(FeedbackKind.Nps, 2, "u_x").Answered(FeedbackKind.Nps, 2, "u_x", "email");

        var measures = Measure([large, small]);

        Assert.Equal(
            [("email", 1, -100), ("in-app", 10, 80)],
            measures.SurveysByPerson.Select(score => (score.Channel, score.Answers, score.Score))
        );
        Assert.Equal(
            [("email", 1, -100), ("in-app", 2, 0)],
            measures.NpsByAccount.Select(score => (score.Channel, score.Answers, score.Score))
        );
    }

    [Fact]
    public void The_order_of_accounts_does_not_matter()
    {
        var random = new Random(11);
        var accounts = Enumerable
            .Range(0, 60)
            .Select(number =>
            {
                var account = Account(number)
                    .With(Traits.Plan, number % 3 == 0 ? "free" : "pro")
                    .Did("Report Shared", Enumerable.Range(0, 20).Select(_ => random.Next(300)));
                if (number % 2 == 0)
                    account.Did("Export Completed", Enumerable.Range(0, 5).Select(_ => random.Next(200)));
                if (number % 7 == 0)
                    account.Did(Left, random.Next(100));
                return account.Answered(FeedbackKind.Nps, random.Next(11), $"u_{number}");
            })
            .ToArray();
        var expected = System.Text.Json.JsonSerializer.Serialize(Measure(accounts));

        random.Shuffle(accounts);

        Assert.Equal(expected, System.Text.Json.JsonSerializer.Serialize(Measure(accounts)));
    }

    private static MeasuredAccount Account(int number) => new(Model, $"account-{number}");

    private static (int Stayed, int Present, int New) Customers(params MeasuredAccount[] accounts)
    {
        // Somebody outside the period keeps it from being left out as empty.
        var retention = Measure([.. accounts, Account(99).Did("Report Shared", 200)]).Retention!;
        return (retention.Customers!.Count - 1, retention.Customers.Of - 1, retention.New!.Value);
    }

    private static ProductMeasures Measure(IEnumerable<MeasuredAccount> accounts, ValueModel? model = null)
    {
        var survey = new MeasureSurvey(model ?? Model, MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey.Measure(Days.Start(MeasuredAccount.Today));
    }
}
