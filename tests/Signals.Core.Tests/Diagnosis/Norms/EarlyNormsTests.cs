using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Platform.Time;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Norms;

/// <summary>Norms are there on the first day, after the first import, and under a changed model, not a day later.</summary>
public sealed class EarlyNormsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_twenty_customers_have_norms_on_their_first_day_and_are_reviewed_under_them()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        await CustomersAsync(world, 0, 20, day: 0);

        Assert.Equal(20, await world.Get<EarlyNorms>().RunAsync(Cancel));
        await world.DrainAsync();

        var norms = await world.Get<CohortStore>().GetAsync(Cancel);
        Assert.Equal((Days.Of(world.Clock.GetUtcNow()), 20), (norms.Day, norms.Accounts));
        Assert.Equal(norms.Version, (await world.ReviewAsync("customer-7")).Norms);
    }

    [Fact]
    public async Task Nineteen_are_no_measure_and_cost_no_pass()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        await CustomersAsync(world, 0, 19, day: 0);
        world.Store.Probe.Reset();

        Assert.Equal(0, await world.Get<EarlyNorms>().RunAsync(Cancel));

        Assert.Equal(0, world.Store.Probe.Count(StoreCallKind.Commit));
        Assert.Equal(CohortNorms.None, await world.Get<CohortStore>().GetAsync(Cancel));
    }

    [Fact]
    public async Task History_that_is_imported_later_that_day_counts_once_the_customers_have_doubled()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        await CustomersAsync(world, 0, 20, day: 0);
        Assert.Equal(20, await world.Get<EarlyNorms>().RunAsync(Cancel));
        await CustomersAsync(world, 20, 39, day: 0, hour: 20, imported: true);
        Assert.Equal(0, await world.Get<EarlyNorms>().RunAsync(Cancel));
        await CustomersAsync(world, 39, 40, day: 0, hour: 21, imported: true);

        Assert.Equal(40, await world.Get<EarlyNorms>().RunAsync(Cancel));
        Assert.Equal(40, (await world.Get<CohortStore>().GetAsync(Cancel)).Accounts);
    }

    [Fact]
    public async Task Norms_of_another_model_are_none()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        await CustomersAsync(world, 0, 25, day: 0);
        await world.Get<EarlyNorms>().RunAsync(Cancel);

        await world.RestartAsync(StoryModels.OfGroups with { Fingerprint = "another" });

        Assert.Equal(25, await world.Get<EarlyNorms>().RunAsync(Cancel));
        Assert.Equal("another", (await world.Get<CohortStore>().GetAsync(Cancel)).Fingerprint);
        Assert.Equal(0, await world.Get<EarlyNorms>().RunAsync(Cancel));
    }

    private static async Task CustomersAsync(SignalsWorld world, int from, int to, int day, double hour = 10, bool imported = false)
    {
        for (int i = from; i < to; i++)
        {
            var shares = world.Given($"p{i}").Joins($"customer-{i}").At(hour).On(day).Tracks("Report Shared").Times(2).At(hour);
            (imported ? shares.Imported() : shares).On(day);
        }
        await world.AdvanceToAsync(world.At(day, hour + 0.5));
    }
}
