using Signals.Core.Causes;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Causes.Stories;

public sealed class ChampionLeftStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups;

    [Fact]
    public async Task Clear_who_carried_it_is_silent_and_nobody_took_over()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 90);
        team[2].Tracks("Report Shared").On(Enumerable.Range(0, 13).Select(week => week * 7));
        await world.AdvanceToAsync(day: 76);

        var cause = await world.CauseAsync("acme", CauseIds.ChampionLeft);
        Assert.Equal((CauseSubject.People, 1), (cause!.Subject, cause.Affected));
        Assert.InRange(cause.Confidence, 0.9, 1);
        Assert.Equal($"ann, who carried 77% of the value, was last seen getting any on {world.Date(60):yyyy-MM-dd}", cause.Evidence[0].Text.En);
        Assert.Equal("p1 gets most value now, and could be next", cause.Evidence[1].Text.En);
        Assert.True(await world.LevelAsync("acme") >= RiskLevel.Watch);
    }

    [Fact]
    public async Task Borderline_fourteen_whole_days_of_silence_are_where_it_begins()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 90);
        Assert.Equal([75, 76], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 61, 76));
    }

    [Fact]
    public async Task Look_alike_somebody_else_took_over()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 60).Tracks("Report Shared").Times(5).OnWeekdays(61, 90);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 61, 90));
    }

    [Fact]
    public async Task Look_alike_one_of_many_who_carried_a_little()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 5);
        team[0].Works(0, 60);
        foreach (var person in team.Skip(1))
            person.Works(0, 90);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 61, 85));
    }

    [Fact]
    public async Task Recovery_the_champion_comes_back()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60).Tracks("Report Shared").Times(4).OnWeekdays(78, 100);
        team[1].Works(0, 100);
        Assert.Equal([75, 76, 77], (await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 70, 85)).Where(day => day < 78));
        Assert.Null(await world.CauseAsync("acme", CauseIds.ChampionLeft));
    }
}
