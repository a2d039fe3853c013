using Signals.Core.Daily.Kept;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Testing.Folding;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Kept;

/// <summary>Retention by age: who was silent for longer than the model keeps people and accounts. Day 0 is 3 March 2025.</summary>
public sealed class SilentPeopleTests
{
    private static readonly ValueModel OfGroups = StoryModels.OfGroups.WithSetUp() with
    {
        Keep = new KeepDefinition { PeopleDays = 90, AccountDays = 120 },
    };

    private static readonly ValueModel OfPeople = StoryModels.OfPeople.WithChurn() with { Keep = new KeepDefinition { PeopleDays = 90 } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_goes_with_its_people_lists_and_alerts_after_its_time()
    {
        var world = await SignalsWorld.WithAsync(OfGroups);
        world.Given("ann").HasEmail().Joins("acme").With("plan", "free").On(0).Tracks("Import Failed").Times(3).On(0);
        await world.AdvanceToAsync(4);
        Assert.NotEmpty(await world.OutreachAsync("acme"));
        Assert.Equal(["acme"], await world.ListAsync(AccountLists.ByRisk));

        await AfterAsync(world, 100);
        Assert.Null(await world.PersonAsync("acme", "ann"));
        Assert.NotNull(await world.AccountAsync("acme"));

        await AfterAsync(world, 30);
        Assert.Null(await world.AccountAsync("acme"));
        Assert.Empty(await world.OutreachAsync("acme"));
        Assert.Empty(await world.ListAsync(AccountLists.ByRisk));
        Assert.DoesNotContain(
            world.Store.All(AccountRows.Table),
            row => row.PartitionKey.EndsWith("acme", StringComparison.Ordinal) || row.PartitionKey == "u_ann"
        );
        Assert.Contains(
            (await world.Get<AuditLog>().ReadAsync(null, 10, Cancel)).Entries,
            entry => (entry.Who, entry.Action, entry.Detail) == ("housekeeping", "people.let-go", "people: 0, accounts: 1")
        );
    }

    [Theory]
    [InlineData("plan", "pro")]
    [InlineData("mrr", 20)]
    [InlineData("renewalAt", "2026-03-01")]
    [InlineData("trialEndsAt", "2026-03-01")]
    public async Task An_account_that_pays_or_whose_contract_goes_on_stays_however_silent(string trait, object value)
    {
        foreach (var model in new[] { OfGroups, OfPeople })
        {
            var world = await SignalsWorld.WithAsync(model);
            var ann = world.Given("ann");
            (model == OfGroups ? ann.Joins("acme") : ann.Identifies()).With(trait, value).On(0).Tracks("Report Shared").On(0);
            await world.AdvanceToAsync(1);
            Assert.NotNull(await world.AccountAsync(model == OfGroups ? "acme" : "ann"));

            await AfterAsync(world, 300);

            Assert.NotNull(await world.AccountAsync(model == OfGroups ? "acme" : "ann"));
        }
    }

    [Fact]
    public async Task A_customer_who_left_pays_no_more()
    {
        var world = await SignalsWorld.WithAsync(OfPeople);
        world.Given("ann").Identifies().With("plan", "pro").On(0).Tracks("Subscription Cancelled").On(1);
        await world.AdvanceToAsync(3);

        await AfterAsync(world, 100);

        Assert.Null(await world.AccountAsync("ann"));
    }

    [Fact]
    public async Task Whoever_has_part_in_an_experiment_stays_until_its_goal_is_settled_and_what_it_found_stays_its_time()
    {
        var model = OfPeople.WithSetUp() with
        {
            Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
            {
                [CauseIds.OnboardingStalled] = new()
                {
                    Cause = CauseIds.OnboardingStalled,
                    Message = CauseIds.OnboardingStalled,
                    Goal = new Goal(Step: Goal.Any),
                    GoalDays = 200,
                },
            },
        };
        var world = await SignalsWorld.WithAsync(model);
        world.Given("ann").HasEmail().Tracks("Import Failed").Times(3).On(0);
        await world.AdvanceToAsync(2);
        Assert.Contains(await world.OutreachAsync("ann"), record => record.Kind == OutreachKind.Message);

        await AfterAsync(world, 150);
        Assert.NotNull(await world.PersonAsync("ann", "ann"));

        world.Clock.Advance(TimeSpan.FromDays(60));
        await world.RunAsync();
        Assert.Equal(1, await world.Get<EffectLog>().SumAsync(Cancel));
        await AfterAsync(world, 1);

        Assert.Null(await world.PersonAsync("ann", "ann"));
        Assert.Equal(1, await world.Get<EffectLog>().SumAsync(Cancel));
    }

    [Fact]
    public async Task Who_is_silent_in_one_account_and_not_in_another_stays_in_both()
    {
        var world = await SignalsWorld.WithAsync(OfGroups);
        world.Given("ann").Joins("acme").On(0).Tracks("Report Shared").On(0).Joins("other").On(60).Tracks("Report Shared").On(60);
        await world.AdvanceToAsync(0);
        world.Clock.Advance(TimeSpan.FromDays(59));
        await world.AdvanceToAsync(world.At(60, 23));

        await AfterAsync(world, 40);

        Assert.NotNull(await world.PersonAsync("acme", "ann"));
        Assert.NotNull(await world.PersonAsync("other", "ann"));
    }

    [Fact]
    public async Task Who_comes_back_before_the_walk_keeps_what_is_new()
    {
        foreach (int minutes in new[] { 0, 5, 15 })
        {
            var world = await SignalsWorld.WithAsync(OfPeople.WithSetUp());
            world.Given("ann").HasEmail().Tracks("Import Failed").Times(3).On(0);
            await world.AdvanceToAsync(2);
            world.Clock.Advance(TimeSpan.FromDays(100));
            Assert.Equal(1, await world.Get<SilentPeople>().PruneAsync(Cancel));
            Assert.Null(await world.PersonAsync("ann", "ann"));

            world.Clock.Advance(TimeSpan.FromMinutes(minutes));
            var now = world.Clock.GetUtcNow();
            await ErasureStory.HappensNowAsync(
                world,
                EventOf.Identify("ann", now, new { email = "ann@example.com" }),
                EventOf.Track("ann", "Import Failed", now),
                EventOf.Track("ann", "Import Failed", now.AddSeconds(1))
            );
            world.Clock.Advance(TimeSpan.FromMinutes(10));
            await world.RunAsync();
            int before = world.Store.All(ShardedList.Table).Count;
            await ErasureStory.ProveAsync(world);

            Assert.Equal(2, (await world.PersonAsync("ann", "ann"))!.History.Total("Import Failed")!.Count);
            Assert.Equal(["ann"], await world.ListAsync(AccountLists.ByRisk));
            Assert.NotEmpty(await world.WakesAsync());
            Assert.False(world.Get<ErasedIds>().Contains(PersonKey.User("ann")));
            Assert.True(before > 0);
        }
    }

    [Fact]
    public async Task Who_never_said_who_they_are_goes_too()
    {
        var world = await SignalsWorld.WithAsync(OfGroups);
        world.Expect(EventOf.Track(null, "Report Shared", world.At(0), anonymous: "anon-1"));
        await world.AdvanceToAsync(0);
        Assert.NotEmpty(world.Store.All(AccountRows.Table));

        await AfterAsync(world, 91);

        Assert.Empty(world.Store.All(AccountRows.Table));
    }

    [Fact]
    public async Task A_pass_is_made_once_a_week_and_without_a_word_of_the_model_never()
    {
        var world = await SignalsWorld.WithAsync(OfPeople);
        await world.Get<SilentPeople>().PruneAsync(Cancel);
        world.Given("ann").Tracks("Report Shared").On(0);
        await world.AdvanceToAsync(0);
        world.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await world.Get<SilentPeople>().PruneAsync(Cancel));
        world.Clock.Advance(TimeSpan.FromDays(100));
        await world.RestartAsync(OfPeople with { Keep = new KeepDefinition() });
        Assert.Equal(0, await world.Get<SilentPeople>().PruneAsync(Cancel));
        await world.RestartAsync(OfPeople);
        Assert.Equal(1, await world.Get<SilentPeople>().PruneAsync(Cancel));
        world.Clock.Advance(TimeSpan.FromDays(6));
        world.Store.Probe.Reset();
        Assert.Equal(0, await world.Get<SilentPeople>().PruneAsync(Cancel));
        Assert.InRange(world.Store.Probe.Total, 1, 2);
    }

    [Fact]
    public async Task More_than_fit_a_day_go_on_the_days_after()
    {
        var world = await SignalsWorld.WithAsync(OfGroups);
        const int Most = 10;
        await ErasureStory.HappensNowAsync(
            world,
            [.. Enumerable.Range(0, Most + 5).Select(i => EventOf.Track(null, "Report Shared", world.At(0), anonymous: $"anon-{i:D5}"))]
        );
        world.Clock.Advance(TimeSpan.FromDays(91));

        Assert.Equal(Most, await world.Get<SilentPeople>().PruneAsync(Most, Cancel));
        Assert.Equal(0, await world.Get<SilentPeople>().PruneAsync(Most, Cancel));
        await ErasureStory.ProveAsync(world);
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(5, await world.Get<SilentPeople>().PruneAsync(Most, Cancel));
        await ErasureStory.ProveAsync(world);

        Assert.Empty(world.Store.All(AccountRows.Table));
    }

    [Fact]
    public async Task A_crash_at_any_step_leaves_nothing_half_gone()
    {
        for (int at = 0; ; at += 19)
        {
            var world = await ErasureStory.GivenAnnAndBobAsync(
                ErasureStory.Nimbus with
                {
                    Keep = new KeepDefinition { PeopleDays = 90 },
                },
                days: 2
            );
            world.Clock.Advance(TimeSpan.FromDays(91));
            await ErasureStory.HappensNowAsync(world, EventOf.Track("bob-22", "Report Shared", world.Clock.GetUtcNow(), group: "acme"));
            world.Store.Probe.Reset();
            world.Store.Probe.CrashAt(at + 1);
            bool crashed = false;
            try
            {
                await world.Get<SilentPeople>().PruneAsync(Cancel);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                crashed = true;
            }
            world.Store.Probe.Reset();
            await world.RestartAsync();
            await world.Get<SilentPeople>().PruneAsync(Cancel);

            await ErasureStory.ProveAsync(world);

            Assert.True(
                (await ErasureStory.FoundAsync(world)).Count == 0,
                $"crash at {at}: {string.Join('\n', await ErasureStory.FoundAsync(world))}"
            );
            if (!crashed)
                return;
        }
    }

    /// <summary>So many days later the day's work is done, and what began is proved.</summary>
    private static async Task AfterAsync(SignalsWorld world, int days)
    {
        world.Clock.Advance(TimeSpan.FromDays(days));
        await world.RunAsync();
        await world.Get<SilentPeople>().PruneAsync(Cancel);
        await ErasureStory.ProveAsync(world);
        // The next pass is a week away: let it be due.
        world.Clock.Advance(SilentPeople.Between);
        await world.Get<SilentPeople>().PruneAsync(Cancel);
        await ErasureStory.ProveAsync(world);
    }
}
