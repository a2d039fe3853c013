using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Cost;

/// <summary>
/// Storage bills by the operation: these are the exact numbers of a review's, of an account among ninety others of its shard.
/// </summary>
public sealed class ReviewCostTests
{
    private const int Accounts = 90;

    private readonly List<StoreCall> _calls = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Asked_for_a_review_that_still_holds_is_one_read(AccountsMode mode)
    {
        var world = await WorldAsync(mode);
        Watch(world);

        await world.Get<ReviewService>().ReviewAsync(Keys(world), isAsked: true, Cancel);

        Assert.Equal(Accounts, _calls.Count);
        Assert.All(_calls, call => Assert.Equal((StoreCallKind.Query, AccountRows.Table), (call.Kind, call.Target)));
    }

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Brought_by_the_wake_up_that_it_counted_on_it_is_a_read_and_a_write_and_wake_ups_are_shared(AccountsMode mode)
    {
        var world = await WorldAsync(mode);
        // A wake-up for events that an earlier review has seen already.
        foreach (var key in Keys(world))
        {
            var account = (await new AccountRows(world.Store).GetAccountAsync(key, Cancel))!;
            account.NextWake = world.Clock.GetUtcNow();
            await world.Store.CommitAsync(AccountRows.Table, key.Value, [AccountRows.Save(account)], Cancel);
        }
        await world
            .Get<WakeIndex>()
            .AddAsync([.. Keys(world).Select(key => new Wake(world.Clock.GetUtcNow(), WakeKind.Review, key))], Cancel);
        Watch(world);

        await world.Get<WakeSweep>().RunAsync(Cancel);
        await world.DrainAsync();

        Assert.Equal(Accounts, Count(StoreCallKind.Query, AccountRows.Table));
        Assert.Equal(Accounts, Count(StoreCallKind.Commit, AccountRows.Table));
        // A query and a transaction of each shard for the sweep, and at most a transaction for the wake-ups that follow.
        Assert.InRange(_calls.Count - 2 * Accounts, 0, 3 * WakeIndex.Shards);
        var wakes = await world.WakesAsync();
        Assert.All(Keys(world), key => Assert.Contains(wakes, wake => wake.Account == key && wake.At > world.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Looked_at_anew_with_nobody_due_it_is_a_read_and_a_write()
    {
        var world = await WorldAsync(AccountsMode.Group);
        foreach (var key in Keys(world))
        {
            var account = (await new AccountRows(world.Store).GetAccountAsync(key, Cancel))!;
            account.Changed = true;
            await world.Store.CommitAsync(AccountRows.Table, key.Value, [AccountRows.Save(account)], Cancel);
        }
        Watch(world);

        await world.Get<ReviewService>().ReviewAsync(Keys(world), isAsked: false, Cancel);

        Assert.Equal((Accounts, Accounts), (Count(StoreCallKind.Query, AccountRows.Table), Count(StoreCallKind.Commit, AccountRows.Table)));
        Assert.Equal(0, Count(StoreCallKind.Get, AccountRows.Table));
        Assert.DoesNotContain(_calls, call => call.Target == ShardedList.Table);
        Assert.InRange(_calls.Count, 2 * Accounts, 2 * Accounts + WakeIndex.Shards);
    }

    private static async Task<SignalsWorld> WorldAsync(AccountsMode mode)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople with { Accounts = mode });
        for (int i = 0; i < Accounts; i++)
            world.Given($"ann{i}").Joins($"team{i}").With("plan", "free").On(0).Tracks("Report Shared").Times(4).OnDays(0, 28);
        await world.AdvanceToAsync(day: 28);
        return world;
    }

    private static IReadOnlyList<AccountKey> Keys(SignalsWorld world) =>
        [.. Enumerable.Range(0, Accounts).Select(i => world.KeyOf(world.Model.Accounts == AccountsMode.Group ? $"team{i}" : $"ann{i}"))];

    /// <summary>
    /// What the whole installation has seen is read again every few minutes, whatever is reviewed: that is not a review's.
    /// </summary>
    private void Watch(SignalsWorld world)
    {
        world.Store.Probe.Before = call =>
        {
            lock (_calls)
            {
                if (call.Target != PipelineCounters.Table)
                    _calls.Add(call);
            }
            return ValueTask.CompletedTask;
        };
    }

    private int Count(StoreCallKind kind, string table) => _calls.Count(call => call.Kind == kind && call.Target == table);
}
