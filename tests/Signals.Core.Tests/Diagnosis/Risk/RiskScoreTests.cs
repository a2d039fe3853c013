using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Storage;
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
    public void The_worst_background_without_a_cause_is_watch_at_most()
    {
        // Once busy, then silent; nobody active, no key feature used, and the renewal is today.
        var subject = Subject(
            history => Daily(history, Today - 75, Today - 20, times: 40),
            people: PeopleOf(active: 0, of: 9),
            plan: "pro",
            renewsIn: 0
        );

        var risk = RiskScore.Of(Model).Assess(subject, RiskLevel.Healthy, explained: true);

        Assert.Equal(RiskLevel.Watch, risk.Level);
        Assert.Contains(risk.RaisedBy, reason => reason.Feature == "people.inactive" && reason.Text.En == "9 of 9 people under the floor");
    }

    [Theory]
    [InlineData(CauseIds.UsageDrop)]
    [InlineData(CauseIds.ValueNotFound)]
    [InlineData(CauseIds.NeedsChanged)]
    [InlineData(CauseIds.PaymentFailing)]
    public void A_certain_cause_is_an_alert_even_where_all_else_is_well(string cause)
    {
        var subject = Subject(history => Daily(history, Today - 90, Today, times: 4), PeopleOf(active: 9, of: 9), causes: [Certain(cause)]);

        Assert.InRange(
            RiskScore.Of(Model).Assess(subject, RiskLevel.Healthy, explained: false).Level,
            RiskLevel.AtRisk,
            RiskLevel.Critical
        );
    }

    [Fact]
    public void An_account_that_is_well_is_calm_and_a_cause_counts_by_how_much_of_it_it_is_about()
    {
        int calm = Score(),
            some = Score(Certain(CauseIds.ValueNotFound) with { Share = 0.1 }),
            all = Score(Certain(CauseIds.ValueNotFound));

        Assert.InRange(calm, 0, 12);
        Assert.InRange(some, calm + 1, 20);
        Assert.InRange(all, 50, 79);

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
        Assert.True(scores.Distinct().Count() >= 4, string.Join(", ", scores));
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
        double lowered = RiskFeatures
            .Of(Model)
            .Select(feature => feature.Weight * (feature.Measure(subject) ?? 0))
            .Where(added => added < 0.05)
            .Sum();

        Assert.Equal("cause.usage-drop", risk.RaisedBy[0].Feature);
        Assert.Equal("Usage drop: 100% sure", risk.RaisedBy[0].Text.En);
        Assert.Equal(risk.LogOdds, CauseScores.AverageLogOdds + risk.RaisedBy.Sum(reason => reason.Added) + lowered, 0.05);
        Assert.Equal(100 / (1 + Math.Exp(-risk.LogOdds)), risk.Score, 0.6);
        Assert.Null(risk.Probability);
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
        Assert.Equal(-4 + 1 + CauseScores.LogOdds(CauseIds.ChampionLeft), LogOdds(Certain(CauseIds.ChampionLeft)), 1e-3);

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
        params FoundCause[] causes
    )
    {
        model ??= Model;
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.Profile.Set("plan", plan, SignalsWorld.Start, 1);
        if (renewsIn is { } days)
            account.Profile.Set("renewalAt", Days.Start(Today + days).ToString("O"), SignalsWorld.Start, 1);
        live(account.History);
        var context = new AccountContext(
            account,
            AccountFacts.Of(account, model),
            new UsageView(account.History, model),
            model,
            new KnownEvents(new InMemoryEntityStore(), TimeProvider.System),
            Today
        );
        return new RiskSubject(context, people, causes);
    }
}
