using Signals.Core.Daily.Digests;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.Team;
using Signals.Core.State.Work;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Digests;

/// <summary>Day 0 is a Monday; the model's zone is UTC.</summary>
public sealed class DailyDigestTests
{
    private const string Manager = "cs@nimbus.example";

    private static readonly ValueModel Model = StoryModels.OfGroups;

    [Fact]
    public async Task It_tells_whose_risk_grew_and_who_recovered_since_the_last_one()
    {
        var world = await LiveAsync();
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(1, 9)) with { Score = 90 });
        await GivenAsync(world, Account("Better", RiskLevel.Healthy, RiskLevel.AtRisk, world.At(1, 9)));
        await GivenAsync(world, Account("Waiting", RiskLevel.AtRisk, RiskLevel.Watch, world.At(-20)));
        await GivenAsync(world, Account("Fine", RiskLevel.Healthy, RiskLevel.Healthy, world.At(1, 9)));
        await GivenAsync(world, Account("Old news", RiskLevel.Healthy, RiskLevel.Critical, world.At(-20)));
        await GivenAsync(world, Account("A bit better", RiskLevel.AtRisk, RiskLevel.Critical, world.At(1, 9)));

        var digest = Assert.Single(await RunAsync(world, day: 2)).Variables.Digest!;

        Assert.Equal(["Worse"], digest.Worse.Select(account => account.Name));
        Assert.Equal(("critical", "watch", 90), (digest.Worse[0].RiskLevel, digest.Worse[0].PreviousRiskLevel, digest.Worse[0].RiskScore));
        Assert.Equal(["Better"], digest.Recovered.Select(account => account.Name));
        Assert.Empty(digest.Open);
    }

    [Fact]
    public async Task It_is_silent_without_news_but_for_Mondays_reminder_of_who_still_waits()
    {
        var world = await LiveAsync();
        await GivenAsync(world, Account("Waiting", RiskLevel.AtRisk, RiskLevel.Watch, world.At(-20)));

        Assert.Empty(await RunAsync(world, day: 2));
        await GivenAsync(world, Account("A bit better", RiskLevel.AtRisk, RiskLevel.Critical, world.At(6)));

        var monday = Assert.Single(await RunAsync(world, day: 7)).Variables.Digest!;

        Assert.Equal(["A bit better", "Waiting"], monday.Open.Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_CSM_hears_of_their_own_accounts_and_the_team_of_the_others()
    {
        var world = await LiveAsync();
        await GivenAsync(world, Account("One", RiskLevel.AtRisk, RiskLevel.Healthy, world.At(1, 9)) with { Csm = "Zoe@nimbus.example" });
        await GivenAsync(world, Account("Two", RiskLevel.AtRisk, RiskLevel.Healthy, world.At(1, 9)) with { Csm = "zoe@nimbus.example" });
        await GivenAsync(
            world,
            Account("Three", RiskLevel.AtRisk, RiskLevel.Healthy, world.At(1, 9)) with
            {
                Csm = "nobody in particular",
            }
        );

        var digests = await RunAsync(world, day: 2);

        Assert.Equal(
            [(Manager, 1), ("zoe@nimbus.example", 2)],
            digests.Select(record => (record.To.ToLowerInvariant(), record.Variables.Digest!.WorseCount)).Order()
        );
    }

    [Fact]
    public async Task It_lists_the_worst_twenty_and_counts_the_rest()
    {
        var world = await LiveAsync();
        for (int i = 0; i < 30; i++)
            await GivenAsync(
                world,
                Account($"Account {i:D2}", RiskLevel.AtRisk, RiskLevel.Healthy, world.At(1, 9)) with
                {
                    Score = 50 + i,
                }
            );

        var digest = Assert.Single(await RunAsync(world, day: 2)).Variables.Digest!;

        Assert.Equal(Enumerable.Range(10, 20).Reverse().Select(i => $"Account {i:D2}"), digest.Worse.Select(account => account.Name));
        Assert.Equal((30, 10), (digest.WorseCount, digest.WorseUnlisted));
    }

    [Fact]
    public async Task It_leaves_once_a_day_however_often_it_runs_and_wherever()
    {
        var world = await LiveAsync();
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(1, 9)));

        await RunAsync(world, day: 2);
        await world.RestartAsync();
        await RunAsync(world, day: 2);

        Assert.Single(world.Mail.Left, mail => mail.To == Manager);
    }

    [Fact]
    public async Task Whatever_call_the_process_dies_at_each_digest_leaves_once()
    {
        for (int call = 1, calls = int.MaxValue; call <= calls; call++)
        {
            var world = await LiveAsync();
            await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(1, 9)));
            await world.AdvanceToAsync(world.At(2));
            int made = 0;
            world.Store.Probe.Before = _ => ++made == call ? throw new IOException("died") : default;
            if (await Record.ExceptionAsync(() => world.Get<DailyDigest>().RunAsync(TestContext.Current.CancellationToken)) is null)
                calls = call;
            world.Store.Probe.Before = null;
            await world.RestartAsync();
            await world.Get<DailyDigest>().RunAsync(TestContext.Current.CancellationToken);
            await world.AdvanceToAsync(day: 3);

            Assert.Single(world.Mail.Left, mail => mail.To == Manager);
        }
    }

    [Fact]
    public async Task Nothing_leaves_in_a_dry_run()
    {
        var world = await LiveAsync(Model with { Outreach = Model.Outreach with { Mode = OutreachMode.DryRun } });
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(1, 9)));

        await RunAsync(world, day: 2);

        Assert.Empty(world.Mail.Left);
    }

    [Fact]
    public async Task An_old_digest_is_no_news_and_is_not_planned()
    {
        var world = await LiveAsync();
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 9)));

        // Friday's is the latest on Sunday night; with a day to live it has expired.
        await world.RestartAsync(Model with { Outreach = Model.Outreach with { ExpireAfterDays = 1 } });
        Assert.Empty(await RunAsync(world, day: 6));
    }

    [Fact]
    public async Task A_host_that_was_away_in_the_morning_makes_up_for_it_later_that_day_once()
    {
        var world = await LiveAsync();
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 15)));

        Assert.Equal(["Worse"], Worse(Assert.Single(await RunAtAsync(world, world.At(1, 16)))));
        await world.RestartAsync();
        Assert.Empty(await RunAtAsync(world, world.At(1, 23.9)));
        Assert.Empty(await RunAtAsync(world, world.At(2, 8)));

        Assert.Single(world.Mail.Left, mail => mail.To == Manager);
    }

    [Fact]
    public async Task Whoever_comes_back_days_later_gets_one_digest_with_all_that_the_missed_ones_would_have_told()
    {
        var world = await LiveAsync();
        await RunAtAsync(world, world.At(0, 7.1));
        await GivenAsync(world, Account("Monday's", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 15)));
        await GivenAsync(world, Account("Better", RiskLevel.Healthy, RiskLevel.AtRisk, world.At(0, 16)));
        await GivenAsync(world, Account("Told on Monday", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 6)));

        // Away from Monday night to Friday: Tuesday's, Wednesday's and Thursday's are not sent beside Friday's.
        var digest = Assert.Single(await RunAtAsync(world, world.At(4, 9)));

        Assert.Equal(["Monday's"], Worse(digest));
        Assert.Equal(["Better"], digest.Variables.Digest!.Recovered.Select(account => account.Name));
        Assert.Single(world.Mail.Left, mail => mail.To == Manager);
        Assert.Empty(await RunAtAsync(world, world.At(7 + 1, 8)));
    }

    [Theory]
    [InlineData(2, 5)] // Tuesday's on Wednesday at five: two hours before Wednesday's.
    [InlineData(5, 12)] // Friday's on Saturday.
    [InlineData(7, 6.5)] // Friday's on Monday at half past six.
    public async Task A_digest_whose_day_is_over_leaves_its_news_to_the_next_morning(int day, double hour)
    {
        var world = await LiveAsync();
        await RunAtAsync(world, world.At(0, 7.1));
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 15)));

        Assert.Empty(await RunAtAsync(world, world.At(day, hour)));

        Assert.Equal(["Worse"], Worse(Assert.Single(await RunAtAsync(world, world.At(day == 5 ? 7 : day, 7.1)))));
    }

    [Fact]
    public async Task News_of_weeks_ago_are_none_however_long_the_host_was_away()
    {
        var world = await LiveAsync();
        await RunAtAsync(world, world.At(0, 7.1));
        await GivenAsync(world, Account("Old", RiskLevel.Critical, RiskLevel.Watch, world.At(1)));
        await GivenAsync(world, Account("New", RiskLevel.Critical, RiskLevel.Watch, world.At(10)));

        Assert.Equal(["New"], Worse(Assert.Single(await RunAtAsync(world, world.At(21, 8)))));
    }

    [Fact]
    public async Task What_no_mail_server_took_by_the_next_morning_is_told_by_the_next_digest_alone()
    {
        var world = await LiveAsync();
        await RunAtAsync(world, world.At(0, 7.1));
        await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 15)));
        world.Mail.Answers = _ => new SendOutcome(SendStatus.Transient);
        var stuck = Assert.Single(await RunAtAsync(world, world.At(1, 7.1)));
        world.Mail.Answers = _ => new SendOutcome(SendStatus.Accepted);

        var next = Assert.Single(await RunAtAsync(world, world.At(2, 7.1)));

        Assert.Equal(["Worse"], Worse(next));
        await world.AdvanceToAsync(world.At(4));
        Assert.Single(world.Mail.Left, mail => mail.To == Manager);
        Assert.Equal(
            OutreachState.Expired,
            (await world.Get<OutreachRows>().GetAsync(new OutreachId(stuck.Id), TestContext.Current.CancellationToken))!.Record.State
        );
    }

    [Fact]
    public async Task Whatever_call_the_process_dies_at_when_it_comes_back_late_each_digest_leaves_once_with_all_its_news()
    {
        for (int call = 1, calls = int.MaxValue; call <= calls; call++)
        {
            var world = await LiveAsync();
            await RunAtAsync(world, world.At(0, 7.1));
            await GivenAsync(world, Account("Worse", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 15)));
            await GivenAsync(
                world,
                Account("Zoe's", RiskLevel.Critical, RiskLevel.Watch, world.At(0, 15)) with
                {
                    Csm = "zoe@nimbus.example",
                }
            );
            await world.AdvanceToAsync(world.At(3, 12));
            int made = 0;
            world.Store.Probe.Before = _ => ++made == call ? throw new IOException("died") : default;
            if (await Record.ExceptionAsync(() => world.Get<DailyDigest>().RunAsync(TestContext.Current.CancellationToken)) is null)
                calls = call;
            world.Store.Probe.Before = null;
            await world.RestartAsync();
            await world.Get<DailyDigest>().RunAsync(TestContext.Current.CancellationToken);
            await world.AdvanceToAsync(day: 5);

            Assert.Equal(
                [(Manager, "Worse"), ("zoe@nimbus.example", "Zoe's")],
                (
                    await world
                        .Get<OutreachRows>()
                        .OfAccountAsync(new AccountKey("d_digests"), 10, null, TestContext.Current.CancellationToken)
                )
                    .Select(record => (record.To, Worse(record).Single()))
                    .Order()
            );
            Assert.Equal(2, world.Mail.Left.Count);
        }
    }

    private static IEnumerable<string> Worse(OutreachRecord record) => record.Variables.Digest!.Worse.Select(account => account.Name);

    [Fact]
    public async Task A_step_that_is_due_is_told_its_owner_once_and_stands_there_until_it_is_done()
    {
        var world = await LiveAsync();
        var users = world.Get<TeamUsers>();
        foreach (string address in new[] { "zoe@nimbus.example", "ann@nimbus.example" })
            await users.AddAsync(
                new TeamUser
                {
                    Id = TeamUsers.IdOf(address),
                    Address = address,
                    Name = address,
                    Role = "manager",
                    CreatedAt = world.At(0),
                    CreatedBy = "api",
                },
                TestContext.Current.CancellationToken
            );
        await PlanAsync(world, ("late", 1), ("today", 2), ("tomorrow", 3));

        var told = Assert.Single(await RunAsync(world, day: 2));
        Assert.Equal("zoe@nimbus.example", told.To);
        Assert.Equal(
            [("Acme", "Late.", true), ("Acme", "Today.", false)],
            told.Variables.Digest!.Steps.Select(step => (step.Name, step.Step, step.StepLate))
        );
        Assert.Equal("tomorrow", (await StepsAsync(world, day: 3))[^1].Id);
        Assert.Equal(3, Assert.Single(await RunAsync(world, day: 3)).Variables.Digest!.StepsCount);
        Assert.Empty(await RunAsync(world, day: 4));
        Assert.Equal(3, Assert.Single(await RunAsync(world, day: 7)).Variables.Digest!.StepsCount);
    }

    private static Task<IReadOnlyList<ListedWork>> StepsAsync(SignalsWorld world, int day) =>
        world.Get<WorkBook>().StepsAsync("zoe@nimbus.example", DayOf(world, day), 10, TestContext.Current.CancellationToken);

    private static async Task PlanAsync(SignalsWorld world, params (string Id, int Day)[] steps) =>
        await world
            .Get<WorkBook>()
            .ChangeAsync(
                AccountKey.Group("acme"),
                "acme",
                "Acme",
                work =>
                    work with
                    {
                        Steps =
                        [
                            .. steps.Select(step => new WorkStep(
                                step.Id,
                                step.Id,
                                DayOf(world, step.Day),
                                "zoe@nimbus.example",
                                "ann@nimbus.example",
                                world.At(0)
                            )),
                        ],
                    },
                TestContext.Current.CancellationToken
            );

    private static DateOnly DayOf(SignalsWorld world, int day) => DateOnly.FromDateTime(world.At(day).UtcDateTime);

    private static async Task<SignalsWorld> LiveAsync(ValueModel? model = null)
    {
        var world = await SignalsWorld.WithAsync(model ?? Model);
        await world.Get<LiveSince>().NoteAsync(world.At(0), TestContext.Current.CancellationToken);
        return world;
    }

    private static AccountSummary Account(string name, RiskLevel level, RiskLevel previous, DateTimeOffset since) =>
        new()
        {
            Key = AccountKey.Group(name).Value,
            Id = name,
            Name = name,
            Level = level,
            Previous = previous,
            Since = since,
            Score = (int)level * 25,
            Causes = [],
        };

    private static async Task GivenAsync(SignalsWorld world, AccountSummary account)
    {
        var row = new Entity(
            ShardedList.Partition(AccountLists.ByRisk, account.Key),
            AccountLists.RiskOrder(account.Level, 0, account.Score, account.Key)
        );
        AccountLists.Write(row, account);
        await world.Get<ShardedList>().PutAsync(row, TestContext.Current.CancellationToken);
    }

    /// <summary>The digests planned on the morning of a day; they leave at once.</summary>
    private static Task<IReadOnlyList<OutreachRecord>> RunAsync(SignalsWorld world, int day) => RunAtAsync(world, world.At(day));

    private static async Task<IReadOnlyList<OutreachRecord>> RunAtAsync(SignalsWorld world, DateTimeOffset moment)
    {
        await world.AdvanceToAsync(moment);
        int planned = await world.Get<DailyDigest>().RunAsync(TestContext.Current.CancellationToken);
        var all = await world
            .Get<OutreachRows>()
            .OfAccountAsync(new AccountKey("d_digests"), planned, null, TestContext.Current.CancellationToken);
        await world.RunAsync();
        return planned == 0 ? [] : all;
    }
}
