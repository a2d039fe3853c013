using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class FeatureSunsetStories
{
    /// <summary>Exports end on day 100; they are announced to end on day 5, and told of 90, 30 and 7 days before.</summary>
    private static readonly ValueModel Model = StoryModels.OfPeople.WithFeatures() with
    {
        Sunsets =
        [
            new Sunset
            {
                Feature = "exports",
                Announced = Day(5),
                LastOrder = Day(50),
                Ends = Day(100),
                Why = "Too few use it.",
                Terms = "As before until then.",
                ReplacementFeature = "feeds",
                Differences = "Nothing to download.",
                Steps = ["Open feeds."],
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
        Assert.StartsWith(
            $"used Exports, which ends on {Day(100):d MMMM yyyy}, on 23 days from {Day(50):d MMMM yyyy} to {Day(80):d MMMM yyyy}",
            cause.Evidence[0].Text.En,
            StringComparison.Ordinal
        );
        await world.AdvanceToAsync(day: 105);
        Assert.Null(await world.CauseAsync("ann", CauseIds.FeatureSunset));
        var told = (await world.MessagesAsync("ann")).Where(record => record.Cause == CauseIds.FeatureSunset).ToList();
        Assert.Equal(
            [world.Date(10), world.Date(70), world.Date(93)],
            told.Select(record => DateOnly.FromDateTime(record.PlannedAt.UtcDateTime))
        );
        Assert.All(
            told,
            record => Assert.Equal(("Exports", "Feeds"), (record.Variables.Sunset!.Feature, record.Variables.Sunset.Replacement))
        );
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
    public async Task Borderline_it_ends_with_its_last_day()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 110).Tracks("Export Completed").OnWeekdays(0, 110);
        Assert.Equal([98, 99, 100], await world.DaysWithAsync("ann", CauseIds.FeatureSunset, 98, 103));
    }

    [Fact]
    public async Task Borderline_who_moved_on_the_day_of_the_announcement_has_moved_and_who_did_before_it_has_not()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 60).Tracks("Export Completed").OnWeekdays(0, 60).Tracks("Feed Read").On(5);
        world.Given("bob").Works(0, 60).Tracks("Export Completed").OnWeekdays(0, 60).Tracks("Feed Read").On(4);
        await world.AdvanceToAsync(day: 40);
        Assert.Null(await world.CauseAsync("ann", CauseIds.FeatureSunset));
        Assert.NotNull(await world.CauseAsync("bob", CauseIds.FeatureSunset));
    }

    [Fact]
    public async Task A_single_use_is_told_without_a_count()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 60).Tracks("Export Completed").On(30);
        await world.AdvanceToAsync(day: 40);
        var cause = (await world.CauseAsync("ann", CauseIds.FeatureSunset))!;
        Assert.Equal(
            ($"used Exports, which ends on {Day(100):d MMMM yyyy}", $"last on {Day(30):d MMMM yyyy}", 0.667),
            (cause.Evidence[0].Text.En, cause.Evidence[0].Value.En, cause.Confidence)
        );
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

    [Fact]
    public async Task Where_the_last_order_comes_before_every_notice_it_is_told_in_time()
    {
        var early = Model.Sunsets[0] with { LastOrder = Day(40), NoticeDays = [30, 7] };
        var world = await SignalsWorld.WithAsync(Model with { Sunsets = [early] });
        world.Given("ann").HasEmail().Works(0, 110).Tracks("Export Completed").OnWeekdays(0, 110);
        await world.AdvanceToAsync(day: 105);

        var told = await ToldAsync(world);
        Assert.Equal(
            [(world.Date(26), true), (world.Date(70), false), (world.Date(93), false)],
            told.Select(record => (DayOf(record), record.Variables.Sunset!.IsLastOrderNear))
        );
    }

    [Fact]
    public async Task Who_never_used_it_hears_nothing_and_who_begins_late_hears_it_then()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Works(0, 110);
        world.Given("bob").HasEmail().Works(0, 110).Tracks("Export Completed").OnWeekdays(77, 110);
        await world.AdvanceToAsync(day: 105);

        Assert.Empty(await ToldAsync(world, "ann"));
        Assert.Equal([world.Date(77), world.Date(93)], (await ToldAsync(world, "bob")).Select(DayOf));
    }

    [Fact]
    public async Task Two_sunsets_are_both_told_and_what_the_cap_held_back_follows()
    {
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Sunsets =
                [
                    Model.Sunsets[0],
                    Model.Sunsets[0] with
                    {
                        Feature = "reports",
                        LastOrder = Day(80),
                        Ends = Day(101),
                        NoticeDays = [30],
                    },
                ],
            }
        );
        world.Given("ann").HasEmail().Works(0, 75).Tracks("Export Completed").OnWeekdays(0, 75);
        await world.AdvanceToAsync(day: 80);

        var told = await ToldAsync(world);
        Assert.Equal(
            [(world.Date(10), "exports"), (world.Date(70), "exports"), (world.Date(78), "reports")],
            told.Select(record => (DayOf(record), record.Detail!))
        );
    }

    [Fact]
    public async Task To_go_on_using_it_is_no_success_and_to_use_the_replacement_is()
    {
        var world = await SignalsWorld.WithAsync(Model with { Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal) });
        world.Given("ann").HasEmail().Works(0, 60).Tracks("Export Completed").OnWeekdays(0, 60);
        world.Given("bob").HasEmail().Works(0, 60).Tracks("Export Completed").OnWeekdays(0, 60).Tracks("Feed Read").On(30);
        await world.AdvanceToAsync(day: 60);

        Assert.Equal((OutreachState.Sent, false), StateOf(Assert.Single(await ToldAsync(world, "ann"))));
        Assert.Equal((OutreachState.Sent, true), StateOf(Assert.Single(await ToldAsync(world, "bob"))));

        static (OutreachState, bool?) StateOf(OutreachRecord record) => (record.State, record.GoalReached);
    }

    private static async Task<IReadOnlyList<OutreachRecord>> ToldAsync(SignalsWorld world, string person = "ann") =>
        [
            .. (await world.MessagesAsync(person))
                .Where(record => record.Cause == CauseIds.FeatureSunset)
                .OrderBy(record => record.PlannedAt),
        ];

    private static DateOnly DayOf(OutreachRecord record) => DateOnly.FromDateTime(record.PlannedAt.UtcDateTime);

    private static DateOnly Day(int day) => DateOnly.FromDateTime(SignalsWorld.Start.UtcDateTime).AddDays(day);
}
