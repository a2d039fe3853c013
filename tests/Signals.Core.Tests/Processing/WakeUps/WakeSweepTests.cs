using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.WakeUps;

public sealed class WakeSweepTests
{
    private static readonly AccountKey Acme = AccountKey.Group("acme");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_goes_to_its_queue_once_and_what_is_not_stays()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var wakes = world.Get<WakeIndex>();
        await wakes.AddAsync(new Wake(world.At(0, 0), WakeKind.Review, Acme), Cancel);
        await wakes.AddAsync(new Wake(world.At(0, 0).AddMilliseconds(-1), WakeKind.Review, Acme), Cancel);
        await wakes.AddAsync(new Wake(world.At(0, 0).AddMilliseconds(1), WakeKind.Review, Acme), Cancel);

        Assert.Equal(2, await world.Get<WakeSweep>().RunAsync(Cancel));
        Assert.Single(world.Queue.Waiting(QueueNames.Reviews));
        Assert.Equal(world.At(0, 0).AddMilliseconds(1), Assert.Single(await world.WakesAsync()).At);
    }

    [Fact]
    public async Task A_sweep_that_dies_before_it_took_the_wake_ups_away_does_it_all_again()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        await world.Get<WakeIndex>().AddAsync(new Wake(world.At(0, 0), WakeKind.Review, Acme), Cancel);
        world.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Commit, Target: WakeIndex.Table }
                ? throw new SimulatedCrashException(call)
                : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => world.Get<WakeSweep>().RunAsync(Cancel));

        world.Store.Probe.Reset();
        Assert.Equal(1, await world.Get<WakeSweep>().RunAsync(Cancel));
        Assert.Single(world.Queue.Waiting(QueueNames.Reviews));
        Assert.Empty(await world.WakesAsync());
    }

    [Theory]
    [InlineData(WakeKind.Move)]
    [InlineData(WakeKind.Lists)]
    public async Task One_accounts_fault_is_put_off_and_holds_up_nobody_else(WakeKind kind)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var broken = AccountKey.Own(PersonKey.User("broken"));
        await world.Get<WakeIndex>().AddAsync(new Wake(world.At(0, 0), kind, broken), Cancel);
        for (int i = 0; i < 40; i++)
            await world.Get<WakeIndex>().AddAsync(new Wake(world.At(0, 0), WakeKind.Review, AccountKey.Group($"g{i}")), Cancel);
        world.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Get, Target: "accounts", Key: "u_broken" }
                ? throw new InvalidDataException("a row that nobody can read")
                : ValueTask.CompletedTask;

        Assert.Equal(41, await world.Get<WakeSweep>().RunAsync(Cancel));
        Assert.Equal(40, world.Queue.Waiting(QueueNames.Reviews).Sum(message => message.Items));
        Assert.Equal(
            (world.At(0, 0).AddMinutes(10), kind),
            Assert.Single(await world.WakesAsync()) is var left ? (left.At, left.Kind) : default
        );
    }

    [Fact]
    public async Task A_shard_with_more_than_a_page_is_handed_to_the_workers()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        await world
            .Get<WakeIndex>()
            .AddAsync(
                [
                    .. Enumerable
                        .Range(0, 1200)
                        .Select(i => new Wake(
                            world.At(0, 0).AddSeconds(-i),
                            WakeKind.Outreach,
                            Acme,
                            $"20250303000000{i:D3}.{i:x16}.g_acme"
                        )),
                ],
                Cancel
            );

        Assert.Equal(WakeSweep.PageSize, await world.Get<WakeSweep>().RunAsync(Cancel));
        var handedOver = Assert.Single(world.Queue.Waiting(QueueNames.Reviews));
        Assert.Equal(new ReviewRequest.Sweep(WakeIndex.ShardOf(Acme)), ReviewMessage.Parse(handedOver.Body.Span));

        await world.Get<WakeSweep>().GoOnAsync(WakeIndex.ShardOf(Acme), Cancel);
        Assert.Equal(1200, world.Queue.Waiting(QueueNames.Outreach).Count);
        Assert.Empty(await world.WakesAsync());
    }

    [Fact]
    public async Task A_broker_that_remembers_ids_does_not_take_an_outreach_asked_for_again_for_the_first_message()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        const string id = "20250303000000000.0123456789abcdef.g_acme";
        await world
            .Get<WakeIndex>()
            .AddAsync(
                [
                    new Wake(world.At(0, 0).AddMinutes(-1), WakeKind.Outreach, Acme, id),
                    new Wake(world.At(0, 0), WakeKind.Outreach, Acme, id),
                ],
                Cancel
            );

        await world.Get<WakeSweep>().RunAsync(Cancel);

        var message = Assert.Single(world.Queue.Waiting(QueueNames.Outreach));
        Assert.Equal(id, System.Text.Encoding.UTF8.GetString(message.Body.Span));
        Assert.NotEqual(new OutreachId(id).ToMessage().MessageId, message.MessageId);
    }

    [Fact]
    public async Task Two_sweeps_of_one_shard_at_once_leave_nothing_and_lose_nothing()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var index = world.Get<WakeIndex>();
        Wake[] all = [.. Enumerable.Range(0, 90).Select(i => new Wake(world.At(0, 0).AddSeconds(-i), WakeKind.Outreach, Acme, $"{i:x16}"))];
        await index.AddAsync(all, Cancel);
        await index.RemoveAsync([.. all.Where((_, i) => i % 3 == 0)], Cancel);
        world.Store.Probe.Reset();

        await index.RemoveAsync(all, Cancel);

        Assert.Empty(await world.WakesAsync());
        Assert.InRange(world.Store.Probe.Count(StoreCallKind.Commit), 1, 2);
    }

    [Fact]
    public async Task Taking_back_wake_ups_that_are_gone_is_harmless()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var index = world.Get<WakeIndex>();
        var kept = new Wake(world.At(1), WakeKind.Review, Acme);
        await index.AddAsync(kept, Cancel);
        await index.RemoveAsync([kept with { At = world.At(2) }, kept, kept with { At = world.At(3) }], Cancel);
        Assert.False(await index.StandsAsync(kept, Cancel));
        Assert.Empty(await world.WakesAsync());
    }
}
