using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class SeatsShrinkingStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups;

    [Fact]
    public async Task Clear_eight_of_ten_active_people_stopped()
    {
        var world = await SignalsWorld.WithAsync(Model);
        await WorkingAsync(world, people: 10, staying: 2, until: 60);
        await world.AdvanceToAsync(day: 90);

        var cause = await world.CauseAsync("acme", CauseIds.SeatsShrinking);
        Assert.Equal((CauseSubject.Account, 0.95), (cause!.Subject, cause.Confidence));
        Assert.Equal($"2 of 10 seats used by active people, 10 of them on {world.Date(60):d MMMM yyyy}", cause.Evidence[0].Text.En);
        Assert.Equal(
            ("2 active", "10 active", world.Date(60)),
            (cause.Evidence[0].Value.En, cause.Evidence[0].Expected.En, cause.Evidence[0].Since)
        );
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(7, true)]
    public async Task Borderline_a_quarter_of_them_is_where_it_begins(int staying, bool shrinking)
    {
        var world = await SignalsWorld.WithAsync(Model);
        await WorkingAsync(world, people: 10, staying, until: 60);
        await world.AdvanceToAsync(day: 90);
        var cause = await world.CauseAsync("acme", CauseIds.SeatsShrinking);
        Assert.Equal(shrinking, cause is not null);
        Assert.True(cause is null or { Confidence: < 0.5 }, "three of ten are few");
    }

    [Fact]
    public async Task Look_alike_two_of_three_are_no_trend()
    {
        var world = await SignalsWorld.WithAsync(Model);
        await WorkingAsync(world, people: 3, staying: 2, until: 60);
        await world.AdvanceToAsync(day: 90);
        Assert.True(await world.CauseAsync("acme", CauseIds.SeatsShrinking) is { Confidence: < 0.3 });
        Assert.True(await world.LevelAsync("acme") < RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Look_alike_a_week_off_for_everybody()
    {
        var world = await SignalsWorld.WithAsync(Model);
        foreach (var person in world.Team("acme", 8))
            person.Works(0, 55).Works(63, 110);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.SeatsShrinking, 50, 100));
    }

    [Fact]
    public async Task Recovery_they_come_back()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = await WorkingAsync(world, people: 8, staying: 2, until: 60);
        foreach (var person in team.Skip(2))
            person.Works(95, 120);
        Assert.NotEmpty(await world.DaysWithAsync("acme", CauseIds.SeatsShrinking, 80, 94));
        await world.AdvanceToAsync(day: 105);
        Assert.Null(await world.CauseAsync("acme", CauseIds.SeatsShrinking));
    }

    private static Task<IReadOnlyList<PersonStory>> WorkingAsync(SignalsWorld world, int people, int staying, int until)
    {
        var team = world.Team("acme", people);
        for (int i = 0; i < people; i++)
            team[i].Works(0, i < staying ? 130 : until);
        return Task.FromResult(team);
    }
}
