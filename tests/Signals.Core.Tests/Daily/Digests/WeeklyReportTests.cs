using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Digests;

/// <summary>Day 0 is a Monday; the model's zone is UTC. Day 14 is the Monday whose report is looked at.</summary>
public sealed class WeeklyReportTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp().WithFeatures() with
    {
        Friction = [new FrictionKind("errors", "errors", ["Error"])],
        Churn = new ChurnDefinition { Events = ["Subscription Cancelled"] },
        Alerts = new AlertSettings { To = ["team@nimbus.example", "TEAM@nimbus.example", "boss@nimbus.example"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_to_each_default_address_on_Monday_at_seven_once()
    {
        var world = await WithFiguresAsync();

        Assert.Equal(0, await RunAtAsync(world, world.At(14, 6.9)));
        Assert.Equal(2, await RunAtAsync(world, world.At(14, 7.1)));
        Assert.Equal(0, await RunAtAsync(world, world.At(14, 8)));
        await world.RestartAsync();
        Assert.Equal(0, await RunAtAsync(world, world.At(15, 8)));

        Assert.Equal(["boss@nimbus.example", "team@nimbus.example"], world.Mail.Left.Select(mail => mail.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_host_that_was_away_on_Monday_makes_up_for_it_until_it_is_no_news()
    {
        var world = await WithFiguresAsync();
        Assert.Equal(2, await RunAtAsync(world, world.At(16, 9)));

        world = await WithFiguresAsync();
        Assert.Equal(0, await RunAtAsync(world, world.At(17, 9)));
    }

    [Fact]
    public async Task A_host_that_was_away_since_Thursday_reports_once_it_has_figures_again()
    {
        var world = await LiveAsync(Model);
        await world.Get<FigureBook>().SaveAsync(Figures(world, day: 10, critical: 3, stuck: 32, friction: 0, profile: 2), Cancel);

        // Nothing is known of the days before Monday: the report waits for the figures of the day that the host came back on.
        Assert.Equal(0, await RunAtAsync(world, world.At(15, 9)));
        await world.Get<FigureBook>().SaveAsync(Figures(world, day: 15, critical: 4, stuck: 37, friction: 6, profile: 1), Cancel);
        await world.RestartAsync();
        Assert.Equal(2, await RunAtAsync(world, world.At(15, 9.5)));
        Assert.Equal(0, await RunAtAsync(world, world.At(15, 10)));
        Assert.Equal(2, world.Mail.Left.Count);
    }

    [Fact]
    public async Task It_tells_what_holds_most_accounts_back_how_that_changed_and_what_is_worth_fixing()
    {
        var world = await WithFiguresAsync();

        var report = await ReportAsync(world);

        Assert.Equal((100, 4, 30), (report.Customers, report.Critical.Accounts, report.AtRisk.Accounts));
        Assert.Equal(
            ("1 more than a week ago", "as many as a week ago", "2 fewer than a week ago"),
            (report.Critical.Change, report.AtRisk.Change, report.Watch.Change)
        );
        Assert.Equal(
            [
                ("37 accounts are stuck at “Import your users”", 12, "5 more than a week ago", true),
                ("6 accounts have trouble with errors", 1, "6 more than a week ago", true),
                ("5 accounts pay for Exports and do not use it", 0, "as many as a week ago", true),
                ("4 accounts: Usage drop", 4, "as many as a week ago", false),
                ("1 account is stuck at “Fill in your profile”", 0, "1 fewer than a week ago", false),
            ],
            report.Topics.Select(topic => (topic.Text, topic.AtRisk, topic.Change, topic.WorthFixing))
        );
    }

    [Fact]
    public async Task It_speaks_French_to_a_team_that_reads_it()
    {
        var world = await WithFiguresAsync(Model with { Alerts = Model.Alerts with { Locale = "fr" } });

        var report = await ReportAsync(world);

        Assert.Equal("37 comptes bloquent sur «\u00a0Import your users\u00a0»", report.Topics[0].Text);
        Assert.Equal("5 de plus qu’il y a une semaine", report.Topics[0].Change);
        Assert.Equal("4 comptes\u00a0: Chute d’usage", report.Topics[3].Text, ignoreCase: true);
        Assert.Equal("fr", (await PlannedAsync(world)).Locale);
    }

    [Fact]
    public async Task Without_figures_of_a_week_before_it_tells_no_change()
    {
        var world = await LiveAsync(Model);
        await world.Get<FigureBook>().SaveAsync(Figures(world, day: 14, critical: 4, stuck: 37, friction: 6, profile: 1), Cancel);

        var report = await ReportAsync(world);

        Assert.Equal(("", ""), (report.Critical.Change, report.Topics[0].Change));
    }

    [Fact]
    public async Task Without_customers_or_fresh_figures_there_is_nothing_to_report()
    {
        var world = await LiveAsync(Model);
        Assert.Equal(0, await RunAtAsync(world, world.At(14, 8)));

        world = await LiveAsync(Model);
        await world.Get<FigureBook>().SaveAsync(Figures(world, day: 10, critical: 4, stuck: 37, friction: 6, profile: 1), Cancel);
        Assert.Equal(0, await RunAtAsync(world, world.At(14, 8)));
    }

    [Fact]
    public async Task It_tells_who_stays_with_how_sure_that_is()
    {
        var draft = new ReportDraft(Model, Figures(await LiveAsync(Model), 14, 4, 37, 6, 1), before: null);

        var report = draft.ToMessage(
            Measures(
                new RetentionPeriod(
                    new DateOnly(2025, 2, 1),
                    new DateOnly(2025, 3, 2),
                    Proportion.Of95(90, 100),
                    10,
                    Proportion.Of95(60, 80)
                )
            ),
            [],
            ReportWeek.Quiet
        );

        Assert.Equal(
            [
                "90% (83% to 94%) of the 100 customers of 30 days ago are still customers.",
                "75% (65% to 83%) of the 80 accounts that got their value then get it now.",
            ],
            report.Retention
        );
    }

    [Theory]
    [InlineData(
        9000,
        4050,
        1000,
        250,
        "45% of 9,000 reached the goal with the message, 25% of 1,000 without. It helps: +17 to +23 points."
    )]
    [InlineData(
        9000,
        2250,
        1000,
        450,
        "25% of 9,000 reached the goal with the message, 45% of 1,000 without. It harms: −23 to −17 points."
    )]
    [InlineData(
        9000,
        2250,
        1000,
        250,
        "25% of 9,000 reached the goal with the message, 25% of 1,000 without. No difference shown: −3 to +3 points."
    )]
    public async Task It_tells_what_messages_achieved(int treated, int reached, int heldOut, int reachedAnyway, string expected)
    {
        var draft = new ReportDraft(Model, Figures(await LiveAsync(Model), 14, 4, 37, 6, 1), before: null);
        var effect = new PlaybookEffect(
            Model.PlaybookFor(CauseIds.OnboardingStalled),
            new Comparison(new Arm(treated, reached), new Arm(heldOut, reachedAnyway), 0.1),
            null
        );

        var told = Assert.Single(draft.ToMessage(null, [effect], ReportWeek.Quiet).Effects);

        Assert.Equal("Onboarding stalled", told.Name);
        Assert.StartsWith(expected, told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2000, 900, 220, 50)]
    [InlineData(12, 5, 0, 0)]
    public async Task What_cannot_be_told_yet_is_one_footnote(int treated, int reached, int heldOut, int reachedAnyway)
    {
        var draft = new ReportDraft(Model, Figures(await LiveAsync(Model), 14, 4, 37, 6, 1), before: null);
        var effect = new PlaybookEffect(
            Model.PlaybookFor(CauseIds.OnboardingStalled),
            new Comparison(new Arm(treated, reached), new Arm(heldOut, reachedAnyway), 0.1),
            null
        );

        var report = draft.ToMessage(null, [effect, effect], ReportWeek.Quiet);

        Assert.Empty(report.Effects);
        Assert.Matches("^What the messages achieve cannot be told yet: it takes up to [0-9,]+ more people.$", report.Footnote);
        Assert.Equal("", draft.ToMessage(null, [], ReportWeek.Quiet).Footnote);
    }

    [Fact]
    public async Task It_tells_the_money_at_risk_saved_and_lost()
    {
        var world = await LiveAsync(Model);
        var draft = new ReportDraft(Model, Paying(world, 14, atRisk: 2000, critical: 500), Paying(world, 7, atRisk: 1500, critical: 200));

        var money = draft.ToMessage(null, [], ReportWeek.Quiet with { Recovered = (2, 300), Left = (1, 99) }).Money!;

        Assert.Equal(
            new MessageReportMoney(
                "2,500 USD a month",
                "800 USD more than a week ago",
                "300 USD a month",
                "2 customers recovered",
                "99 USD a month",
                "1 customer left"
            ),
            money
        );
        var free = new ReportDraft(Model, Paying(world, 14, 0, 0), null);
        Assert.Null(free.ToMessage(null, [], ReportWeek.Quiet).Money);
    }

    [Fact]
    public async Task It_tells_three_things_to_do_the_dearest_customer_first()
    {
        var world = await LiveAsync(Model);
        var draft = new ReportDraft(Model, Figures(world, 14, 4, 37, 6, 1), before: null);
        Alert[] open =
        [
            Open(world, "Small", RiskLevel.Critical, 10, CauseIds.UsageDrop),
            Open(world, "Large", RiskLevel.Critical, 990, CauseIds.PaymentFailing, "Noah Reyes (noah@large.example)"),
            Open(world, "Milder", RiskLevel.AtRisk, 5000, CauseIds.UsageDrop),
        ];

        Assert.Equal(
            [
                "Talk to Noah Reyes (noah@large.example) about Large (990 USD a month): Payment failing.",
                "Have the product fixed: 37 accounts are stuck at “Import your users”. Together they pay 3,700 USD a month.",
                "Answer the 2 alerts that wait for longer than agreed.",
            ],
            draft.ToMessage(null, [], ReportWeek.Quiet with { Open = open, Late = 2 }).ToDo.Select(thing => thing.Text)
        );
        Assert.Equal(
            ["Talk to Small (10 USD a month): Usage drop."],
            new ReportDraft(Model, Paying(world, 14, 1, 1), null)
                .ToMessage(null, [], ReportWeek.Quiet with { Open = open[..1] })
                .ToDo.Select(thing => thing.Text)
        );
        Assert.Empty(new ReportDraft(Model, Paying(world, 14, 1, 1), null).ToMessage(null, [], ReportWeek.Quiet).ToDo);
    }

    [Fact]
    public async Task Saved_and_lost_are_those_of_the_week()
    {
        var world = await WithFiguresAsync(paying: true);
        await MovedAsync(world, AccountLists.Recovered, "This week", world.At(9), 100);
        await MovedAsync(world, AccountLists.Recovered, "The week before", world.At(6), 1000);
        await MovedAsync(world, AccountLists.Recovered, "Still at risk", world.At(9), 7, RiskLevel.Critical, RiskLevel.AtRisk);
        await MovedAsync(world, AccountLists.Recovered, "Never at risk", world.At(9), 9, RiskLevel.Watch);
        await MovedAsync(world, AccountLists.Gone, "Gone", world.At(10), 50);

        var money = (await ReportAsync(world)).Money!;

        Assert.Equal(
            ("100 USD a month", "1 customer recovered", "50 USD a month", "1 customer left"),
            (money.Saved, money.SavedBy, money.Lost, money.LostBy)
        );
    }

    [Fact]
    public async Task Whatever_call_the_process_dies_at_each_report_leaves_once()
    {
        for (int call = 1, calls = int.MaxValue; call <= calls; call++)
        {
            var world = await WithFiguresAsync();
            world.Clock.MoveTo(world.At(14, 8));
            int made = 0;
            world.Store.Probe.Before = _ => ++made == call ? throw new IOException("died") : default;
            if (await Record.ExceptionAsync(() => world.Get<WeeklyReport>().RunAsync(Cancel)) is null)
                calls = call;
            world.Store.Probe.Before = null;
            await world.RestartAsync();
            await world.Get<WeeklyReport>().RunAsync(Cancel);
            await world.AdvanceToAsync(day: 15);

            Assert.Equal(
                ["boss@nimbus.example", "team@nimbus.example"],
                world.Mail.Left.Select(mail => mail.To).Order(StringComparer.Ordinal)
            );
        }
    }

    private static async Task<SignalsWorld> LiveAsync(ValueModel model)
    {
        var world = await SignalsWorld.WithAsync(model);
        await world.Get<LiveSince>().NoteAsync(world.At(0), Cancel);
        return world;
    }

    private static async Task<SignalsWorld> WithFiguresAsync(ValueModel? model = null, bool paying = false)
    {
        var world = await LiveAsync(model ?? Model);
        if (paying)
        {
            await world.Get<FigureBook>().SaveAsync(Paying(world, 14, atRisk: 2000, critical: 500), Cancel);
            return world;
        }
        await world.Get<FigureBook>().SaveAsync(Figures(world, day: 7, critical: 3, stuck: 32, friction: 0, profile: 2), Cancel);
        await world.Get<FigureBook>().SaveAsync(Figures(world, day: 14, critical: 4, stuck: 37, friction: 6, profile: 1), Cancel);
        return world;
    }

    private static DayFigures Figures(SignalsWorld world, int day, int critical, int stuck, int friction, int profile)
    {
        int watch = 60 - (stuck - 30) / 2;
        var topics = new Dictionary<string, TopicFigures>(StringComparer.Ordinal)
        {
            ["onboarding-stalled"] = new(stuck + profile, 12, 60, 0),
            ["onboarding-stalled/import"] = new(stuck, 12, 50, 100 * stuck),
            ["onboarding-stalled/profile"] = new(profile, 0, 10, 0),
            ["features-unused"] = new(5, 0, 0, 0),
            ["features-unused/exports"] = new(5, 0, 0, 0),
            ["usage-drop"] = new(4, 4, 0, 0),
            ["delight"] = new(50, 0, 0, 0),
        };
        if (friction > 0)
            (topics["friction"], topics["friction/errors"]) = (new(friction, 1, 9, 0), new(friction, 1, 9, 0));
        return new DayFigures
        {
            Day = Days.Of(world.At(day)),
            Levels = [new(100 - critical - 30 - watch, 0), new(watch, 0), new(30, 0), new(critical, 0)],
            Left = 3,
            Health = 60,
            Topics = topics,
        };
    }

    private static DayFigures Paying(SignalsWorld world, int day, double atRisk, double critical) =>
        new()
        {
            Day = Days.Of(world.At(day)),
            Levels = [new(90, 0), new(0, 0), new(6, atRisk), new(4, critical)],
            Left = 0,
            Health = 60,
            Topics = new Dictionary<string, TopicFigures>(StringComparer.Ordinal),
        };

    private static Alert Open(SignalsWorld world, string name, RiskLevel level, double price, string cause, params string[] contacts) =>
        new()
        {
            Id = AlertId.Of(AccountKey.Group(name), world.At(1)).Value,
            Account = AccountKey.Group(name).Value,
            AccountId = name,
            AccountName = name,
            Level = level,
            Price = price,
            Contacts = [.. contacts.Select(contact => new MessageContact("u_noah", contact))],
            Causes = [new AlertCause(cause, null, 0, 0.9, null)],
            RaisedAt = world.At(1),
            WorseAt = world.At(1),
        };

    private static async Task MovedAsync(
        SignalsWorld world,
        string list,
        string name,
        DateTimeOffset at,
        double price,
        RiskLevel before = RiskLevel.AtRisk,
        RiskLevel now = RiskLevel.Healthy
    )
    {
        string key = AccountKey.Group(name).Value;
        var row = new Entity(ShardedList.Partition(list, key), $"{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:D19}:{key}");
        AccountLists.Write(
            row,
            new AccountSummary
            {
                Key = key,
                Id = name,
                Name = name,
                Since = at,
                Previous = before,
                Level = now,
                Price = price,
                Causes = [],
            }
        );
        await world.Get<ShardedList>().PutAsync(row, Cancel);
    }

    private static ProductMeasures Measures(RetentionPeriod period) =>
        new()
        {
            MeasuredAt = SignalsWorld.Start,
            Fingerprint = "",
            Accounts = 100,
            Causes = new Dictionary<string, int>(StringComparer.Ordinal),
            Features = [],
            Retention = period,
            RetentionByPlan = [],
            RetentionByMonth = [],
            SurveysByPerson = [],
            NpsByAccount = [],
        };

    private static async Task<int> RunAtAsync(SignalsWorld world, DateTimeOffset moment)
    {
        world.Clock.MoveTo(moment);
        int planned = await world.Get<WeeklyReport>().RunAsync(Cancel);
        await world.RunAsync();
        return planned;
    }

    private static async Task<MessageReport> ReportAsync(SignalsWorld world)
    {
        Assert.Equal(2, await RunAtAsync(world, world.At(14, 8)));
        return (await PlannedAsync(world)).Variables.Report!;
    }

    private static async Task<OutreachRecord> PlannedAsync(SignalsWorld world) =>
        (await world.Get<OutreachRows>().OfAccountAsync(new AccountKey("d_reports"), 1, null, Cancel)).Single();
}
