using Signals.Core.Model;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

public sealed class TimeAloneTests
{
    [Fact]
    public async Task Who_falls_silent_after_a_good_start_is_flagged_on_the_day_the_models_numbers_say()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").OnDays(0, 40);
        await world.AdvanceToAsync(day: 40);
        var first = await FirstDayAsync(world, until: 80, async () => (await world.ReviewAsync("ann")).Assessment.Causes.Count > 0);

        // Ten whole days in a row away are more than a holiday, and by then the fortnight is under half their level.
        Assert.Equal(51, first);
        Assert.Equal("usage-drop", (await world.ReviewAsync("ann")).Assessment.Primary!.Id);
    }

    [Fact]
    public async Task A_person_is_active_up_to_the_last_day_of_the_window_and_no_longer()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        world.Given("ann").Joins("acme").On(0).Tracks("Video Watched").With("minutes", 15).On(3);
        await world.AdvanceToAsync(day: 32);
        Assert.Equal(1, (await world.ReviewAsync("acme")).People.Active);

        await world.AdvanceToAsync(day: 33);
        Assert.Equal(0, (await world.ReviewAsync("acme")).People.Active);
    }

    [Fact]
    public async Task An_account_where_nothing_can_change_any_more_costs_nothing()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople.WithSetUp());
        world.Given("ann").Browses().On(0, 1, 2).Tracks("Report Shared").OnDays(0, 40);
        world.Given("bob").Identifies().With("email", "bob@example.com").On(0);
        // A silence and an age tell less and less for a year.
        await world.AdvanceToAsync(day: 40 + 368);
        Assert.Empty(await world.WakesAsync());
        Assert.Null((await world.ReviewAsync("ann")).NextReviewAt);

        world.Store.Probe.Reset();
        await world.AdvanceToAsync(day: 550);
        Assert.Equal(0, world.Store.Probe.Count(StoreCallKind.Get));
        Assert.Equal(0, world.Store.Probe.Count(StoreCallKind.Commit));
    }

    [Theory]
    [InlineData(AccountsMode.Person)]
    [InlineData(AccountsMode.Group)]
    public async Task A_review_that_changes_nothing_is_at_most_three_operations(AccountsMode mode)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople with { Accounts = mode });
        string account = mode == AccountsMode.Group ? "acme" : "ann";
        for (int i = 0; i < (mode == AccountsMode.Group ? 40 : 1); i++)
            world.Given(i == 0 ? "ann" : $"p{i}").Joins("acme").On(0).Tracks("Report Shared").OnDays(0, 9);
        await world.AdvanceToAsync(day: 10);
        // What a process reads once an hour for all reviews is not this one's.
        await world.ReviewNowAsync(account);
        world.Store.Probe.Reset();
        await world.ReviewNowAsync(account);
        Assert.InRange(world.Store.Probe.Total, 1, 3);
    }

    [Fact]
    public async Task A_review_asked_for_early_does_not_cost_the_account_its_next_one()
    {
        var world = await ReviewedEarlyAsync();
        await world.AdvanceToAsync(day: 6);
        Assert.Empty((await world.ReviewAsync("ann")).Assessment.Causes);
        await world.AdvanceToAsync(day: 7);
        Assert.NotEmpty((await world.ReviewAsync("ann")).Assessment.Causes);
    }

    [Fact]
    public async Task An_event_right_after_a_wake_up_that_found_nothing_to_do_is_reviewed_too()
    {
        var world = await ReviewedEarlyAsync();
        world.Given("ann").Browses().At(16.5).On(0);
        await world.AdvanceToAsync(day: 1);
        Assert.False((await world.AccountAsync("ann"))!.Changed);
    }

    [Fact]
    public async Task A_renewal_far_ahead_is_seen_coming_and_one_in_seventy_years_is_no_burden()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Identifies().With("renewalAt", world.At(300).ToString("O")).On(0).Tracks("Report Shared").OnDays(0, 55);
        world.Given("bob").Identifies().With("renewalAt", "2099-12-31").On(0).Tracks("Report Shared").OnDays(0, 55);
        await world.AdvanceToAsync(day: 180);
        int calm = (await world.ReviewAsync("ann")).Assessment.Risk.Score;
        await world.AdvanceToAsync(day: 290);
        Assert.True((await world.ReviewAsync("ann")).Assessment.Risk.Score > calm);
        Assert.NotNull((await world.ReviewAsync("bob")).NextReviewAt);
    }

    /// <summary>
    /// The fold of eleven o'clock asks for a review six hours after the last one; somebody asks for one at once; then the wake-up comes,
    /// and finds that the review still holds.
    /// </summary>
    private static async Task<SignalsWorld> ReviewedEarlyAsync()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Browses().At(10).On(0).Browses().At(11).On(0);
        await world.AdvanceToAsync(world.At(0, 11.2));
        Assert.True((await world.AccountAsync("ann"))!.Changed);
        await world.ReviewNowAsync("ann");
        await world.AdvanceToAsync(world.At(0, 16.2));
        Assert.Equal(world.At(0, 11.2), (await world.ReviewAsync("ann")).ReviewedAt, TimeSpan.FromHours(6));
        return world;
    }

    private static async Task<int?> FirstDayAsync(SignalsWorld world, int until, Func<Task<bool>> holds)
    {
        while (world.Today < until)
        {
            await world.AdvanceToAsync(world.Today + 1);
            if (await holds())
                return world.Today;
        }
        return null;
    }
}
