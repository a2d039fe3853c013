using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

public sealed class OnboardingStalledTests
{
    private static readonly ValueModel Groups = StoryModels.OfGroups.WithSetUp();

    [Fact]
    public async Task A_step_that_failed_twice_is_stalled_at_once()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").On(0).Tracks("Import Failed").Times(2).At(11).On(1);
        await world.AdvanceToAsync(day: 1);

        var cause = await StalledAsync(world);
        Assert.Equal(("import", CauseSubject.Account, 1, 0.9), (cause!.Detail, cause.Subject, cause.Affected, cause.Confidence));
        Assert.Equal(
            [
                new Line("\"Import your users\" failed 2 times", "2 failures", "none", world.Date(1)),
                new Line("\"Import your users\" is not done yet", "not done yet", "done", world.Date(0)),
            ],
            Line.Of(cause)
        );
    }

    [Fact]
    public async Task A_step_that_was_tried_is_stalled_the_next_day_and_not_while_they_are_at_it()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").On(0).Tracks("Import Started").On(1);
        await world.AdvanceToAsync(day: 1);
        Assert.Null(await StalledAsync(world));

        await world.AdvanceToAsync(day: 2);
        var cause = await StalledAsync(world);
        Assert.Equal(0.75, cause!.Confidence);
        Assert.Equal(
            new Line("\"Import your users\" was tried once and never finished", "1 try", "done", world.Date(1)),
            Line.Of(cause.Evidence[0])
        );
    }

    [Fact]
    public async Task A_step_that_nobody_touched_is_stalled_on_the_very_day_after_its_time()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").On(0);
        await world.AdvanceToAsync(day: 3);
        Assert.Null(await StalledAsync(world));

        await world.AdvanceToAsync(day: 4);
        var cause = await StalledAsync(world);
        Assert.Equal(("import", 0.6), (cause!.Detail, cause.Confidence));
        Assert.Equal(
            [new Line("\"Import your users\" is not done yet", "not done yet", $"done by {world.Date(3):d MMMM yyyy}", world.Date(0))],
            Line.Of(cause)
        );
    }

    [Fact]
    public async Task When_one_person_finishes_the_accounts_step_nobody_is_held_back_by_it_any_more()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").On(0).Tracks("Import Started").On(1);
        world.Given("bob").Joins("acme").On(0).Tracks("Profile Saved").On(0).Tracks("Users Imported").On(6);
        await world.AdvanceToAsync(day: 5);
        Assert.Equal(2, (await StalledAsync(world))!.Affected);

        await world.AdvanceToAsync(day: 6);
        Assert.Null(await StalledAsync(world));
        Assert.Empty((await world.ReviewAsync("acme")).People.Telling);
        Assert.Empty((await world.PersonAsync("acme", "ann"))!.Finding.Causes);
    }

    [Fact]
    public async Task Account_steps_do_not_concern_those_who_join_later_but_personal_steps_do()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        foreach (string early in new[] { "ann", "bob", "cid" })
            world.Given(early).Joins("acme").On(0).Tracks("Profile Saved").On(0);
        world.Given("dan").Joins("acme").On(10).Browses().On(10);
        await world.AdvanceToAsync(day: 9);
        Assert.Equal(("import", 3), ((await StalledAsync(world))!.Detail, (await StalledAsync(world))!.Affected));

        await world.AdvanceToAsync(day: 15);
        Assert.Null(await StalledAsync(world));
        await world.AdvanceToAsync(day: 16);
        var cause = await StalledAsync(world);
        Assert.Equal(("profile", CauseSubject.People, 1), (cause!.Detail, cause.Subject, cause.Affected));
        Assert.Contains(new Line("1 of 4 people is held back by it", "1 person", "none", null), Line.Of(cause));
    }

    [Fact]
    public async Task Whoever_tried_the_accounts_step_is_helped_however_many_colleagues_there_are()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        for (int i = 0; i < 6; i++)
            world.Given($"p{i}").Joins("acme").On(0).Tracks("Profile Saved").On(0);
        world.Given("p5").Joins("acme").On(1).Tracks("Import Started").On(2);
        await world.AdvanceToAsync(day: 4);
        Assert.Equal(("import", 1), ((await StalledAsync(world))!.Detail, (await StalledAsync(world))!.Affected));
    }

    [Fact]
    public async Task A_customer_whose_events_begin_long_after_they_did_is_not_told_that_set_up_is_late()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world
            .Given("ann")
            .Joins("acme")
            .With("createdAt", "2023-01-01T00:00:00Z")
            .On(0)
            .Identifies()
            .With("createdAt", "2023-01-01T00:00:00Z")
            .On(0)
            .Browses()
            .On(0, 1, 2);
        await world.AdvanceToAsync(day: 6);
        Assert.Null(await StalledAsync(world));
    }

    [Fact]
    public async Task A_step_nobody_finished_is_history_after_the_models_time()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").On(0);
        await world.AdvanceToAsync(day: 90);
        Assert.NotNull(await StalledAsync(world));

        await world.AdvanceToAsync(day: 91);
        Assert.Null(await StalledAsync(world));
    }

    [Fact]
    public async Task A_step_whose_time_is_longer_than_any_horizon_is_still_missed_on_its_day()
    {
        var model = StoryModels.OfPeople with
        {
            Fingerprint = "slow",
            Onboarding = [new OnboardingStep("audit", "Pass the audit", StepScope.Person, ["Audit Passed"], [], [], 60, null, [])],
        };
        var world = await SignalsWorld.WithAsync(model);
        world.Given("ann").Browses().On(0);
        await world.AdvanceToAsync(day: 60);
        Assert.Empty((await world.ReviewAsync("ann")).Assessment.Causes);

        await world.AdvanceToAsync(day: 61);
        Assert.Equal("audit", Assert.Single((await world.ReviewAsync("ann")).Assessment.Causes).Detail);
    }

    private static async Task<FoundCause?> StalledAsync(SignalsWorld world) =>
        (await world.ReviewAsync("acme")).Assessment.Causes.FirstOrDefault(cause => cause.Id == CauseIds.OnboardingStalled);
}
