using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Measures;

public sealed class MeasurePassTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_measured_is_kept_for_those_who_ask()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithFeatures().WithChurn());
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 9).Tracks("Export Completed").On(3);
        world.Given("bob").Joins("zen").With("plan", "pro").On(0).Tracks("Report Shared").On(1);
        await world.AdvanceToAsync(day: 12);
        var pass = world.Get<MeasurePass>();
        Assert.Null(await pass.ReadAsync(Cancel));

        Assert.Equal(2, await pass.RunAsync(Cancel));

        var measures = (await pass.ReadAsync(Cancel))!;
        Assert.Equal((2, world.Clock.GetUtcNow()), (measures.Accounts, measures.MeasuredAt));
        Assert.Equal((1, 2), (measures.Features.Single(feature => feature.Id == "exports").Breadth.Count, measures.Features[1].Breadth.Of));
    }

    [Fact]
    public async Task People_who_are_accounts_are_measured_by_their_own_history()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople.WithFeatures().WithChurn());
        world.Given("ann").Tracks("Report Shared").OnDays(0, 40);
        world.Given("bob").Tracks("Report Shared").OnDays(0, 9).Tracks("Subscription Cancelled").On(20);
        await world.AdvanceToAsync(day: 40);

        await world.Get<MeasurePass>().RunAsync(Cancel);

        var measures = (await world.Get<MeasurePass>().ReadAsync(Cancel))!;
        Assert.Equal((1, 2), (measures.Retention!.Customers!.Count, measures.Retention.Customers.Of));
        Assert.Equal((1, 1), (measures.Features[0].Breadth.Count, measures.Features[0].Breadth.Of));
    }

    [Fact]
    public async Task What_another_version_kept_is_measured_anew()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        var row = new Entity("measures", "latest");
        BlobColumns.Write(row, "measures", "{\"accounts\":3}"u8);
        await world.Store.CommitAsync("system", "measures", [EntityOperation.Upsert(row)], Cancel);
        Assert.Null(await world.Get<MeasurePass>().ReadAsync(Cancel));

        await world.Get<MeasurePass>().RunAsync(Cancel);

        Assert.Equal(0, (await world.Get<MeasurePass>().ReadAsync(Cancel))!.Accounts);
    }

    [Fact]
    public async Task Few_accounts_are_measured_every_other_minute_and_at_once_under_another_model()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").On(0);
        await world.AdvanceToAsync(day: 1);
        Assert.Equal(1, await world.Get<MeasurePass>().RunAsync(Cancel));

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await world.Get<MeasurePass>().RunAsync(Cancel));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await world.Get<MeasurePass>().RunAsync(Cancel));

        await world.RestartAsync(
            world.Model with
            {
                Fingerprint = "another",
                Features = [new Feature("reports", "Reports", ["Report Shared"], true, [], null)],
            }
        );
        Assert.Equal(1, await world.Get<MeasurePass>().RunAsync(Cancel));
        Assert.Single((await world.Get<MeasurePass>().ReadAsync(Cancel))!.Features);
    }
}
