using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Indexes;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.State.Indexes;

public sealed class MoveListsTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople.WithChurn();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_worsens_recovers_or_leaves_stands_in_the_list_of_it_as_it_was_then()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().OnDays(0, 12);
        await world.AdvanceToAsync(day: 12);
        Assert.Equal(
            [("ann", RiskLevel.AtRisk)],
            (await ReadAsync(world, AccountLists.Worsened)).Select(account => (account.Id, account.Level))
        );

        world.Given("ann").Tracks("Report Shared").Times(6).OnDays(13, 16);
        await world.AdvanceToAsync(day: 17);
        var recovered = Assert.Single(await ReadAsync(world, AccountLists.Recovered));
        Assert.True(recovered.Level < RiskLevel.AtRisk && recovered.Previous >= RiskLevel.AtRisk);
        Assert.Single(await ReadAsync(world, AccountLists.Worsened));

        world.Given("ann").Tracks("Subscription Cancelled").On(18);
        await world.AdvanceToAsync(day: 19);
        var left = Assert.Single(await ReadAsync(world, AccountLists.Gone));
        Assert.True(left.Left);
        Assert.Single(await ReadAsync(world, AccountLists.Recovered));
    }

    [Fact]
    public async Task The_newest_move_comes_first_and_old_ones_are_forgotten()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("early").Browses().OnDays(0, 8);
        world.Given("late").Browses().OnDays(30, 38);
        await world.AdvanceToAsync(day: 40);
        Assert.Equal(["late", "early"], (await ReadAsync(world, AccountLists.Worsened)).Select(account => account.Id));

        await world.AdvanceToAsync(day: AccountLists.KeepMovesDays + 20);
        await world.Get<AccountLists>().PruneAsync(Cancel);

        Assert.Equal(["late"], (await ReadAsync(world, AccountLists.Worsened)).Select(account => account.Id).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_move_that_a_crash_kept_from_the_list_is_entered_by_the_sweep(bool applied)
    {
        for (int dies = 1; dies < 8; dies++)
        {
            var world = await SignalsWorld.WithAsync(Model);
            world.Given("ann").Browses().OnDays(0, 8);
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
                await world.AdvanceToAsync(day: 8);
            }
            catch (SimulatedCrashException)
            {
                // The death is what this is about.
            }
            world.Store.Probe.Reset();
            await world.RestartAsync();
            await world.AdvanceToAsync(day: 9);

            Assert.Equal(["ann"], (await ReadAsync(world, AccountLists.Worsened)).Select(account => account.Id));
        }
    }

    [Fact]
    public async Task Who_had_left_before_anybody_looked_is_no_news()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Report Shared").On(0).Tracks("Subscription Cancelled").On(0);
        await world.AdvanceToAsync(day: 2);

        Assert.Empty(await ReadAsync(world, AccountLists.Gone));
    }

    private static async Task<IReadOnlyList<AccountSummary>> ReadAsync(SignalsWorld world, string list)
    {
        var accounts = new List<AccountSummary>();
        await foreach (var (account, _) in world.Get<AccountLists>().ReadAsync(list, null, 100, Cancel))
            accounts.Add(account);
        return accounts;
    }
}
