using Signals.Core.Diagnosis.Causes.FeaturesUnused;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

public sealed class FeaturesUnusedTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures();

    [Fact]
    public async Task Paid_features_that_nobody_uses_are_named_once_the_account_is_old_enough()
    {
        var world = await WorldAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 32);
        Assert.Null(await UnusedAsync(world));

        await world.AdvanceToAsync(day: 33);
        var cause = await UnusedAsync(world);
        Assert.Equal(CauseSubject.Account, cause!.Subject);
        Assert.Equal(Math.Round(0.5 + 0.4 * (2 / 3d - 0.5) / 0.5, 3), cause.Confidence);
        Assert.Equal(
            [
                new Line("2 of 3 key features of the plan unused in 30 days", "67%", "under 50%", world.Date(4)),
                new Line("nobody used Exports, Feeds", "2 features", "in use", world.Date(4)),
            ],
            Line.Of(cause)
        );
    }

    [Fact]
    public async Task The_one_feature_offered_fits_what_they_came_for()
    {
        var world = await WorldAsync();
        world
            .Given("ann")
            .Joins("acme")
            .With("plan", "pro")
            .With("goal", "See everything new together")
            .On(0)
            .Tracks("Report Shared")
            .OnDays(0, 60);
        await world.AdvanceToAsync(day: 40);
        Assert.Equal("feeds", (await UnusedAsync(world))!.Detail);
    }

    [Fact]
    public async Task One_use_by_anybody_in_the_account_is_enough()
    {
        var world = await WorldAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60);
        world.Given("bob").Joins("acme").On(3).Tracks("Export Completed").On(20).Tracks("Feed Read").On(25);
        await world.AdvanceToAsync(day: 50);
        Assert.Null(await UnusedAsync(world));

        await world.AdvanceToAsync(day: 55);
        Assert.Equal("exports", (await UnusedAsync(world))!.Detail);
    }

    [Fact]
    public async Task Features_of_a_plan_they_do_not_pay_for_are_not_missed()
    {
        var world = await WorldAsync();
        world.Given("ann").Joins("acme").With("plan", "free").On(0).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 50);
        Assert.Null(await UnusedAsync(world));
    }

    [Fact]
    public async Task A_feature_that_no_customer_at_all_has_used_is_not_instrumented_and_stays_out()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 50);
        Assert.Null(await UnusedAsync(world));
    }

    [Fact]
    public async Task A_feature_that_another_customer_used_first_last_week_is_not_missed_before_a_whole_window()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 100);
        world.Given("zoe").Joins("other").On(40).Tracks("Export Completed").On(40).Tracks("Feed Read").On(40);
        await world.AdvanceToAsync(day: 69);
        Assert.Null(await UnusedAsync(world));
        await world.AdvanceToAsync(day: 71);
        Assert.NotNull(await UnusedAsync(world));
    }

    [Fact]
    public async Task An_account_without_any_value_has_other_causes()
    {
        var world = await WorldAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Browses().OnDays(0, 50);
        await world.AdvanceToAsync(day: 50);
        Assert.Null(await UnusedAsync(world));
    }

    [Fact]
    public async Task A_feature_that_ends_is_missed_no_more_from_the_day_its_end_is_announced()
    {
        var announced = DateOnly.FromDateTime(SignalsWorld.Start.AddDays(40).UtcDateTime);
        var ends = new Sunset
        {
            Feature = "exports",
            Announced = announced,
            LastOrder = announced.AddDays(30),
            Ends = announced.AddDays(60),
            Why = "Too few use it.",
            Terms = "As before until then.",
            ReplacementFeature = "feeds",
            Differences = "Nothing to download.",
            Steps = ["Open feeds."],
        };
        var world = await WorldAsync(Model with { Sunsets = [ends] });
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60);

        await world.AdvanceToAsync(day: 39);
        Assert.Contains("nobody used Exports, Feeds", Line.Of((await UnusedAsync(world))!).Select(line => line.Text));

        await world.AdvanceToAsync(day: 40);
        Assert.Contains("nobody used Feeds", Line.Of((await UnusedAsync(world))!).Select(line => line.Text));
    }

    [Theory]
    [InlineData("free", false)]
    [InlineData("pro", true)]
    public async Task Who_pays_nothing_misses_nothing_though_every_feature_is_theirs(string plan, bool found)
    {
        var world = await WorldAsync(Model with { Features = [.. Model.Features.Select(feature => feature with { Plans = [] })] });
        world.Given("ann").Joins("acme").With("plan", plan).On(0).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 50);
        Assert.Equal(found, await UnusedAsync(world) is not null);
    }

    [Fact]
    public async Task A_new_account_gets_its_month_though_others_have_used_it_all_for_long()
    {
        var world = await WorldAsync();
        world.Given("ann").Joins("acme").With("plan", "pro").On(60).Tracks("Report Shared").OnDays(60, 100);
        await world.AdvanceToAsync(day: 89);
        Assert.Null(await UnusedAsync(world));
        await world.AdvanceToAsync(day: 90);
        Assert.NotNull(await UnusedAsync(world));
    }

    [Fact]
    public async Task Whoever_changed_plans_gets_a_whole_window_to_try_what_it_brings()
    {
        var world = await WorldAsync();
        world
            .Given("ann")
            .Joins("acme")
            .With("plan", "free")
            .OnDays(0, 39)
            .Joins("acme")
            .With("plan", "pro")
            .OnDays(40, 100)
            .Tracks("Report Shared")
            .OnDays(0, 100);
        await world.AdvanceToAsync(day: 68);
        Assert.Null(await UnusedAsync(world));
        await world.AdvanceToAsync(day: 69);
        Assert.NotNull(await UnusedAsync(world));
    }

    [Fact]
    public async Task A_plan_that_is_told_late_is_no_change_of_plan()
    {
        var world = await WorldAsync();
        world.Given("ann").Joins("acme").On(0).Joins("acme").With("plan", "pro").OnDays(40, 60).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 45);
        Assert.NotNull(await UnusedAsync(world));
    }

    [Fact]
    public async Task What_is_no_key_feature_does_not_count()
    {
        var features = Model.Features.Select(feature => feature with { Key = feature.Id == "reports" });
        var world = await WorldAsync(Model with { Features = [.. features] });
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 50);
        Assert.Null(await UnusedAsync(world));
    }

    [Fact]
    public async Task Half_of_them_unused_is_enough()
    {
        var world = await WorldAsync(
            Model with
            {
                Features = [.. Model.Features, new Feature("alerts", "Alerts", ["Alert Set", "Alert Changed"], true, [], null)],
            }
        );
        world.Given("zoe").Tracks("Alert Set").At(11).On(3);
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60).Tracks("Alert Set").OnDays(0, 60);
        await world.AdvanceToAsync(day: 50);
        Assert.Equal(0.5, (await UnusedAsync(world))!.Confidence);
    }

    [Fact]
    public async Task Where_all_of_them_must_be_unused_it_is_as_sure_as_it_gets()
    {
        var world = await WorldAsync(
            Model with
            {
                Causes = CauseSettings.Usual.With(new FeaturesUnusedSettings(Share: 1)),
                Features = [.. Model.Features.Where(feature => feature.Id != "reports")],
            }
        );
        world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 60);
        await world.AdvanceToAsync(day: 50);
        Assert.Equal(0.9, (await UnusedAsync(world))!.Confidence);
    }

    /// <summary>Another customer used every feature before.</summary>
    private static async Task<SignalsWorld> WorldAsync(ValueModel? model = null)
    {
        var world = await SignalsWorld.WithAsync(model ?? Model);
        world.Given("zoe").Joins("other").On(0).Tracks("Export Completed").At(11).On(3).Tracks("Feed Read").At(11).On(3);
        return world;
    }

    private static async Task<FoundCause?> UnusedAsync(SignalsWorld world) =>
        (await world.ReviewAsync("acme")).Assessment.Causes.FirstOrDefault(cause => cause.Id == CauseIds.FeaturesUnused);
}
