using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Health;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Core.Tests.Processing.Reviews;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Health;

public sealed class HealthTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures() with
    {
        Reach = new ReachDefinition(["Message Delivered"], null),
    };

    [Fact]
    public async Task Health_says_how_much_of_what_is_paid_for_is_used()
    {
        var model = StoryModels.OfGroups.WithFeatures() with { Reach = new ReachDefinition(["Message Delivered"], "to") };
        var world = await SignalsWorld.WithAsync(model);
        var ann = world
            .Given("ann")
            .Joins("acme")
            .With("plan", "pro")
            .On(0)
            .Browses()
            .On(0)
            .Tracks("Report Shared")
            .OnDays(30, 39)
            .Tracks("Export Completed")
            .On(33);
        foreach (string customer in new[] { "x", "y", "x" })
            ann.Tracks("Message Delivered").With("to", customer).On(35);
        world.Given("bob").Joins("acme").On(0).Tracks("Report Shared").On(32);
        await world.AdvanceToAsync(day: 39);

        var health = (await world.ReviewAsync("acme")).Assessment.Health;

        // Two of three key features; one active person on ten seats; 55 minutes for 99 a month.
        Assert.Equal(
            new HealthScore((int)Math.Round(100 * ((2 / 3d) + 0.1) / 2), 0.667, 0.1, 2, 55, 0.556, null),
            health with
            {
                Parts = HealthScore.Unknown.Parts,
                Raise = null,
            }
        );
        Assert.Equal(
            [
                new HealthPart(HealthPart.Depth, 2, 3, 2.02, null, 33, 50),
                new HealthPart(HealthPart.Breadth, 1, 10, 1.01, null, 5, 50),
                new HealthPart(HealthPart.Reach, 2, null, 2.02, null, 0, 0),
            ],
            health.Parts
        );
        Assert.Equal(
            (HealthPart.Breadth, 45, "1 of 10 people were active; the others got less than 15 minutes in 30 days, or were never invited."),
            Read(health.Raise)
        );
    }

    [Fact]
    public async Task The_trend_compares_the_last_fortnight_with_the_one_before()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").OnDays(0, 13).Tracks("Report Shared").Times(2).OnDays(14, 20);
        await world.AdvanceToAsync(day: 27);
        await world.Get<ReviewFanOut>().AskAllAsync(TestContext.Current.CancellationToken);
        var (_, assessment) = await BruteForce.AssessAsync(world, "ann");
        Assert.Equal(0, assessment.Health.Trend);
        Assert.Null(assessment.Health.ValuePerPrice);
    }

    [Fact]
    public void The_unused_key_features_are_named_when_they_would_raise_it_most()
    {
        var health = Assess(new MeasuredAccount(Model).With(Traits.Plan, "pro").Did("Came", 90).Did("Report Shared", 1), active: 10);

        Assert.Equal(
            (HealthPart.Depth, 33, "2 of 3 key features of the plan were not used in 30 days: Exports, Feeds."),
            Read(health.Raise)
        );
        Assert.Equal("Fonctions clés de l’offre sans usage en 30 jours\u00a0: 2 sur 3 (Exports, Feeds).", health.Raise!.Text.Fr);
    }

    [Fact]
    public void At_its_best_nothing_would_raise_it()
    {
        var health = Assess(
            new MeasuredAccount(Model)
                .With(Traits.Plan, "pro")
                .Did("Came", 90)
                .Did("Report Shared", 1)
                .Did("Export Completed", 2)
                .Did("Feed Read", 3),
            active: 12
        );

        Assert.Equal((100, null), (health.Score, health.Raise));
    }

    [Fact]
    public void Free_accounts_have_no_amounts_per_price()
    {
        var health = Assess(new MeasuredAccount(Model).With(Traits.Plan, "free").Did("Came", 90).Did("Report Shared", 1), active: 1);

        Assert.All(health.Parts, part => Assert.Null(part.PerPrice));
    }

    [Fact]
    public void The_points_add_up_to_the_score_and_more_use_never_lowers_it()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            string plan = random.Next(2) == 0 ? "pro" : "free";
            var account = new MeasuredAccount(Model)
                .With(Traits.Plan, plan)
                .With(Traits.Seats, random.Next(1, 40).ToString())
                .Did("Came", 90);
            int active = random.Next(41),
                before = 0;
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

    [Fact]
    public void Who_gets_more_for_the_money_than_accounts_alike_stands_better()
    {
        // Twenty accounts that pay alike and deliver to 1 to 20 customers each.
        var norms = Norms(Enumerable.Range(1, 20).Select(number => Delivering($"account-{number}", number, "100")));

        var cheap = Assess(Delivering("cheap", 15, "50"), active: 5, norms).Parts.Single(part => part.Id == HealthPart.Reach);
        var alike = Assess(Delivering("alike", 15, "100"), active: 5, norms).Parts.Single(part => part.Id == HealthPart.Reach);
        var dear = Assess(Delivering("dear", 15, "300"), active: 5, norms).Parts.Single(part => part.Id == HealthPart.Reach);

        Assert.Equal((30, 1.0), (cheap.PerPrice, cheap.Standing));
        Assert.Equal((15, 0.75), (alike.PerPrice, alike.Standing));
        Assert.Equal((5, 0.25), (dear.PerPrice, dear.Standing));
        Assert.True(cheap.Points > alike.Points && alike.Points > dear.Points);
    }

    [Fact]
    public void Who_reaches_nobody_stands_last_however_many_others_do()
    {
        var norms = Norms(Enumerable.Range(1, 25).Select(number => Delivering($"account-{number}", 0, "100")));

        Assert.Equal(0, Assess(Delivering("acme", 0, "100"), active: 5, norms).Parts.Single(part => part.Id == HealthPart.Reach).Standing);
    }

    [Fact]
    public void Too_few_accounts_alike_are_no_measure()
    {
        var norms = Norms(Enumerable.Range(1, 19).Select(number => Delivering($"account-{number}", number, "100")));

        Assert.All(Assess(Delivering("acme", 15, "100"), active: 5, norms).Parts, part => Assert.Null(part.Standing));
    }

    private static MeasuredAccount Delivering(string id, int messages, string price) =>
        new MeasuredAccount(Model, id)
            .With(Traits.Plan, "pro")
            .With(Traits.Price, price)
            .Did("Report Shared", 60)
            .Did("Message Delivered", Enumerable.Repeat(3, messages));

    /// <summary>Norms as they come back from the store.</summary>
    private static CohortNorms Norms(IEnumerable<MeasuredAccount> accounts)
    {
        var survey = new CohortSurvey();
        foreach (var account in accounts)
            survey.Add(account.ToContext(), []);
        return CohortNorms.Unpack(CohortSurvey.Unpack(survey.Pack()).ToNorms(Model, MeasuredAccount.Today).Pack())!;
    }

    private static HealthScore Assess(MeasuredAccount account, int active, CohortNorms? norms = null) =>
        HealthAssessor.Assess(account.ToContext(norms), PeopleSummary.None with { Reviewed = Math.Max(active, 12), Active = active });

    private static (string, int, string) Read(HealthAdvice? advice) => (advice!.Part, advice.Points, advice.Text.En);
}
