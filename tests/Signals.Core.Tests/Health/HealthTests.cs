using Signals.Core.Accounts;
using Signals.Core.Health;
using Signals.Core.Model;
using Signals.Core.Reviews;
using Signals.Core.Tests.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Health;

public sealed class HealthTests
{
    private static readonly ValueModel Model =
        StoryModels.OfGroups.WithFeatures() with { Reach = new ReachDefinition(["Message Delivered"], null) };

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

        var health = (await world.ReviewAsync("acme")).Assessment.Health;

        // Two of three key features; one active person on ten seats; 55 minutes for 99 a month.
        Assert.Equal(
            new HealthScore((int)Math.Round(100 * ((2 / 3d) + 0.1) / 2), 0.667, 0.1, 2, 55, 0.556, null),
            health with { Parts = HealthScore.Unknown.Parts, Raise = null });
        Assert.Equal(
            [
                new HealthPart(HealthPart.Depth, 2, 3, 2.02, null, 33, 50), new HealthPart(HealthPart.Breadth, 1, 10, 1.01, null, 5, 50),
                new HealthPart(HealthPart.Reach, 2, null, 2.02, null, 0, 0),
            ],
            health.Parts);
        Assert.Equal(
            new HealthAdvice(HealthPart.Breadth, 45, "1 of 10 people were active; the others got less than 15 minutes in 30 days, or were never invited."),
            health.Raise);
    }

    [Fact]
    public async Task The_trend_compares_the_last_fortnight_with_the_one_before()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").OnDays(0, 13).Tracks("Report Shared").Times(2).OnDays(14, 20);
        await world.AdvanceToAsync(day: 27);
        await world.Get<ModelActivation>().ReviewAllAsync(TestContext.Current.CancellationToken);
        var (_, assessment) = await Reviews.BruteForce.AssessAsync(world, "ann");
        Assert.Equal(0, assessment.Health.Trend);
        Assert.Null(assessment.Health.ValuePerPrice);
    }

    [Fact]
    public void The_unused_key_features_are_named_when_they_would_raise_it_most()
    {
        var health = Assess(new MeasuredAccount(Model).With(Traits.Plan, "pro").Did("Report Shared", 1), active: 10);

        Assert.Equal(new HealthAdvice(HealthPart.Depth, 33, "2 of 3 key features of the plan were not used in 30 days: Exports, Feeds."), health.Raise);
    }

    [Fact]
    public void At_its_best_nothing_would_raise_it()
    {
        var health = Assess(new MeasuredAccount(Model).With(Traits.Plan, "pro").Did("Report Shared", 1).Did("Export Completed", 2).Did("Feed Read", 3), active: 12);

        Assert.Equal((100, null), (health.Score, health.Raise));
    }

    [Fact]
    public void Free_accounts_have_no_amounts_per_price()
    {
        var health = Assess(new MeasuredAccount(Model).With(Traits.Plan, "free").Did("Report Shared", 1), active: 1);

        Assert.All(health.Parts, part => Assert.Null(part.PerPrice));
    }

    [Fact]
    public void The_points_add_up_to_the_score_and_more_use_never_lowers_it()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            string plan = random.Next(2) == 0 ? "pro" : "free";
            var account = new MeasuredAccount(Model).With(Traits.Plan, plan).With(Traits.Seats, random.Next(1, 40).ToString());
            int active = random.Next(41), before = 0;
            foreach (string name in new[] { "Report Shared", "Export Completed", "Feed Read" })
            {
                var health = Assess(account.Did(name, random.Next(60)), active);
                Assert.Equal(health.Score, health.Parts.Sum(part => part.Points));
                Assert.Equal(100, health.Parts.Sum(part => part.Most));
                Assert.All(health.Parts, part => Assert.InRange(part.Points, 0, part.Most));
                Assert.InRange(health.Score, before, 100);
                before = health.Score;
            }
        }
    }

    private static HealthScore Assess(MeasuredAccount account, int active) =>
        HealthAssessor.Assess(account.ToContext(), PeopleSummary.None with { Reviewed = Math.Max(active, 12), Active = active });
}
