using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.Folding;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Collection;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

public sealed class ModelActivationTests
{
    private static readonly ValueModel Old = StoryModels.OfGroups;

    private static readonly ValueModel New = Old with { Fingerprint = "new" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_workers_that_start_at_once_under_a_new_model_one_asks_for_the_reviews()
    {
        var world = await WorldAsync(accounts: 3);
        world.Store.Probe.Before = async _ => await Task.Yield();

        int[] asked = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Worker(world, New).ActivateAsync(Cancel), Cancel))
        );

        Assert.Equal(3, asked.Sum());
        Assert.Equal(3, (await world.Queue.GetDepthAsync(QueueNames.Reviews, Cancel)).Items);
        Assert.Equal(0, await Worker(world, New).ActivateAsync(Cancel));
    }

    [Fact]
    public async Task A_worker_that_died_while_it_asked_is_replaced_once_its_claim_is_over()
    {
        var world = await WorldAsync(accounts: 3);
        world.Queue.Probe.Before = call =>
            call.Kind == StoreCallKind.Send ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => Worker(world, New).ActivateAsync(Cancel));
        world.Queue.Probe.Reset();

        Assert.Equal(0, await Worker(world, New).ActivateAsync(Cancel));
        world.Clock.Advance(ModelActivation.ClaimTime);
        Assert.Equal(3, await Worker(world, New).ActivateAsync(Cancel));
    }

    [Fact]
    public async Task A_claim_for_one_model_does_not_hold_up_another()
    {
        var world = await WorldAsync(accounts: 2);
        world.Queue.Probe.Before = call =>
            call.Kind == StoreCallKind.Send ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => Worker(world, New).ActivateAsync(Cancel));
        world.Queue.Probe.Reset();

        Assert.Equal(2, await Worker(world, Old with { Fingerprint = "newer" }).ActivateAsync(Cancel));
    }

    [Fact]
    public async Task The_first_model_of_all_asks_for_nothing_however_many_start_with_it()
    {
        var world = await SignalsWorld.WithAsync(Old);

        Assert.Equal(0, await Worker(world, Old).ActivateAsync(Cancel) + await Worker(world, Old).ActivateAsync(Cancel));
    }

    private static async Task<SignalsWorld> WorldAsync(int accounts)
    {
        var world = await SignalsWorld.WithAsync(Old);
        for (int i = 0; i < accounts; i++)
            world.Given($"p{i}").Joins($"acme{i}").On(0).Tracks("Report Shared").On(0);
        await world.AdvanceToAsync(day: 1);
        return world;
    }

    /// <summary>A process of its own on the world's store and queues.</summary>
    private static ModelActivation Worker(SignalsWorld world, ValueModel model) =>
        new(
            world.Store,
            new KnownEvents(world.Store, world.Clock),
            new EventFolder(model),
            world.Get<ReviewFanOut>(),
            model,
            world.Clock,
            NullLogger<ModelActivation>.Instance
        );
}
