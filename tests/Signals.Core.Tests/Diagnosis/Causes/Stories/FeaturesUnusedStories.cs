using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class FeaturesUnusedStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures();

    [Fact]
    public async Task Clear_two_of_three_paid_features_that_nobody_touched()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Works(0, 60);
        await world.AdvanceToAsync(day: 45);

        var cause = await world.CauseAsync("acme", CauseIds.FeaturesUnused);
        Assert.Equal(CauseSubject.Account, cause!.Subject);
        Assert.InRange(cause.Confidence, 0.6, 0.7);
        Assert.Equal("2 of 3 key features of the plan unused in 30 days", cause.Evidence[0].Text.En);
        Assert.Equal(("nobody used Exports, Feeds", world.Date(16)), (cause.Evidence[1].Text.En, cause.Evidence[1].Since));
        Assert.True(await world.LevelAsync("acme") < RiskLevel.AtRisk);
    }

    [Theory]
    [InlineData("Export Completed", false)]
    [InlineData("Page Printed", true)]
    public async Task Borderline_half_of_them_is_where_it_begins(string used, bool found)
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Works(0, 60).Tracks(used).On(40);
        await world.AdvanceToAsync(day: 45);
        Assert.Equal(found, await world.CauseAsync("acme", CauseIds.FeaturesUnused) is not null);
    }

    [Fact]
    public async Task Borderline_they_get_a_month_to_try_them()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Works(0, 60);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.FeaturesUnused, 10, 29));
        Assert.NotEmpty(await world.DaysWithAsync("acme", CauseIds.FeaturesUnused, 30, 36));
    }

    [Fact]
    public async Task Look_alike_who_pays_nothing_wastes_nothing()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Joins("acme").With("plan", "free").On(0).Works(0, 60);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.FeaturesUnused, 30, 60));
    }

    [Fact]
    public async Task Look_alike_features_that_nobody_reports_yet()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Works(0, 60);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.FeaturesUnused, 30, 60));
    }

    [Fact]
    public async Task Recovery_one_person_takes_them_up()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Works(0, 80);
        world.Given("bob").Joins("acme").On(0).Works(0, 80).Tracks("Export Completed").On(50).Tracks("Feed Read").On(51);
        var days = await world.DaysWithAsync("acme", CauseIds.FeaturesUnused, 40, 70);
        Assert.Equal((40, 49), (days[0], days[^1]));
    }

    /// <summary>Another customer uses everything, so that each feature is known to be reported.</summary>
    private static async Task<SignalsWorld> WithCustomersAsync()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("zoe")
            .Joins("other")
            .With("plan", "pro")
            .On(0)
            .Tracks("Export Completed")
            .OnWeekdays(0, 80)
            .Tracks("Feed Read")
            .OnWeekdays(0, 80)
            .Works(0, 80);
        return world;
    }
}
