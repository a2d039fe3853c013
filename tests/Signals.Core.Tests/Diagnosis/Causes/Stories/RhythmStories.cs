using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

/// <summary>
/// Work that comes once a month or once a quarter: the pause between is no silence, and a month that was missed is found within days. April
/// 2025 begins on day 29 of these lives.
/// </summary>
public sealed class RhythmStories
{
    private static readonly ValueModel People = StoryModels.OfPeople;
    private static readonly ValueModel Groups = StoryModels.OfGroups;

    [Fact]
    public async Task Look_alike_bookkeepers_who_close_each_month_in_five_days()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        foreach (var person in world.Team("acme", 3))
            person.Tracks("Report Shared").Times(4).On(Closings(world, 4, 9, workdays: 5));
        // It is known from the third month on, which begins on day 91.
        await AssertAllIsWellAsync(world, "acme", from: 93, to: 200);
    }

    [Fact]
    public async Task Look_alike_one_day_a_month_and_a_correction_between()
    {
        var world = await SignalsWorld.WithAsync(People);
        int[] closings = [.. Closings(world, 4, 9, workdays: 2)];
        world
            .Given("ann")
            .Tracks("Report Shared")
            .Times(9)
            .On(closings)
            .Tracks("Report Shared")
            .On(closings.Where((_, i) => i % 4 == 0).Select(day => day + 13));
        await AssertAllIsWellAsync(world, "ann", from: 95, to: 190);
    }

    [Fact]
    public async Task Clear_a_month_that_was_missed_is_found_within_days_and_called_a_drop()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        foreach (var person in world.Team("acme", 3))
            person.Tracks("Report Shared").Times(4).On(Closings(world, 4, 8, workdays: 5));
        // They came last on 7 August, and should have from 1 September on, day 182.
        var days = await world.DaysWithAsync("acme", CauseIds.UsageDrop, 165, 215);
        Assert.InRange(days[0], 183, 189);
        Assert.Equal(days[0] + days.Count - 1, days[^1]);
        Assert.Equal(215, days[^1]);
        var causes = (await world.ReviewAsync("acme")).Assessment.Causes;
        Assert.Equal(CauseIds.UsageDrop, causes[0].Id);
        Assert.InRange(causes[0].Confidence, 0.85, 1);
        Assert.Equal(
            "0 minutes since 7 August 2025: they came about every 30 days, 5 times, and were due on 31 August 2025",
            causes[0].Evidence[0].Text.En
        );
    }

    [Fact]
    public async Task Clear_a_closing_that_brought_a_third_of_what_they_come_for()
    {
        var world = await SignalsWorld.WithAsync(People);
        int[] closings = [.. Closings(world, 4, 9, workdays: 5)];
        world
            .Given("ann")
            .Tracks("Report Shared")
            .Times(9)
            .On(closings.SkipLast(5))
            .Tracks("Report Shared")
            .Times(3)
            .On(closings.TakeLast(5));
        var days = await world.DaysWithAsync("ann", CauseIds.UsageDrop, 165, 200);
        Assert.InRange(days[0], 189, 195);
        Assert.InRange((await world.CauseAsync("ann", CauseIds.UsageDrop))!.Confidence, 0.6, 0.9);
    }

    [Fact]
    public async Task Recovery_the_closing_was_only_late()
    {
        var world = await SignalsWorld.WithAsync(People);
        int[] late = [.. Closings(world, 9, 9, workdays: 5).Select(day => day + 12)];
        world.Given("ann").Tracks("Report Shared").Times(9).On([.. Closings(world, 4, 8, workdays: 5), .. late]);
        var days = await world.DaysWithAsync("ann", CauseIds.UsageDrop, 165, 215);
        Assert.InRange(days[^1], 193, 197);
    }

    [Fact]
    public async Task Look_alike_who_looks_after_the_quarter_is_no_champion_that_left_and_no_seat_lost()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        foreach (var person in world.Team("acme", 4))
            person.Tracks("Report Shared").Times(6).On(Quarters(world, 5));
        await AssertAllIsWellAsync(world, "acme", from: 225, to: 398);
    }

    [Fact]
    public async Task Clear_a_quarter_that_was_missed()
    {
        var world = await SignalsWorld.WithAsync(People);
        world.Given("ann").Tracks("Report Shared").Times(6).On(Quarters(world, 3));
        // January 2026 begins on day 304.
        var days = await world.DaysWithAsync("ann", CauseIds.UsageDrop, 290, 360);
        Assert.InRange(days[0], 310, 325);
        Assert.Equal(360, days[^1]);
    }

    [Fact]
    public async Task Clear_a_champion_who_came_every_month_and_missed_one_that_the_others_closed()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        var team = world.Team("acme", 3);
        team[0].Tracks("Report Shared").Times(12).On(Closings(world, 4, 8, workdays: 5));
        foreach (var person in team.Skip(1))
            person.Tracks("Report Shared").Times(2).On(Closings(world, 4, 10, workdays: 5));
        var days = await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 100, 210);
        Assert.InRange(days[0], 185, 192);
        Assert.Equal(CauseIds.ChampionLeft, (await world.ReviewAsync("acme")).Assessment.Causes[0].Id);
    }

    [Fact]
    public async Task Recovery_who_begins_to_come_every_day_is_held_against_that()
    {
        var world = await SignalsWorld.WithAsync(People);
        world.Given("ann").Tracks("Report Shared").Times(4).On(Closings(world, 4, 7, workdays: 5)).Works(155, 300);
        await AssertAllIsWellAsync(world, "ann", from: 155, to: 230);
    }

    private static async Task AssertAllIsWellAsync(SignalsWorld world, string account, int from, int to)
    {
        for (int day = from; day <= to; day++)
        {
            await world.AdvanceToAsync(day);
            var assessment = (await world.ReviewAsync(account)).Assessment;
            string? seen = assessment.Causes is [var cause, ..] ? $"{cause.Id}: {cause.Evidence[0].Text.En}" : null;
            Assert.True(seen is null, $"day {day}: {seen}");
            Assert.True(assessment.Risk.Level == RiskLevel.Healthy, $"day {day}: {assessment.Risk.Level}, {assessment.Risk.Score}");
        }
    }

    /// <summary>The first working days of each month from one to another of 2025, both included.</summary>
    private static IEnumerable<int> Closings(SignalsWorld world, int from, int to, int workdays) =>
        Enumerable.Range(from, to - from + 1).SelectMany(month => Workdays(world, new DateOnly(2025, month, 1), workdays));

    /// <summary>The first six working days of so many quarters from April 2025 on.</summary>
    private static IEnumerable<int> Quarters(SignalsWorld world, int quarters) =>
        Enumerable.Range(0, quarters).SelectMany(quarter => Workdays(world, new DateOnly(2025, 4, 1).AddMonths(3 * quarter), 6));

    private static IEnumerable<int> Workdays(SignalsWorld world, DateOnly first, int count) =>
        Enumerable
            .Range(first.DayNumber - world.Date(0).DayNumber, 14)
            .Where(day => world.At(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Take(count);
}
