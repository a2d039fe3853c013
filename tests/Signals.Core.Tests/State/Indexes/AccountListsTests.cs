using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Indexes;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.State.Indexes;

public sealed class AccountListsTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    [Fact]
    public async Task Accounts_stand_by_risk_by_name_and_by_cause()
    {
        var world = await FourAsync();
        Assert.Equal(["worst", "bad", "fine", "well"], await world.ListAsync(AccountLists.ByRisk));
        Assert.Equal(["fine", "well", "bad", "worst"], await world.ListAsync(AccountLists.ByName));
        Assert.Equal(["worst", "bad"], await world.ListAsync(AccountLists.ByCause(CauseIds.ValueNotFound)));
        Assert.Empty(await world.ListAsync(AccountLists.ByCause(CauseIds.UsageDrop)));
    }

    [Fact]
    public async Task Within_a_level_the_most_money_times_chance_comes_first_and_then_the_score()
    {
        var world = await SignalsWorld.WithAsync(Model);
        // All alike but for what they pay; one is well, whatever it pays.
        foreach (var (person, price) in new[] { ("cheap", 20), ("dear", 900), ("free", 0), ("middling", 200) })
            world.Given(person).Identifies().With("mrr", price).On(0).Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        world.Given("well").Identifies().With("mrr", 5000).On(0).Tracks("Report Shared").Times(4).OnWeekdays(0, 90);
        await world.AdvanceToAsync(day: 76);

        Assert.Equal(["dear", "middling", "cheap", "free", "well"], await world.ListAsync(AccountLists.ByRisk));
        string[] keys =
        [
            AccountLists.RiskOrder(RiskLevel.Critical, 0, 80, "a"),
            AccountLists.RiskOrder(RiskLevel.AtRisk, 90, 60, "a"),
            AccountLists.RiskOrder(RiskLevel.AtRisk, 40, 79, "a"),
            AccountLists.RiskOrder(RiskLevel.AtRisk, 0, 79, "a"),
            AccountLists.RiskOrder(RiskLevel.AtRisk, 0, 60, "a"),
        ];
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public async Task An_account_that_moved_stands_in_its_new_place_only()
    {
        var world = await FourAsync();
        world.Given("worst").Tracks("Report Shared").Times(4).On(9);
        await world.AdvanceToAsync(day: 9);
        Assert.Equal(["bad", "fine", "well", "worst"], Sorted(await world.ListAsync(AccountLists.ByRisk), calm: 3));
        Assert.Equal(["bad"], await world.ListAsync(AccountLists.ByCause(CauseIds.ValueNotFound)));
    }

    [Fact]
    public async Task A_cursor_stays_right_while_rows_come_and_go()
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < 30; i++)
            world.Given($"p{i:D2}").Browses().On(0, 1);
        await world.AdvanceToAsync(day: 2);
        var lists = world.Get<AccountLists>();
        var seen = new List<string>();
        string? cursor = null;
        for (int page = 0; page < 6; page++)
        {
            int taken = 0;
            await foreach (var (account, after) in lists.ReadAsync(AccountLists.ByName, cursor, 5, TestContext.Current.CancellationToken))
            {
                seen.Add(account.Id);
                cursor = after;
                if (++taken == 5)
                    break;
            }
            // Between two pages a newcomer appears before the cursor, and one renames themselves to the far end.
            world.Given($"a{page}").Browses().On(3 + page);
            world.Given($"p{page:D2}").Identifies().With("name", $"zz{page}").On(3 + page);
            await world.AdvanceToAsync(day: 3 + page);
        }
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"p{i:D2}"), seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_crash_between_review_and_lists_left_undone_is_done_by_the_sweep(bool applied)
    {
        for (int dies = 1; dies < 12; dies++)
        {
            var world = await FourAsync();
            world.Given("worst").Tracks("Report Shared").Times(4).On(9);
            int writes = 0;
            bool dead = false;
            ValueTask Crash(StoreCall call)
            {
                if (dead || (call is { Kind: StoreCallKind.Commit, Target: ShardedList.Table } && ++writes == dies))
                    dead = true;
                return dead ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
            }
            if (applied)
                world.Store.Probe.After = Crash;
            else
                world.Store.Probe.Before = Crash;
            try
            {
                await world.AdvanceToAsync(world.At(9, 10.2));
            }
            catch (SimulatedCrashException)
            {
                // The death is what this is about.
            }
            world.Store.Probe.Reset();
            await world.RestartAsync();
            await world.AdvanceToAsync(day: 9);
            Assert.Equal(["bad", "fine", "well", "worst"], Sorted(await world.ListAsync(AccountLists.ByRisk), calm: 3));
            Assert.Equal(["bad"], await world.ListAsync(AccountLists.ByCause(CauseIds.ValueNotFound)));
            Assert.Equal(4, (await world.ListAsync(AccountLists.ByName)).Count);
        }
    }

    [Fact]
    public async Task An_accounts_row_does_not_gather_the_places_it_has_been()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Browses()
            .OnDays(0, 120)
            .Tracks("Video Watched")
            .With("minutes", 2)
            .On(Enumerable.Range(1, 15).Select(i => i * 8));
        await world.AdvanceToAsync(day: 121);
        var review = await world.ReviewAsync("ann");
        Assert.InRange(review.ListRows.Count + review.StaleListRows.Count, 2, 14);
        Assert.Single(await world.ListAsync(AccountLists.ByRisk));
    }

    [Fact]
    public async Task An_account_that_turned_out_to_be_somebody_elses_leaves_the_lists()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("old").Browses().On(0, 1, 2);
        await world.AdvanceToAsync(day: 3);
        Assert.Equal(["old"], await world.ListAsync(AccountLists.ByRisk));

        world.Expect(
            new Core.Intake.Events.UsageEvent
            {
                Type = Core.Intake.Events.EventType.Alias,
                MessageId = "alias",
                UserId = "new",
                PreviousId = "old",
                Timestamp = world.At(4),
                ReceivedAt = world.At(4),
            }
        );
        await world.AdvanceToAsync(day: 5);
        var keys = new List<string>();
        await foreach (
            var (account, _) in world.Get<AccountLists>().ReadAsync(AccountLists.ByRisk, null, 10, TestContext.Current.CancellationToken)
        )
            keys.Add(account.Key);
        Assert.Equal([world.KeyOf("new").Value], keys);
        Assert.Equal(1, (await world.ReviewAsync("new")).People.Reviewed);
    }

    /// <summary>Two stuck, one more than the other; two well. By name: fine, well, bad, worst.</summary>
    private static async Task<SignalsWorld> FourAsync()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("worst").Identifies().With("name", "Zoo").On(0).Browses().OnDays(0, 8);
        world.Given("bad").Identifies().With("name", "Yard").On(0).Browses().On(0, 2, 4);
        world.Given("fine").Identifies().With("name", "Alpha").On(0).Tracks("Report Shared").OnDays(0, 4);
        world.Given("well").Identifies().With("name", "beta").On(0).Tracks("Report Shared").OnDays(0, 4);
        await world.AdvanceToAsync(day: 8);
        return world;
    }

    /// <summary>The list, with its last accounts, which are alike in risk, by id.</summary>
    private static List<string> Sorted(IReadOnlyList<string> ids, int calm) =>
        [.. ids.Take(ids.Count - calm), .. ids.Skip(ids.Count - calm).Order(StringComparer.Ordinal)];
}
