using Signals.Core.Cohorts;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Causes.Stories;

/// <summary>What looks like a drop and is none; the drop itself is told in <see cref="UsageDropTests"/>.</summary>
public sealed class UsageDropStories
{
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
