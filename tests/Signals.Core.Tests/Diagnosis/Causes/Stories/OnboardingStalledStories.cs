using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class OnboardingStalledStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp();

    [Fact]
    public async Task Clear_the_import_failed_twice_and_nobody_finished_it()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).HasEmail().Tracks("Profile Saved").On(0).Tracks("Import Failed").On(1, 2);
        await world.AdvanceToAsync(day: 2);

        var cause = await world.CauseAsync("acme", CauseIds.OnboardingStalled);
        Assert.Equal(("import", CauseSubject.Account, 0.9), (cause!.Detail, cause.Subject, cause.Confidence));
        Assert.Equal("\"Import your users\" failed 2 times", cause.Evidence[0].Text.En);
        Assert.True(await world.LevelAsync("acme") >= RiskLevel.AtRisk);
        Assert.Equal(CauseIds.OnboardingStalled, Assert.Single(await world.MessagesAsync("acme")).Cause);
    }

    [Fact]
    public async Task Borderline_a_step_of_three_days_is_late_when_they_are_over()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").On(0).Works(0, 5);
        Assert.Equal([4], await world.DaysWithAsync("acme", CauseIds.OnboardingStalled, 0, 4));
    }

    [Fact]
    public async Task Borderline_one_stuck_newcomer_of_twenty_is_helped_and_no_account_risk()
    {
        var world = await SignalsWorld.WithAsync(Model);
        foreach (var person in world.Team("acme", 20))
            person.Tracks("Users Imported").On(0).Tracks("Profile Saved").On(0).Works(0, 60);
        world.Given("new").Joins("acme").On(40).HasEmail(day: 40).Tracks("Profile Opened").On(41);
        await world.AdvanceToAsync(day: 44);

        var cause = await world.CauseAsync("acme", CauseIds.OnboardingStalled);
        Assert.Equal(("profile", CauseSubject.People, 1, 0.75), (cause!.Detail, cause.Subject, cause.Affected, cause.Confidence));
        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("acme"));
        Assert.Equal("new@example.com", Assert.Single(await world.MessagesAsync("acme")).To);
    }

    [Fact]
    public async Task Look_alike_who_joins_an_account_that_is_set_up_has_no_import_to_do()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).Tracks("Users Imported").On(1).Tracks("Profile Saved").On(0);
        world.Given("bob").Joins("acme").On(30).Tracks("Profile Saved").On(31);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.OnboardingStalled, 2, 60));
    }

    [Fact]
    public async Task Look_alike_they_are_at_it_this_very_day()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Joins("acme")
            .On(0)
            .Tracks("Profile Saved")
            .On(0)
            .Tracks("Import Started")
            .On(1)
            .Tracks("Import Failed")
            .At(11)
            .On(1)
            .Tracks("Users Imported")
            .At(16)
            .On(1);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.OnboardingStalled, 0, 20));
    }

    [Fact]
    public async Task Recovery_the_step_is_done_and_the_level_falls()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Joins("acme")
            .On(0)
            .Tracks("Profile Saved")
            .On(0)
            .Tracks("Import Failed")
            .On(1, 2)
            .Works(3, 20)
            .Tracks("Users Imported")
            .On(9);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], await world.DaysWithAsync("acme", CauseIds.OnboardingStalled, 2, 15));
        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("acme"));
    }
}
