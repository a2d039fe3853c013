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
        Assert.Equal("0 minutes of value since 3 March 2025", cause.Evidence[0].Text.En);
        Assert.Equal(("8 sessions", world.Date(0)), (cause.Evidence[1].Value.En, cause.Evidence[1].Since));
        Assert.True(await world.LevelAsync("ann") >= RiskLevel.AtRisk);
        Assert.Equal(CauseIds.ValueNotFound, Assert.Single(await world.MessagesAsync("ann")).Cause);
    }

    [Theory]
    [InlineData(10, 1, true)]
    [InlineData(10, 2, false)]
    [InlineData(31, 2, true)]
    [InlineData(31, 3, false)]
    public async Task Borderline_the_floor_is_fifteen_minutes_in_thirty_days_and_its_part_before(int day, int reports, bool found)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Browses().On(0, 2, 4, 6, day - 1).Tracks("Report Shared").Times(reports).On(day - 3);
        await world.AdvanceToAsync(day);
        var cause = await world.CauseAsync("ann", CauseIds.ValueNotFound);
        Assert.Equal(found, cause is not null);
        Assert.True(cause is null or { Confidence: < 0.5 }, "who nearly got there is no sure case");
        // No sentence is about time that was not there.
        Assert.True(
            cause is null
                || (
                    cause.Evidence[0].Since >= world.Date(0)
                    && cause.Evidence[0].Text.En == $"{reports * 5} minutes of value since {cause.Evidence[0].Since:d MMMM yyyy}"
                )
        );
    }

    [Theory]
    [InlineData("Import Failed", false)]
    [InlineData("Users Imported", true)]
    [InlineData(null, true)]
    public async Task Look_alike_colleagues_who_wait_for_a_step_that_one_of_them_is_stuck_at(string? step, bool found)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithSetUp());
        var team = world.Team("acme", 4);
        foreach (var person in team)
            person.HasEmail().Tracks("Profile Saved").On(0).Browses().On(1, 2, 4, 6, 8);
        if (step is not null)
            team[0].Tracks(step).Times(2).On(1);
        await world.AdvanceToAsync(day: 9);
        Assert.Equal(found, await world.CauseAsync("acme", CauseIds.ValueNotFound) is not null);
        Assert.Equal(found, (await world.MessagesAsync("acme")).Any(message => message.Cause == CauseIds.ValueNotFound));
    }

    [Theory]
    [InlineData("service", false)]
    [InlineData("agent", true)]
    public async Task Look_alike_developers_who_read_while_their_key_makes_the_calls(string roleOfTheOther, bool found)
    {
        var world = await SignalsWorld.WithAsync(
            StoryModels.OfGroups with
            {
                People = new PeopleDefinition { LeaveOut = LeaveOutRule.Usual },
            }
        );
        foreach (var person in world.Team("acme", 3))
            person.Browses().On(0, 3, 5, 7, 10, 12);
        world
            .Given("key-1")
            .Identifies()
            .With("role", roleOfTheOther)
            .On(0)
            .Joins("acme")
            .On(0)
            .Tracks("Report Shared")
            .Times(3)
            .OnDays(1, 14);
        await world.AdvanceToAsync(day: 13);
        Assert.Equal(found, await world.CauseAsync("acme", CauseIds.ValueNotFound) is not null);
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
        // Ten minutes in a fortnight are what the floor asks for in that time.
        Assert.Equal([7, 8, 9, 10, 11, 12], await world.DaysWithAsync("ann", CauseIds.ValueNotFound, 0, 25));
        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("ann"));
    }
}
