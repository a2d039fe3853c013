using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Time;
using Signals.Core.State.Collection;
using Signals.Core.State.Indexes;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Norms;

public sealed class InterruptedPassTests
{
    private const int Customers = 24;

    private static readonly Cohort Alike = new("pro", 0, 1);

    [Fact]
    public async Task A_pass_that_died_goes_on_where_it_was_saved_and_ends_with_the_same_norms()
    {
        var undisturbed = await WorldAsync();
        Assert.True(await Pass(undisturbed).RunAsync(TestContext.Current.CancellationToken));
        int accountReads = undisturbed.Store.Probe.Count(StoreCallKind.Get);
        var expected = (await NormsAsync(undisturbed)).ValuePerPrice(Alike, 1)!;

        var world = await WorldAsync();
        int saves = 0;
        world.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Commit, Target: PipelineCounters.Table } && ++saves == 3
                ? throw new SimulatedCrashException(call)
                : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => Pass(world).RunAsync(TestContext.Current.CancellationToken));
        world.Store.Probe.Reset();
        Assert.True(await Pass(world).RunAsync(TestContext.Current.CancellationToken));

        // Ten of the twenty-four were saved before it died.
        Assert.InRange(world.Store.Probe.Count(StoreCallKind.Get), 1, accountReads - 10);
        var found = (await NormsAsync(world)).ValuePerPrice(Alike, 1)!;
        Assert.Equal(
            (expected.Count, expected.Quantile(0.1), expected.Quantile(0.5)),
            (found.Count, found.Quantile(0.1), found.Quantile(0.5))
        );
        Assert.Equal(Customers, found.Count);
        Assert.False(await Pass(world).RunAsync(TestContext.Current.CancellationToken), "the day's pass is done");
    }

    [Fact]
    public async Task A_pass_that_died_yesterday_begins_anew()
    {
        var world = await WorldAsync();
        int saves = 0;
        world.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Commit, Target: PipelineCounters.Table } && ++saves == 3
                ? throw new SimulatedCrashException(call)
                : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => Pass(world).RunAsync(TestContext.Current.CancellationToken));
        world.Store.Probe.Reset();
        world.Clock.Advance(TimeSpan.FromDays(1));

        Assert.True(await Pass(world).RunAsync(TestContext.Current.CancellationToken));
        var norms = await NormsAsync(world);
        Assert.Equal((Days.Of(world.Clock.GetUtcNow()), Customers), (norms.Day, norms.ValuePerPrice(Alike, 1)!.Count));
    }

    private static async Task<SignalsWorld> WorldAsync()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        for (int i = 0; i < Customers; i++)
            world
                .Given($"c{i}")
                .Joins($"customer-{i}")
                .With("plan", "pro")
                .On(0)
                .Tracks("Report Shared")
                .Times(1 + i % 3)
                .On(1, 10, 20, 30, 40);
        await world.AdvanceToAsync(day: 41);
        world.Store.Probe.Reset();
        return world;
    }

    private static CohortPass Pass(SignalsWorld world) =>
        new(
            world.Store,
            world.Get<AccountLists>(),
            world.Get<CohortStore>(),
            world.Get<KnownEvents>(),
            world.Get<UnreadableRows>(),
            world.Model,
            world.Clock,
            NullLogger<CohortPass>.Instance
        )
        {
            AccountsBetweenSaves = 5,
        };

    private static async Task<CohortNorms> NormsAsync(SignalsWorld world) =>
        await world.Get<CohortStore>().GetAsync(TestContext.Current.CancellationToken);
}
