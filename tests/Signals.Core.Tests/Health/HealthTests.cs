using Signals.Core.Health;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_says_how_much_of_what_is_paid_for_is_used()
    {
        var model = StoryModels.OfGroups.WithFeatures() with { Reach = new ReachDefinition(["Message Delivered"], "to") };
        var world = await SignalsWorld.WithAsync(model);
        var ann = world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnDays(0, 9).Tracks("Export Completed").On(3);
        foreach (string customer in new[] { "x", "y", "x" })
            ann.Tracks("Message Delivered").With("to", customer).On(5);
        world.Given("bob").Joins("acme").On(0).Tracks("Report Shared").On(2);
        await world.AdvanceToAsync(day: 9);

        // Two of three key features; one active person on ten seats; 55 minutes for 99 a month.
        Assert.Equal(
            new HealthScore((int)Math.Round(100 * ((2 / 3d) + 0.1) / 2), 0.667, 0.1, 2, 55, 0.556, null),
            (await world.ReviewAsync("acme")).Assessment.Health);
    }

    [Fact]
    public async Task The_trend_compares_the_last_fortnight_with_the_one_before()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").OnDays(0, 13).Tracks("Report Shared").Times(2).OnDays(14, 20);
        await world.AdvanceToAsync(day: 27);
        await world.Get<Signals.Core.Reviews.ReviewFanOut>().AskAllAsync(TestContext.Current.CancellationToken);
        var (_, assessment) = await Reviews.BruteForce.AssessAsync(world, "ann");
        Assert.Equal(0, assessment.Health.Trend);
        Assert.Null(assessment.Health.ValuePerPrice);
    }
}
