using Signals.Core.Daily.Norms;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class PriceOverValueStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    [Fact]
    public async Task Clear_far_less_for_the_money_than_customers_like_them()
    {
        var world = await WithCustomersAsync(count: 25, reportsADay: 2);
        world
            .Given("ann")
            .Identifies()
            .With("plan", "pro")
            .On(0)
            .Tracks("Report Shared")
            .On(Enumerable.Range(0, 12).Select(week => week * 7));
        await PassAsync(world);

        var cause = await world.CauseAsync("ann", CauseIds.PriceOverValue);
        Assert.InRange(cause!.Confidence, 0.5, 0.95);
        Assert.Matches(
            "^0\\.[0-9] minutes per USD a month from .+ to .+, in the lowest 10% of 26 customers like them$",
            cause.Evidence[0].Text.En
        );
        Assert.StartsWith("about 2", cause.Evidence[0].Expected.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(18, false)]
    [InlineData(19, true)]
    public async Task Borderline_twenty_customers_are_a_cohort(int others, bool found)
    {
        var world = await WithCustomersAsync(others, reportsADay: 2);
        world
            .Given("ann")
            .Identifies()
            .With("plan", "pro")
            .On(0)
            .Tracks("Report Shared")
            .On(Enumerable.Range(0, 12).Select(week => week * 7));
        await PassAsync(world);
        Assert.Equal(found, await world.CauseAsync("ann", CauseIds.PriceOverValue) is not null);
    }

    [Fact]
    public async Task Look_alike_the_least_of_many_who_are_all_alike()
    {
        var world = await WithCustomersAsync(count: 25, reportsADay: 1);
        world
            .Given("ann")
            .Identifies()
            .With("plan", "pro")
            .On(0)
            .Works(0, 30)
            .Tracks("Report Shared")
            .On(Enumerable.Range(31, 50).Where(day => day % 7 < 4));
        await PassAsync(world);
        Assert.Null(await world.CauseAsync("ann", CauseIds.PriceOverValue));
    }

    [Fact]
    public async Task Look_alike_who_pays_nothing_gets_no_bad_deal()
    {
        var world = await WithCustomersAsync(count: 25, reportsADay: 2);
        world
            .Given("ann")
            .Identifies()
            .With("plan", "free")
            .On(0)
            .Tracks("Report Shared")
            .On(Enumerable.Range(0, 12).Select(week => week * 7));
        await PassAsync(world);
        Assert.Null(await world.CauseAsync("ann", CauseIds.PriceOverValue));
    }

    [Fact]
    public async Task Recovery_they_use_it_as_the_others_do()
    {
        var world = await WithCustomersAsync(count: 25, reportsADay: 2);
        world
            .Given("ann")
            .Identifies()
            .With("plan", "pro")
            .On(0)
            .Tracks("Report Shared")
            .On(Enumerable.Range(0, 8).Select(week => week * 7))
            .Tracks("Report Shared")
            .Times(3)
            .OnWeekdays(62, 100);
        await PassAsync(world, day: 60);
        Assert.NotNull(await world.CauseAsync("ann", CauseIds.PriceOverValue));
        await world.AdvanceToAsync(day: 80);
        Assert.Null(await world.CauseAsync("ann", CauseIds.PriceOverValue));
    }

    private static async Task<SignalsWorld> WithCustomersAsync(int count, int reportsADay)
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < count; i++)
            world.Given($"c{i}").Identifies().With("plan", "pro").On(0).Tracks("Report Shared").Times(reportsADay).OnWeekdays(0, 100);
        return world;
    }

    /// <summary>A pass over the customers as they are, and reviews that know of it.</summary>
    private static async Task PassAsync(SignalsWorld world, int day = 79)
    {
        await world.AdvanceToAsync(day);
        Assert.True(await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken));
        world.Given("ann").Browses().At(19).On(day);
        await world.AdvanceToAsync(world.At(day, 23.9));
    }
}
