using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class NeverTookOffStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups with { Causes = CauseSettings.Usual };

    [Fact]
    public async Task Clear_weeks_on_and_nobody_ever_got_value()
    {
        var world = await SignalsWorld.WithAsync(Model);
        foreach (var person in world.Team("acme", 4))
            person.Browses().On(1, 5, 9, 30);
        await world.AdvanceToAsync(day: 60);

        var cause = await world.CauseAsync("acme", CauseIds.NeverTookOff);
        Assert.InRange(cause!.Confidence, 0.6, 0.75);
        Assert.Equal("none of the 4 people ever got 15 minutes of value in 30 days", cause.Evidence[0].Text.En);
        Assert.Equal(
            ("none", "at least 25%", world.Date(1)),
            (cause.Evidence[0].Value.En, cause.Evidence[0].Expected.En, cause.Evidence[0].Since)
        );
    }

    [Fact]
    public async Task Borderline_four_weeks_are_where_it_begins()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).Browses().On(1, 25);
        Assert.Equal([29, 30], await world.DaysWithAsync("acme", CauseIds.NeverTookOff, 20, 30));
    }

    [Fact]
    public async Task Look_alike_one_of_four_took_off()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 4);
        foreach (var person in team)
            person.Browses().On(1, 5, 9);
        team[2].Tracks("Report Shared").On(3, 4, 5);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.NeverTookOff, 28, 60));
    }

    [Fact]
    public async Task Look_alike_an_old_customer_whose_events_begin_now()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").With("createdAt", world.At(-400).ToString("O")).On(0).Browses().On(1, 5, 9);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.NeverTookOff, 20, 60));
    }

    [Fact]
    public async Task Recovery_they_take_off_late()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).Browses().On(1, 25).Works(50, 80);
        var days = await world.DaysWithAsync("acme", CauseIds.NeverTookOff, 29, 80);
        Assert.Equal((29, 51), (days[0], days[^1]));
    }
}
