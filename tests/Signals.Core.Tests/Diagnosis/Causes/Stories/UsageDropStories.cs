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
        Assert.Matches("^[0-9]+ minutes in the last 14 days, [0-9]+% under their own level$", cause.Evidence[0].Text.En);
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
}
