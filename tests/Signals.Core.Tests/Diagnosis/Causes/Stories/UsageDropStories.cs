using Signals.Core.Daily.Norms;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

/// <summary>A drop, and what looks like one and is none; its numbers are told in <see cref="UsageDropTests"/>.</summary>
public sealed class UsageDropStories
{
    [Fact]
    public async Task Clear_strong_use_and_then_hardly_any()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        await world.AdvanceToAsync(day: 76);
        var cause = await world.CauseAsync("ann", CauseIds.UsageDrop);
        // Flagged some days before the drop is as sure as it gets.
        Assert.InRange(cause!.Confidence, 0.7, 1);
        Assert.Matches("^[0-9]+ minutes from .+ to .+, [0-9]+% under their own level$", cause.Evidence[0].Text.En);
        Assert.True(await world.LevelAsync("ann") >= RiskLevel.AtRisk);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task Borderline_half_of_their_own_level_is_where_it_begins(int reports, bool dropped)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").Times(3).OnWeekdays(0, 60).Tracks("Report Shared").Times(reports).OnWeekdays(61, 90);
        await world.AdvanceToAsync(day: 77);
        Assert.Equal(dropped, await world.CauseAsync("ann", CauseIds.UsageDrop) is not null);
    }

    [Fact]
    public async Task Look_alike_a_week_off_between_weeks_of_use()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Works(0, 60).Works(70, 100);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.UsageDrop, 71, 90));
    }

    [Fact]
    public async Task Recovery_they_use_it_as_before()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").Times(2).OnWeekdays(0, 60).Tracks("Report Shared").Times(2).OnWeekdays(77, 110);
        var days = await world.DaysWithAsync("ann", CauseIds.UsageDrop, 61, 100);
        Assert.InRange(days[0], 68, 76);
        Assert.InRange(days[^1], 77, 88);
    }

    [Fact]
    public async Task Look_alike_a_lull_such_as_there_was_before()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        var bursts = Enumerable.Range(0, 12).SelectMany(month => Enumerable.Range(month * 28, 12));
        world.Given("ann").Tracks("Report Shared").Times(6).On(bursts.Where(day => day < 150));
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.UsageDrop, 60, 135));
    }

    [Fact]
    public async Task Look_alike_a_fortnight_that_everybody_took_off()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        for (int i = 0; i < 15; i++)
            world.Given($"c{i}").Works(0, 62).Works(77, 100);
        await world.AdvanceToAsync(day: 76);
        Assert.NotNull(await world.CauseAsync("c1", CauseIds.UsageDrop));

        await world.AdvanceToAsync(day: 77);
        Assert.True(await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken));
        await world.AdvanceToAsync(day: 79);
        Assert.Null(await world.CauseAsync("c1", CauseIds.UsageDrop));
    }

    [Fact]
    public async Task Clear_a_little_is_left_every_day_of_what_six_people_did()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        // From 3 a day each to less than one in two days, spread so that hardly a day is without any: 750 minutes become 90.
        foreach (var (person, i) in world.Team("acme", 6).Select((person, i) => (person, i)))
        {
            person
                .Tracks("Report Shared")
                .Times(3)
                .OnWeekdays(0, 60)
                .Tracks("Report Shared")
                .On(Enumerable.Range(61, 60).Where(day => day % 7 < 5 && day % 3 == i % 3 && (day + i) % 2 == 0));
        }
        await world.AdvanceToAsync(day: 78);
        var cause = await world.CauseAsync("acme", CauseIds.UsageDrop);
        Assert.InRange(cause!.Confidence, 0.8, 1);
        Assert.True(await world.LevelAsync("acme") >= RiskLevel.Watch);
        Assert.NotEmpty(await world.AlertsAsync("acme"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Look_alike_as_many_days_and_nearly_as_much_on_them(int reports)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        foreach (var person in world.Team("acme", 6))
            person.Tracks("Report Shared").Times(3).OnWeekdays(0, 60).Tracks("Report Shared").Times(reports).OnWeekdays(61, 100);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.UsageDrop, 61, 95));
    }

    [Fact]
    public async Task Look_alike_amounts_that_always_went_up_and_down()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        // A big day now and then, at no steady pace, and a little on the others.
        int[] big = [3, 8, 17, 19, 33, 36, 44, 58, 62, 87, 90, 95];
        world.Given("ann").Works(0, 110).Tracks("Report Shared").Times(14).On(big);
        await world.AdvanceToAsync(day: 60);
        for (int day = 61; day <= 100; day++)
        {
            await world.AdvanceToAsync(day);
            Assert.True(await world.CauseAsync("ann", CauseIds.UsageDrop) is null or { Confidence: < 0.5 }, $"day {day}");
        }
    }
}
