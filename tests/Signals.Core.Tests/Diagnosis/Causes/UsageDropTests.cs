using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

public sealed class UsageDropTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople;

    /// <summary>36 days with value in the 50 before the window, over a fortnight.</summary>
    private const double MeanDays = 36 / 50d * 14;

    [Fact]
    public async Task Silence_after_strong_use_is_flagged_with_their_own_level()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Report Shared").OnWeekdays(0, 55);
        await world.AdvanceToAsync(day: 66);

        var cause = await DropAsync(world);
        Assert.Equal((CauseSubject.Account, null), (cause!.Subject, cause.Detail));
        Assert.Equal(
            [
                new Line(
                    "20 minutes from 22 April 2025 to 5 May 2025, 60% under their own level",
                    "20 minutes",
                    "about 50 minutes",
                    world.Date(50)
                ),
                new Line("4 days with value in that time", "4 days", "about 10.1 days", world.Date(50)),
                new Line("last value on 25 April 2025", "25 April 2025", "more recent", world.Date(53)),
            ],
            Line.Of(cause)
        );
        Assert.Equal(
            Math.Round(
                (
                    1
                    - Math.Exp(-MeanDays)
                        * (1 + MeanDays + Math.Pow(MeanDays, 2) / 2 + Math.Pow(MeanDays, 3) / 6 + Math.Pow(MeanDays, 4) / 24)
                ) * Math.Sqrt(0.6),
                3
            ),
            cause.Confidence
        );
    }

    [Fact]
    public async Task Weekends_and_a_long_one_are_no_drop()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Report Shared").OnWeekdays(0, 55).Tracks("Report Shared").OnWeekdays(60, 120);
        for (int day = 28; day <= 110; day++)
        {
            await world.AdvanceToAsync(day);
            Assert.Null(await DropAsync(world));
        }
    }

    [Fact]
    public async Task A_week_off_is_a_holiday_and_a_fortnight_is_a_drop()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("week").Tracks("Report Shared").OnWeekdays(0, 55).Tracks("Report Shared").OnWeekdays(63, 120);
        world.Given("fortnight").Tracks("Report Shared").OnWeekdays(0, 55).Tracks("Report Shared").OnWeekdays(70, 120);
        var flagged = new Dictionary<string, List<int>> { ["week"] = [], ["fortnight"] = [] };
        for (int day = 50; day <= 100; day++)
        {
            await world.AdvanceToAsync(day);
            foreach (var (person, days) in flagged)
            {
                if (await DropAsync(world, person) is not null)
                    days.Add(day);
            }
        }
        Assert.Empty(flagged["week"]);
        Assert.NotEmpty(flagged["fortnight"]);
        Assert.All(flagged["fortnight"], day => Assert.InRange(day, 63, 76));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(4, true)]
    public async Task Half_their_level_is_where_it_begins(int reportsInTheFortnight, bool flagged)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Tracks("Report Shared")
            .OnWeekdays(0, 55)
            .Tracks("Report Shared")
            .On(Enumerable.Range(56, 14).Where(day => day % 7 < 5).Take(reportsInTheFortnight));
        await world.AdvanceToAsync(day: 70);
        Assert.Equal(flagged, await DropAsync(world) is not null);
    }

    [Fact]
    public async Task Someone_who_came_once_a_week_is_not_in_crisis_after_a_quiet_fortnight()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Report Shared").On(Enumerable.Range(0, 9).Select(week => week * 7));
        await world.AdvanceToAsync(day: 70);
        Assert.True(await DropAsync(world) is null or { Confidence: < 0.9 });
    }

    [Fact]
    public async Task Use_that_never_reached_the_floor_was_no_level_to_fall_from()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Video Watched").With("minutes", 0.3).OnWeekdays(0, 55);
        await world.AdvanceToAsync(day: 75);
        Assert.Null(await DropAsync(world));
    }

    [Fact]
    public async Task A_short_history_is_no_level()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Report Shared").OnDays(0, 26);
        await world.AdvanceToAsync(day: 60);
        Assert.Null(await DropAsync(world));
    }

    [Fact]
    public async Task Coming_back_ends_it()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Tracks("Report Shared").OnWeekdays(0, 55).Tracks("Report Shared").OnWeekdays(77, 120);
        await world.AdvanceToAsync(day: 75);
        Assert.NotNull(await DropAsync(world));
        await world.AdvanceToAsync(day: 90);
        Assert.Null(await DropAsync(world));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(30)]
    public async Task It_is_history_after_the_models_time_though_nothing_happens(int forgetDays)
    {
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Causes = CauseSettings.Usual.With(new UsageDropSettings(ForgetDays: forgetDays)),
            }
        );
        world.Given("ann").Tracks("Report Shared").OnDays(0, 55);
        await world.AdvanceToAsync(day: 55 + forgetDays);
        Assert.NotNull(await DropAsync(world));

        await world.AdvanceToAsync(day: 56 + forgetDays);
        Assert.Null(await DropAsync(world));
    }

    private static async Task<FoundCause?> DropAsync(SignalsWorld world, string person = "ann") =>
        (await world.ReviewAsync(person)).Assessment.Causes.FirstOrDefault(cause => cause.Id == CauseIds.UsageDrop);
}
