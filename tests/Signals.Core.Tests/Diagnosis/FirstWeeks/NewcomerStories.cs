using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.FirstWeeks;

/// <summary>New accounts and, for each thing that is not said of them, those of whom it is.</summary>
public sealed class NewcomerStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp().WithFeatures() with { LeaveIntent = ["Cancel Viewed"] };

    [Fact]
    public async Task One_failed_import_of_a_day_old_account_is_helped_at_once_and_no_risk()
    {
        var world = await NewAsync(trialDays: 14);
        Ann(world).Tracks("Import Failed").At(11).On(1);
        await world.AdvanceToAsync(world.At(1, 11.5));

        Assert.Equal(CauseIds.OnboardingStalled, Assert.Single(await world.MessagesAsync("acme")).Cause);
        Assert.True(await world.LevelAsync("acme") < RiskLevel.AtRisk);
        Assert.Empty(await world.AlertsAsync("acme"));
        var cause = (await world.CauseAsync("acme", CauseIds.OnboardingStalled))!;
        Assert.Equal(
            ["\"Import your users\" failed once", "\"Import your users\" is not done yet"],
            cause.Evidence.Select(line => line.Text.En).Take(2)
        );
    }

    [Fact]
    public async Task Neighbour_an_import_that_failed_twice_is_a_risk_too()
    {
        var world = await NewAsync(trialDays: 14);
        Ann(world).Tracks("Import Failed").Times(2).At(11).On(1);
        await world.AdvanceToAsync(world.At(1, 11.5));

        Assert.Single(await world.MessagesAsync("acme"));
        Assert.True(await world.LevelAsync("acme") >= RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Neighbour_an_import_that_was_begun_today_is_left_to_them_until_tomorrow()
    {
        var world = await NewAsync(trialDays: 14);
        Ann(world).Tracks("Import Started").At(11).On(1);
        await world.AdvanceToAsync(world.At(1, 20));
        Assert.Empty(await world.MessagesAsync("acme"));

        await world.AdvanceToAsync(day: 2);
        Assert.Single(await world.MessagesAsync("acme"));
    }

    [Fact]
    public async Task Neighbour_an_import_that_failed_and_then_went_well_is_nobodys_business()
    {
        var world = await NewAsync(trialDays: 14);
        Ann(world).Tracks("Import Failed").At(11).On(1).Tracks("Users Imported").At(11.05).On(1);
        await world.AdvanceToAsync(day: 2);

        Assert.Empty(await world.MessagesAsync("acme"));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "\"Import your users\" is not done yet")]
    public async Task A_step_is_late_once_its_time_is_over_and_not_on_its_last_day(int day, string? told)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").At(20).On(0).Tracks("Profile Saved").At(20).On(0);
        await world.AdvanceToAsync(day);

        Assert.Equal(told, (await world.CauseAsync("acme", CauseIds.OnboardingStalled))?.Evidence[0].Text.En);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_trial_that_ends_soon_is_no_risk_of_who_sets_up_at_the_usual_pace(int day)
    {
        var world = await NewAsync(trialDays: 7);
        Ann(world).Tracks("Users Imported").At(11).On(0).Tracks("Report Shared").At(11).OnDays(0, 5);
        await world.AdvanceToAsync(day);

        var review = await world.ReviewAsync("acme");
        Assert.Equal(RiskLevel.Healthy, review.Assessment.Risk.Level);
        Assert.InRange(review.Assessment.Health.Score, 50, 100);
    }

    [Fact]
    public async Task Neighbour_a_newcomer_who_is_late_with_everything_is_watched()
    {
        var world = await NewAsync(trialDays: 7);
        Ann(world).Browses().On(1, 2);
        await world.AdvanceToAsync(day: 6);

        Assert.True(await world.LevelAsync("acme") >= RiskLevel.Watch);
        Assert.InRange((await world.ReviewAsync("acme")).Assessment.Health.Score, 0, 45);
    }

    [Fact]
    public async Task Neighbour_a_newcomer_who_looks_for_the_way_out_is_a_risk_whatever_the_pace()
    {
        var world = await NewAsync(trialDays: 7);
        Ann(world).Tracks("Users Imported").On(0).Tracks("Report Shared").At(11).OnDays(0, 3).Tracks("Cancel Viewed").Times(3).On(3);
        await world.AdvanceToAsync(day: 3);

        Assert.True(await world.LevelAsync("acme") >= RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Health_after_minutes_is_by_the_start_and_after_a_month_by_what_is_paid_for()
    {
        var world = await NewAsync(trialDays: 60);
        await world.AdvanceToAsync(world.At(0, 11));
        var first = (await world.ReviewAsync("acme")).Assessment.Health;
        Assert.Equal(("start", 1), (first.Parts.Single(part => part.Most > 0).Id, (int)first.Parts.Single(part => part.Most > 0).Amount));
        Assert.InRange(first.Score, 50, 100);
        Assert.Equal("Not done yet: Import your users.", first.Raise!.Text.En);
        Assert.Null(first.Trend);

        Ann(world).Browses().On(33);
        await world.AdvanceToAsync(day: 33);
        var later = (await world.ReviewAsync("acme")).Assessment.Health;
        Assert.Equal((0, "depth breadth"), (later.Score, string.Join(' ', later.Parts.Select(part => part.Id))));
        Assert.Equal("3 of 3 key features of the plan were not used in 30 days: Reports, Exports, Feeds.", later.Raise!.Text.En);
    }

    [Fact]
    public async Task Few_features_in_ten_days_are_told_of_ten_days()
    {
        var world = await NewAsync(trialDays: 60);
        Ann(world).Tracks("Users Imported").At(11).On(0).Tracks("Report Shared").At(11).OnDays(0, 10);
        await world.AdvanceToAsync(day: 12);

        var health = (await world.ReviewAsync("acme")).Assessment.Health;
        // One feature of three is all that a third of the window asks for, and one person of ten seats.
        var depth = health.Parts.Single(part => part.Id == "depth");
        Assert.Equal(depth.Most, depth.Points);
        Assert.Contains(
            "since 3 March 2025",
            Assert.Single(health.Parts, part => part.Id == "breadth") is { } ? health.Raise!.Text.En : "",
            StringComparison.Ordinal
        );
    }

    private static PersonStory Ann(SignalsWorld world)
    {
        var ann = world.Given("ann");
        ann.Joins("acme");
        return ann;
    }

    /// <summary>Ann came on day 0 at ten, on the plan with ten seats, and filled in her profile.</summary>
    private static async Task<SignalsWorld> NewAsync(int trialDays)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Joins("acme")
            .With("plan", "pro")
            .With("createdAt", world.At(0).ToString("O"))
            .With("trialEndsAt", world.At(trialDays).ToString("O"))
            .On(0)
            .HasEmail()
            .Tracks("Profile Saved")
            .On(0);
        await world.AdvanceToAsync(world.At(0, 10.2));
        return world;
    }
}
