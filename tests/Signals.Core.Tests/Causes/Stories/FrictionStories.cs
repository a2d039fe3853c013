using Signals.Core.Cohorts;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Causes.Stories;

public sealed class FrictionStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Friction = [new FrictionKind("errors", "errors", ["Error"]), new FrictionKind("adverts", "adverts", ["Roll Advert"])],
    };

    [Fact]
    public async Task Clear_errors_at_every_turn_since_a_week()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 80).Tracks("Error").On(10, 30).Tracks("Error").Times(3).OnWeekdays(70, 80);
        await world.AdvanceToAsync(day: 80);

        var cause = await world.CauseAsync("ann", CauseIds.Friction);
        Assert.Equal("errors", cause!.Detail);
        Assert.InRange(cause.Confidence, 0.9, 1);
        Assert.Matches("^[0-9]+ errors in [0-9]+ minutes over 14 days of use, .*[0-9]+ times what is usual for their own past$", cause.Evidence[0].Text.En);
        Assert.True(await world.LevelAsync("ann") >= RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Borderline_few_occurrences_never_make_it_sure()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 80).Tracks("Error").Times(2).On(78, 79);
        await world.AdvanceToAsync(day: 80);
        Assert.True(await world.CauseAsync("ann", CauseIds.Friction) is null or { Confidence: < 0.5 });
        Assert.True(await world.LevelAsync("ann") < RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Look_alike_who_uses_twice_as_much_meets_twice_as_many()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 60).Tracks("Error").OnWeekdays(0, 60)
            .Tracks("Report Shared").Times(4).OnWeekdays(61, 80).Tracks("Error").Times(4).OnWeekdays(61, 80);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.Friction, 60, 80));
    }

    [Fact]
    public async Task Clear_five_times_what_people_like_them_meet_though_it_was_always_so()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Works(0, 80).Tracks("Roll Advert").Times(5).OnWeekdays(0, 80);
        await world.AdvanceToAsync(day: 78);
        Assert.Null(await world.CauseAsync("ann", CauseIds.Friction));
        await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day: 80);

        var cause = await world.CauseAsync("ann", CauseIds.Friction);
        Assert.Equal("adverts", cause!.Detail);
        Assert.InRange(cause.Confidence, 0.9, 1);
        Assert.Contains("what is usual for people like them", cause.Evidence[0].Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_alike_as_many_as_everybody_on_the_plan()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Works(0, 80).Tracks("Roll Advert").OnWeekdays(0, 80);
        await world.AdvanceToAsync(day: 78);
        await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day: 80);
        Assert.Null(await world.CauseAsync("ann", CauseIds.Friction));
    }

    [Fact]
    public async Task Recovery_what_was_wrong_is_fixed()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 130).Tracks("Error").Times(3).OnWeekdays(70, 80);
        var days = await world.DaysWithAsync("ann", CauseIds.Friction, 70, 125);
        Assert.InRange(days[0], 70, 73);
        Assert.InRange(days[^1], 80, 105);
    }

    private static async Task<SignalsWorld> WithCustomersAsync()
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < 24; i++)
            world.Given($"c{i}").Works(0, 80).Tracks("Roll Advert").OnWeekdays(0, 80);
        return world;
    }
}
