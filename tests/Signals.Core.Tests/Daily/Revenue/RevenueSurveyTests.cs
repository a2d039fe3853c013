using Signals.Core.Daily.Revenue;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Revenue;

/// <summary>Today is 30 June 2026: the last month that is over is May.</summary>
public sealed class RevenueSurveyTests
{
    private const string Left = "Subscription Cancelled";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures().WithChurn() with
    {
        Plans = new[] { new Plan("basic", 10, 5), new Plan("pro", 100, 10) }.ToDictionary(
            plan => plan.Id,
            StringComparer.OrdinalIgnoreCase
        ),
        Expansion = new ExpansionDefinition { Limits = ["Limit Met"], Times = 3 },
    };

    [Fact]
    public void What_left_shrank_and_grew_is_told_apart_and_new_money_counts_in_neither()
    {
        var may = Measure(
            Account(1).Did("Report Shared", 200).Paid(100, 200),
            Account(2).Did("Report Shared", 200).Paid(100, 200).Paid(60, 45),
            Account(3).Did("Report Shared", 200).Paid(100, 200).Paid(150, 45),
            Account(4).Did("Report Shared", 200).Paid(100, 200).Did(Left, 45),
            Account(5).Did("Report Shared", 50).Paid(500, 50)
        ).Months[^1];

        Assert.Equal((new DateOnly(2026, 5, 1), 4, 400.0), (may.From, may.Customers, may.Start));
        Assert.Equal((100.0, 40.0, 50.0, 500.0), (may.Churned, may.Contracted, may.Expanded, may.Added));
        Assert.Equal((0.65, 0.775), (may.Gross.Share, may.Net.Share));
        Assert.Equal((310.0, 1, 1), (may.End, may.Left, may.New));
        Assert.InRange(may.Gross.Share!.Value, may.Gross.Low, may.Gross.High);
        Assert.InRange(may.Net.Share!.Value, may.Net.Low, may.Net.High);
    }

    [Fact]
    public void Where_all_pay_alike_gross_retention_has_the_interval_of_as_many_customers()
    {
        var may = Measure([
            .. Enumerable
                .Range(0, 10)
                .Select(number =>
                    Account(number).Did("Report Shared", 200).Paid(50, 200) is var account && number < 2 ? account.Did(Left, 45) : account
                ),
        ]).Months[^1];

        var (low, high) = Wilson.Interval95(8, 10);
        Assert.Equal((0.8, Math.Round(low, 4), Math.Round(high, 4)), (may.Gross.Share, may.Gross.Low, may.Gross.High));
    }

    [Fact]
    public void One_large_customer_among_small_ones_makes_the_interval_wider()
    {
        var alike = Measure([.. Enumerable.Range(0, 20).Select(number => Account(number).Did("Report Shared", 200).Paid(50, 200))]).Months[
            ^1
        ];
        var unlike = Measure([
            .. Enumerable.Range(0, 20).Select(number => Account(number).Did("Report Shared", 200).Paid(number == 0 ? 5000 : 50, 200)),
        ]).Months[^1];

        Assert.Equal((1.0, 1.0), (alike.Gross.Share, unlike.Gross.Share));
        Assert.True(unlike.Gross.Low < alike.Gross.Low - 0.3, $"{unlike.Gross.Low} and {alike.Gross.Low}");
    }

    [Fact]
    public void A_price_that_a_plan_has_counts_until_a_trait_says_another()
    {
        var account = new MeasuredAccount(Model).Did("Report Shared", 200).With(Traits.Plan, "pro");

        Assert.Equal(100, Measure(account).Months[^1].Start);
        Assert.Equal(30, Measure(account.Paid(30, 200)).Months[^1].Start);
    }

    [Fact]
    public void Who_is_on_trial_pays_nothing_yet()
    {
        var revenue = Measure(
            Account(1).Did("Report Shared", 10).Paid(100, 10).With(Traits.TrialEndsAt, "2026-07-10").Reviewed(RiskLevel.Critical),
            Account(2).Did("Report Shared", 10).Paid(40, 10).With(Traits.TrialEndsAt, "2026-06-20").Reviewed(RiskLevel.Watch)
        );

        Assert.Equal((40.0, 1, 0), (revenue.Revenue, revenue.Customers, revenue.AtRisk.Accounts));
        Assert.Equal((1, 100.0), (revenue.Trials.Accounts, revenue.Trials.Price));
    }

    [Fact]
    public void Renewals_stand_in_windows_with_those_at_risk()
    {
        var revenue = Measure(
            Renews(1, 0, RiskLevel.Critical),
            Renews(2, 30, RiskLevel.Healthy),
            Renews(3, 31, RiskLevel.AtRisk),
            Renews(4, 120, RiskLevel.Watch),
            Renews(5, 121, RiskLevel.Critical),
            Renews(6, -1, RiskLevel.Critical)
        );

        Assert.Equal(
            [(0, 30, 2, 1), (31, 60, 1, 1), (61, 90, 0, 0), (91, 120, 1, 0)],
            revenue.Renewals.Select(window => (window.FromDay, window.ToDay, window.All.Accounts, window.AtRisk.Accounts))
        );
        Assert.Null(revenue.Expected);
    }

    [Fact]
    public void The_chance_to_leave_by_a_renewal_is_read_off_the_curve_of_staying()
    {
        var risk = new RiskAssessment(RiskLevel.AtRisk, 40) { Chances = [new RiskChance(30, 0.19), new RiskChance(90, 0.271)] };

        // Of 81% who stay 30 days, 90% stay the next 60: the same share each day within.
        Assert.Equal(0.19, Core.Diagnosis.Risk.RenewalChance.By(risk, 30), 6);
        Assert.Equal(1 - Math.Sqrt(0.81), Core.Diagnosis.Risk.RenewalChance.By(risk, 15), 6);
        Assert.Equal(1 - 0.81 * Math.Sqrt(0.9), Core.Diagnosis.Risk.RenewalChance.By(risk, 60), 6);
        Assert.Equal(1 - 0.81 * Math.Pow(0.9, 1.5), Core.Diagnosis.Risk.RenewalChance.By(risk, 120), 6);
        Assert.Equal(0, Core.Diagnosis.Risk.RenewalChance.By(new RiskAssessment(RiskLevel.AtRisk, 40), 60));
    }

    [Fact]
    public void Managers_have_the_money_of_their_own_customers()
    {
        var revenue = Measure(
            Account(1).Did("Report Shared", 10).Paid(100, 10).With(Traits.Csm, "ann@nimbus.example").Reviewed(RiskLevel.AtRisk),
            Account(2).Did("Report Shared", 10).Paid(50, 10).With(Traits.Csm, "Ann@nimbus.example").Reviewed(RiskLevel.Healthy)
        );

        var ann = Assert.Single(revenue.Managers);
        Assert.Equal((100.0, 50.0), (ann.Levels[(int)RiskLevel.AtRisk].Price, ann.Levels[(int)RiskLevel.Healthy].Price));
    }

    [Fact]
    public void Full_seats_limits_met_and_an_outgrown_plan_are_signs_and_who_is_at_risk_is_not_asked_for_more()
    {
        var pro = Enumerable
            .Range(20, 10)
            .Select(number =>
                Account(number).Did("Report Shared", Enumerable.Range(1, 2)).With(Traits.Plan, "pro").Reviewed(RiskLevel.Healthy, 1)
            );
        var revenue = Measure([
            .. pro,
            Account(1).Did("Report Shared", 1).With(Traits.Plan, "basic").Reviewed(RiskLevel.Healthy, 5),
            Account(2).Did("Report Shared", 1).Did("Limit Met", 1, 2, 29).With(Traits.Plan, "basic").Reviewed(RiskLevel.Healthy),
            Account(3).Did("Report Shared", 1, 2, 3).With(Traits.Plan, "basic").Reviewed(RiskLevel.Watch),
            Account(4).Did("Report Shared", 1, 2, 3).Did("Limit Met", 1, 2, 3).With(Traits.Plan, "basic").Reviewed(RiskLevel.AtRisk, 5),
            Account(5).Did("Report Shared", 1).Did("Limit Met", 1, 2, 30).With(Traits.Plan, "basic").Reviewed(RiskLevel.Healthy, 4),
        ]);

        Assert.Equal(
            ["account-1 seats 5/5", "account-2 limits 3/3", "account-3 plan"],
            revenue
                .Expansions.SelectMany(account =>
                    account.Signs.Select(sign => $"{account.Id} {sign.Kind}" + (sign.Plan is null ? $" {sign.Amount}/{sign.Of}" : ""))
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(3, revenue.ExpansionCount);
    }

    [Fact]
    public void Of_very_many_who_outgrew_their_plan_some_are_listed_and_all_are_counted()
    {
        var pro = Enumerable
            .Range(2_000, 20)
            .Select(number => Account(number).Did("Report Shared", 1, 2).With(Traits.Plan, "pro").Reviewed(RiskLevel.Healthy, 1));
        var basic = Enumerable
            .Range(0, 600)
            .Select(number => Account(number).Did("Report Shared", 1, 2, 3).With(Traits.Plan, "basic").Reviewed(RiskLevel.Healthy));

        var revenue = Measure([
            .. pro,
            .. basic,
            Account(1_000).Did("Report Shared", 1).With(Traits.Plan, "basic").Reviewed(RiskLevel.Watch),
        ]);

        Assert.Equal(RevenueMeasures.MaxExpansions, revenue.Expansions.Count);
        Assert.Equal(600, revenue.ExpansionCount);
    }

    [Fact]
    public void Cohorts_follow_the_money_of_those_who_began_in_a_month()
    {
        var cohorts = Measure(
            Account(1).Did("Report Shared", 100).Paid(100, 100),
            Account(2).Did("Report Shared", 85).Paid(10, 85).Paid(15, 40),
            Account(3).Did("Report Shared", 85).Paid(20, 85).Did(Left, 40)
        ).Cohorts;

        // 22 March, and twice 6 April; 40 days ago is 21 May.
        Assert.Equal([null, new DateOnly(2026, 4, 1)], cohorts.Select(cohort => cohort.Month));
        Assert.Equal([100.0, 100.0, 100.0], cohorts[0].Net);
        Assert.Equal([30.0, 15.0], cohorts[1].Net);
        Assert.Equal([30.0, 10.0], cohorts[1].Gross);
    }

    private static MeasuredAccount Account(int number) => new(Model, $"account-{number}");

    private static MeasuredAccount Renews(int number, int inDays, RiskLevel level) =>
        Account(number)
            .Did("Report Shared", 10)
            .Paid(100, 10)
            .With(Traits.RenewalAt, Days.Date(MeasuredAccount.Today + inDays).ToString("yyyy-MM-dd"))
            .Reviewed(level);

    private static RevenueMeasures Measure(params MeasuredAccount[] accounts)
    {
        var survey = new RevenueSurvey(Model, new MeasureCalendar(MeasuredAccount.Today));
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey.Measure(accounts.Min(account => account.ToContext().Usage.FirstDay!.Value));
    }
}
