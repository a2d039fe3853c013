using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Causes.Stories;

public sealed class FeatureSunsetStories
{
    /// <summary>Exports end on day 100; they are announced to end on day 5, and told of 90, 30 and 7 days before.</summary>
    private static readonly ValueModel Model = StoryModels.OfPeople.WithFeatures() with
    {
        Sunsets =
        [
            new Sunset
            {
                Feature = "exports", Announced = Day(5), LastOrder = Day(50), Ends = Day(100), Why = "Too few use it.", Terms = "As before until then.",
                ReplacementFeature = "feeds", Differences = "Nothing to download.", Steps = ["Open feeds."],
            },
        ],
    };

    [Fact]
    public async Task Clear_uses_what_ends_and_is_told_on_each_notice_day()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Works(0, 110).Tracks("Export Completed").OnWeekdays(0, 110);
        await world.AdvanceToAsync(day: 80);

        var cause = await world.CauseAsync("ann", CauseIds.FeatureSunset);
        Assert.Equal(("exports", 0.95), (cause!.Detail, cause.Confidence));
        Assert.StartsWith($"used Exports on 23 days, which ends on {Day(100):yyyy-MM-dd}", cause.Evidence[0].Text.En, StringComparison.Ordinal);
        await world.AdvanceToAsync(day: 105);
        Assert.Null(await world.CauseAsync("ann", CauseIds.FeatureSunset));
        var told = (await world.MessagesAsync("ann")).Where(record => record.Cause == CauseIds.FeatureSunset).ToList();
        Assert.Equal([world.Date(10), world.Date(70), world.Date(93)], told.Select(record => DateOnly.FromDateTime(record.PlannedAt.UtcDateTime)));
        Assert.All(told, record => Assert.Equal(("Exports", "Feeds"), (record.Variables.Sunset!.Feature, record.Variables.Sunset.Replacement)));
    }

    [Fact]
    public async Task Borderline_a_single_use_is_seen_for_a_month()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 110).Tracks("Export Completed").On(8);
        var days = await world.DaysWithAsync("ann", CauseIds.FeatureSunset, 5, 50);
        Assert.Equal((8, 38), (days[0], days[^1]));
    }

    [Fact]
    public async Task Look_alike_uses_something_else()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 110).Tracks("Feed Read").OnWeekdays(0, 110);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.FeatureSunset, 0, 100));
    }

    [Fact]
    public async Task Recovery_who_moved_hears_no_more()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Works(0, 110).Tracks("Export Completed").OnWeekdays(0, 110).Tracks("Feed Read").On(40);
        var days = await world.DaysWithAsync("ann", CauseIds.FeatureSunset, 0, 100);
        Assert.Equal((5, 39), (days[0], days[^1]));
        Assert.Single(await world.MessagesAsync("ann"), record => record.Cause == CauseIds.FeatureSunset);
    }

    private static DateOnly Day(int day) => DateOnly.FromDateTime(SignalsWorld.Start.UtcDateTime).AddDays(day);
}
