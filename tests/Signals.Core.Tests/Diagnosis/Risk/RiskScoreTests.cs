using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Risk;

public sealed class RiskScoreTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures();
    private static readonly int Today = Days.Of(SignalsWorld.Start) + 200;

    [Fact]
    public void What_a_model_may_weigh_is_what_the_score_measures() =>
        Assert.Equal(RiskFeatureIds.Of(Model, CauseCatalogue.Ids), RiskFeatures.Of(Model).Select(feature => feature.Id));

    [Fact]
    public void A_silence_with_the_renewal_at_hand_is_a_risk_before_any_cause_is_certain()
    {
        // Once busy, then silent for three weeks; nobody active, no key feature used, and the renewal is today.
        var subject = Subject(
            history => Daily(history, Today - 75, Today - 20, times: 40),
            people: PeopleOf(active: 0, of: 9),
            plan: "pro",
            renewsIn: 0
        );

        var risk = RiskScore.Of(Model).Assess(subject, RiskLevel.Healthy, explained: true);

        Assert.True(risk.Level >= RiskLevel.AtRisk);
        Assert.Contains(
            risk.RaisedBy,
            reason => reason.Feature == "decision.days" && reason.Text.En == $"their renewal is on {Days.Date(Today):d MMMM yyyy}"
        );
        Assert.Contains(
            risk.RaisedBy,
            reason =>
                reason.Feature == "value.stopped"
                && reason.Text.En == $"up to {Days.Date(Today - 1):d MMMM yyyy} no value on 20 days on which they usually have some"
        );
    }

    [Theory]
    [InlineData(CauseIds.NeedsChanged, true)]
    [InlineData(CauseIds.PaymentFailing, true)]
    [InlineData(CauseIds.SupportUnhappy, true)]
    [InlineData(CauseIds.OnboardingStalled, true)]
    [InlineData(CauseIds.Friction, false)]
    [InlineData(CauseIds.FeaturesUnused, false)]
    public void Where_all_else_is_well_a_cause_is_an_alert_by_what_followed_it_elsewhere(string cause, bool alerts)
    {
        var subject = Subject(history => Daily(history, Today - 60, Today, times: 4), PeopleOf(active: 9, of: 9), causes: [Certain(cause)]);

        Assert.Equal(alerts, RiskScore.Of(Model).Assess(subject, RiskLevel.Healthy, explained: false).Level >= RiskLevel.AtRisk);
    }

    [Theory]
    [InlineData(30, 2)]
    [InlineData(60, 2)]
    [InlineData(130, 0)]
    public void A_stuck_step_says_something_of_leaving_in_the_first_months_only(int age, double adds)
    {
        var (_, parts) = RiskScore
            .Of(Model)
            .Explain(
                Subject(
                    history => Daily(history, Today - age, Today, times: 4),
                    PeopleOf(active: 9, of: 9),
                    causes: [Certain(CauseIds.OnboardingStalled)]
                )
            );

        Assert.Equal(adds, parts.Single(part => part.Feature.Id == "cause.onboarding-stalled").Added, 1e-6);
    }

    [Fact]
    public void An_account_that_is_well_is_calm_and_a_cause_counts_by_how_much_of_it_it_is_about()
    {
        int calm = Score(),
            some = Score(Certain(CauseIds.PaymentFailing) with { Share = 0.1 }),
            all = Score(Certain(CauseIds.PaymentFailing));

        Assert.InRange(calm, 0, 12);
        Assert.InRange(some, calm + 1, 20);
        Assert.InRange(all, 50, 90);

        static int Score(params FoundCause[] causes) =>
            RiskScore
                .Of(Model)
                .Assess(
                    Subject(history => Daily(history, Today - 90, Today, times: 4), PeopleOf(active: 9, of: 9), causes: causes),
                    RiskLevel.Healthy,
                    explained: false
                )
                .Score;
    }

    [Fact]
    public void Scores_are_graded_where_there_is_no_cause()
    {
        int[] scores =
        [
            .. new[] { 0, 1, 2, 4, 8 }.Select(times =>
                RiskScore
                    .Of(Model)
                    .Assess(
                        Subject(history => Daily(history, Today - 80, Today, times), PeopleOf(Math.Min(9, times), 9)),
                        RiskLevel.Healthy,
                        false
                    )
                    .Score
            ),
        ];

        Assert.Equal(scores.OrderDescending(), scores);
        Assert.True(scores.Distinct().Count() >= 3, string.Join(", ", scores));
    }

    [Fact]
    public void Reasons_and_the_usual_add_up_to_the_score()
    {
        var subject = Subject(
            history => Daily(history, Today - 75, Today - 20, times: 1),
            PeopleOf(active: 0, of: 2),
            causes: [Certain(CauseIds.UsageDrop)]
        );
        var risk = RiskScore.Of(Model).Assess(subject, RiskLevel.Healthy, explained: true);
        var (usual, parts) = RiskScore.Of(Model).Explain(subject);

        Assert.Equal(risk.LogOdds, usual + parts.Sum(part => part.Added), 1e-3);
        Assert.Equal(
            parts.Where(part => part.Added > 0).OrderByDescending(part => part.Added).Take(5).Select(part => part.Feature.Id),
            risk.RaisedBy.Select(reason => reason.Feature)
        );
        Assert.Contains(risk.RaisedBy, reason => reason is { Feature: "cause.usage-drop", Text.En: "Usage drop: 100% sure" });
        Assert.Null(risk.Probability);
    }

    [Fact]
    public void Each_curve_rises_or_falls_as_sense_knows()
    {
        foreach (var feature in RiskFeatures.Of(Model))
        {
            var pieces = feature.Curve.At.Zip(feature.Curve.At.Skip(1)).Zip(feature.Curve.Adds.Zip(feature.Curve.Adds.Skip(1)));
            foreach (var ((from, to), (low, high)) in pieces)
            {
                Assert.True(to > from, feature.Id);
                if (to > feature.TurnsAt)
                    continue;
                Assert.True(feature.Direction != RiskDirection.Raises || high >= low, feature.Id);
                Assert.True(feature.Direction != RiskDirection.Lowers || high <= low, feature.Id);
            }
        }
    }

    [Fact]
    public void A_silence_raises_the_risk_for_weeks_and_less_when_it_is_long_past()
    {
        double[] byDays =
        [
            .. new[] { 2, 14, 30, 60, 150, 300 }.Select(days => LogOdds(history => Daily(history, Today - 330, Today - days + 1, 1))),
        ];

        Assert.Equal(byDays[..3].Order(), byDays[..3]);
        Assert.Equal(byDays[3..].OrderDescending(), byDays[3..]);
        Assert.True(byDays[2] > byDays[5] + 0.5, string.Join(", ", byDays));

        static double LogOdds(Action<History> live) =>
            RiskScore.Of(Model).Assess(Subject(live, PeopleOf(0, 1)), RiskLevel.Healthy, explained: false).LogOdds;
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(12, true)]
    [InlineData(17, false)]
    [InlineData(50, false)]
    public void Who_pays_until_a_day_leaves_at_that_day(int renewsIn, bool raises)
    {
        var parts = RiskScore
            .Of(Model)
            .Explain(Subject(history => Daily(history, Today - 90, Today, 1), PeopleOf(1, 1), renewsIn: renewsIn))
            .Parts;

        Assert.Equal(raises, parts.Single(part => part.Feature.Id == "decision.days").Added > 0);
    }

    [Theory]
    [InlineData("30 61 92", 12, true)]
    [InlineData("30 61 92", 25, false)]
    [InlineData("80 86 92", 12, false)]
    public void A_month_between_payments_tells_when_the_next_decision_is(string paidAgo, int today, bool near)
    {
        int[] days = [.. paidAgo.Split(' ').Select(int.Parse)];
        var model = Model with { Billing = new BillingDefinition { Recovered = ["Payment Succeeded"] } };
        // The last payment was 92 - 92 = 0 days before day 0; today lies a month less so many days after it.
        var subject = Subject(
            history =>
            {
                Daily(history, Today - 120, Today, 1);
                foreach (int day in days)
                    history.Record("Payment Succeeded", Days.Start(Today - 30 + today - 92 + day).AddHours(8), false, []);
            },
            PeopleOf(1, 1),
            model
        );

        Assert.Equal(near, Decisions.Next(subject) - Today <= 14);
    }

    [Fact]
    public void The_habit_of_working_days_is_not_broken_by_a_weekend()
    {
        // A Monday, so that the last two days were no working days.
        int monday = Enumerable.Range(Today, 7).First(day => Days.Start(day).DayOfWeek == DayOfWeek.Monday);
        Assert.Equal(0, Stopped(monday, monday - 2));
        Assert.True(Stopped(monday + 4, monday - 2) > 6);

        static double Stopped(int today, int until) =>
            RiskFeatures
                .Of(Model)
                .Single(feature => feature.Id == "value.stopped")
                .Measure(
                    Subject(
                        history =>
                        {
                            for (int day = today - 70; day < until; day++)
                            {
                                if (Days.Start(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                                    Daily(history, day, day + 1, 2);
                            }
                        },
                        PeopleOf(1, 1),
                        today: today
                    )
                )!
                .Value;
    }

    [Fact]
    public void A_silence_that_had_its_like_surprises_less()
    {
        double first = Stopped(history => Daily(history, Today - 90, Today - 6, 2)),
            again = Stopped(history =>
            {
                Daily(history, Today - 90, Today - 50, 2);
                Daily(history, Today - 42, Today - 6, 2);
            });

        Assert.True(again < first / 2, $"{first}, {again}");

        static double Stopped(Action<History> live) =>
            RiskFeatures.Of(Model).Single(feature => feature.Id == "value.stopped").Measure(Subject(live, PeopleOf(1, 1)))!.Value;
    }

    [Theory]
    [InlineData(0.01, 25, RiskLevel.Watch)]
    [InlineData(0.03, 50, RiskLevel.AtRisk)]
    [InlineData(0.10, 80, RiskLevel.Critical)]
    [InlineData(0.005, 13, RiskLevel.Healthy)]
    [InlineData(0.55, 90, RiskLevel.Critical)]
    public void A_calibrated_score_begins_levels_at_their_probabilities(double probability, int score, RiskLevel level)
    {
        var model = Model with { Risk = Calibration(Math.Log(probability / (1 - probability)) + 1e-9) };

        var risk = RiskScore.Of(model).Assess(Subject(_ => { }, PeopleSummary.None, model), RiskLevel.Healthy, explained: true);

        Assert.Equal((score, level), (risk.Score, risk.Level));
        Assert.Equal(probability, risk.Probability!.Value, 1e-4);
    }

    [Fact]
    public void Calibrated_weights_replace_reasoned_ones_but_for_causes_that_history_did_not_show()
    {
        var model = Model with
        {
            Risk = Calibration(-4) with
            {
                Weights = new Dictionary<string, FeatureWeight>(StringComparer.Ordinal)
                {
                    ["cause.usage-drop"] = new(0.5, 0, 0.25),
                    ["people.inactive"] = new(1, 0.5, 0.5),
                },
            },
        };
        var people = PeopleOf(active: 0, of: 4);

        Assert.Equal(-4 + 1, LogOdds(), 1e-3);
        Assert.Equal(-4 + 1 + 2, LogOdds(Certain(CauseIds.UsageDrop)), 1e-3);
        Assert.Equal(-4 + 1 + 1.6, LogOdds(Certain(CauseIds.ChampionLeft)), 1e-3);

        double LogOdds(params FoundCause[] causes) =>
            RiskScore
                .Of(model)
                .Assess(
                    Subject(history => Daily(history, Today - 60, Today - 40, 1), people, model, causes: causes),
                    RiskLevel.Healthy,
                    explained: false
                )
                .LogOdds;
    }

    [Fact]
    public void No_feature_knows_how_long_the_record_is()
    {
        double[] one = Measured(since: Today - 120),
            other = Measured(since: Today - 390);

        Assert.Equal(one, other);
        Assert.Equal(RiskFeatures.Of(Model).Count, one.Length);

        static double[] Measured(int since) =>
            RiskFeatures.Measure(Subject(history => Daily(history, since, Today, times: 3), PeopleOf(2, 3), plan: "pro"));
    }

    internal static RiskCalibration Calibration(double intercept) =>
        new()
        {
            Date = new DateOnly(2026, 1, 31),
            HorizonDays = 14,
            Data = new CalibrationData("history.ndjson.gz", null, 500, 40),
            Intercept = intercept,
            Weights = new Dictionary<string, FeatureWeight>(StringComparer.Ordinal),
            Levels = new RiskThresholds(0.01, 0.03, 0.10),
        };

    private static FoundCause Certain(string cause) => new(cause, null, CauseSubject.Account, 1, 1, []);

    private static void Daily(History history, int from, int to, int times)
    {
        for (int day = from; day < to; day++)
        {
            for (int i = 0; i < times; i++)
                history.Record("Report Shared", Days.Start(day).AddHours(9), true, []);
        }
    }

    private static PeopleSummary PeopleOf(int active, int of)
    {
        var people = PeopleSummary.None;
        for (int i = 0; i < of; i++)
            people = people.With($"u_{i}", PersonFinding.None, new PersonFinding(true, i < active, i < active ? 40 : 0, []));
        return people;
    }

    private static RiskSubject Subject(
        Action<History> live,
        PeopleSummary people,
        ValueModel? model = null,
        string? plan = null,
        int? renewsIn = null,
        int? today = null,
        params FoundCause[] causes
    )
    {
        model ??= Model;
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.Profile.Set("plan", plan, SignalsWorld.Start, 1);
        if (renewsIn is { } days)
            account.Profile.Set("renewalAt", Days.Start(Today + days).ToString("O"), SignalsWorld.Start, 1);
        live(account.History);
        var context = AccountContexts.Of(account, model, today ?? Today);
        return new RiskSubject(context, people, causes);
    }
}
