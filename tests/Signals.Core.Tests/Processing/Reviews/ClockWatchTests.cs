using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.WakeUps;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>A machine's clock runs ahead for a while and is put right: the same store, looked at later by an app of an earlier time.</summary>
public sealed class ClockWatchTests
{
    private const int Ahead = 40;
    private static readonly CancellationToken Cancel = CancellationToken.None;

    [Theory]
    [InlineData(AccountsMode.Person)]
    [InlineData(AccountsMode.Group)]
    public async Task What_was_reviewed_under_a_clock_that_was_ahead_is_reviewed_again_when_it_is_right(AccountsMode mode)
    {
        var model = StoryModels.OfPeople with { Accounts = mode };
        string account = mode == AccountsMode.Group ? "acme" : "ann";
        var expected = await StoryAsync(model);
        await expected.AdvanceToAsync(day: 31);
        var ahead = await StoryAsync(model);
        await ahead.AdvanceToAsync(day: 30 + Ahead);
        await ahead.Get<ClockWatch>().RunAsync(Cancel);
        Assert.NotEmpty((await ahead.ReviewAsync(account)).Assessment.Causes);

        var right = await SignalsWorld.WithAsync(model, SignalsWorld.Start, ahead.Store);
        right.Clock.MoveTo(right.At(31, 0));
        Assert.Equal(1, await right.Get<ClockWatch>().RunAsync(Cancel));
        await right.RunAsync();

        var (found, wanted) = (await right.ReviewAsync(account), await expected.ReviewAsync(account));
        Assert.Equal(31, Days.Of(found.ReviewedAt) - Days.Of(SignalsWorld.Start));
        Assert.Equal(wanted.Assessment.Risk.Score, found.Assessment.Risk.Score);
        Assert.Equal(wanted.NextReviewAt, found.NextReviewAt);
        Assert.Equal((wanted.People.Reviewed, wanted.People.Active), (found.People.Reviewed, found.People.Active));
        Assert.Contains(await right.WakesAsync(), wake => wake.Kind == WakeKind.Review && wake.At == found.NextReviewAt);
        Assert.Equal(0, await right.Get<ClockWatch>().RunAsync(Cancel));
    }

    [Fact]
    public async Task Events_ask_for_a_review_though_the_last_one_is_from_a_time_to_come()
    {
        var ahead = await StoryAsync(StoryModels.OfPeople);
        await ahead.AdvanceToAsync(day: 30 + Ahead);

        var right = await SignalsWorld.WithAsync(StoryModels.OfPeople, SignalsWorld.Start, ahead.Store);
        right.Clock.MoveTo(right.At(31));
        right.Given("ann").Tracks("Report Shared").On(31);
        await right.AdvanceToAsync(day: 32);

        Assert.InRange((await right.ReviewAsync("ann")).ReviewedAt, right.At(31, 0), right.At(32));
    }

    [Fact]
    public async Task Measures_of_a_time_to_come_are_made_anew()
    {
        var ahead = await StoryAsync(StoryModels.OfPeople);
        await ahead.AdvanceToAsync(day: 30 + Ahead);
        await ahead.Get<MeasurePass>().MeasureAsync(Cancel);

        var right = await SignalsWorld.WithAsync(StoryModels.OfPeople, SignalsWorld.Start, ahead.Store);
        right.Clock.MoveTo(right.At(31));

        Assert.Equal(1, await right.Get<MeasurePass>().RunAsync(Cancel));
        Assert.Equal(right.At(31), (await right.Get<MeasurePass>().ReadAsync(Cancel))!.MeasuredAt);
        Assert.Equal(0, await right.Get<MeasurePass>().RunAsync(Cancel));
    }

    [Fact]
    public async Task A_clock_that_is_only_kept_right_has_nobody_reviewed()
    {
        var world = await StoryAsync(StoryModels.OfPeople);
        await world.AdvanceToAsync(world.At(31));
        await world.Get<ClockWatch>().RunAsync(Cancel);

        var neighbour = await SignalsWorld.WithAsync(StoryModels.OfPeople, SignalsWorld.Start, world.Store);
        neighbour.Clock.MoveTo(world.At(31).AddMinutes(-59));

        Assert.Equal(0, await neighbour.Get<ClockWatch>().RunAsync(Cancel));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(-9, false)]
    [InlineData(-10, true)]
    [InlineData(-60 * 24 * 40, true)]
    public void A_pause_is_over_when_it_passed_or_began_where_nobody_would_wait_for_it(int minutes, bool isOver) =>
        Assert.Equal(isOver, Elapsed.Since(SignalsWorld.Start, TimeSpan.FromMinutes(10), SignalsWorld.Start.AddMinutes(minutes)));

    private static async Task<SignalsWorld> StoryAsync(ValueModel model)
    {
        var world = await SignalsWorld.WithAsync(model);
        world.Given("ann").Joins("acme").On(0).Tracks("Report Shared").OnDays(0, 30);
        await world.AdvanceToAsync(day: 30);
        return world;
    }
}
