using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class ValueNotFoundStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    [Fact]
    public async Task Clear_came_many_times_and_got_nothing()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Browses().On(0, 1, 3, 4, 6, 8, 10, 12);
        await world.AdvanceToAsync(day: 13);

        var cause = await world.CauseAsync("ann", CauseIds.ValueNotFound);
        Assert.InRange(cause!.Confidence, 0.75, 0.9);
        Assert.Equal("0 minutes of value in 30 days", cause.Evidence[0].Text.En);
        Assert.Equal(("8 sessions", world.Date(0)), (cause.Evidence[1].Value.En, cause.Evidence[1].Since));
        Assert.True(await world.LevelAsync("ann") >= RiskLevel.AtRisk);
        Assert.Equal(CauseIds.ValueNotFound, Assert.Single(await world.MessagesAsync("ann")).Cause);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Borderline_the_floor_is_fifteen_minutes(int reports, bool found)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 2, 4, 6).Tracks("Report Shared").Times(reports).On(5);
        await world.AdvanceToAsync(day: 10);
        var cause = await world.CauseAsync("ann", CauseIds.ValueNotFound);
        Assert.Equal(found, cause is not null);
        Assert.True(cause is null or { Confidence: < 0.5 }, "who nearly got there is no sure case");
    }

    [Fact]
    public async Task Borderline_a_week_passes_before_anything_is_said()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 1, 2, 3);
        Assert.Equal([7, 8], await world.DaysWithAsync("ann", CauseIds.ValueNotFound, 0, 8));
    }

    [Fact]
    public async Task Look_alike_a_single_visit_is_not_a_search()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.ValueNotFound, 0, 30));
    }

    [Fact]
    public async Task Look_alike_little_browsing_and_enough_value()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().OnDays(0, 40).Tracks("Report Shared").On(1, 8, 15, 22, 29, 36);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.ValueNotFound, 16, 40));
    }

    [Fact]
    public async Task Recovery_they_find_it()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 2, 4, 6, 8).Tracks("Report Shared").On(12, 13, 14);
        Assert.Equal([7, 8, 9, 10, 11, 12, 13], await world.DaysWithAsync("ann", CauseIds.ValueNotFound, 0, 25));
        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("ann"));
    }
}
