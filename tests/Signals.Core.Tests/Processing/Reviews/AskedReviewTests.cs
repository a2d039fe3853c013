using Signals.Core.Daily.Norms;
using Signals.Core.Model;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Reviews;

/// <summary>Reviews that somebody asks for: a new day and new norms count, though no event came.</summary>
public sealed class AskedReviewTests
{
    private static readonly ValueModel WithErrors = StoryModels.OfGroups with
    {
        Fingerprint = "asked-errors",
        Friction = [new FrictionKind("errors", "errors", ["Error"])],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Asked_on_a_later_day_the_account_is_looked_at_anew_and_what_was_said_is_still_so(AccountsMode mode)
    {
        var world = await StuckAsync(mode);
        var before = await world.ReviewAsync(Account(mode));
        Assert.Equal(("\"Import your users\" is not done yet", $"done by {world.Date(3):d MMMM yyyy}"), Said(before));

        await world.AdvanceToAsync(world.At(6, 20));
        Assert.Equal(before.ReviewedAt, (await world.ReviewAsync(Account(mode))).ReviewedAt);
        await world.ReviewNowAsync(Account(mode));

        var after = await world.ReviewAsync(Account(mode));
        Assert.Equal(world.Clock.GetUtcNow(), after.ReviewedAt);
        Assert.Equal(Said(before), Said(after));
    }

    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Asked_again_on_the_same_day_it_is_one_read(AccountsMode mode)
    {
        var world = await StuckAsync(mode);
        await world.AdvanceToAsync(world.At(6, 20));
        await world.ReviewNowAsync(Account(mode));
        var first = (await world.ReviewAsync(Account(mode))).ReviewedAt;
        world.Clock.Advance(TimeSpan.FromHours(1));
        world.Store.Probe.Reset();

        await world.ReviewNowAsync(Account(mode));

        Assert.Equal(0, world.Store.Probe.Count(StoreCallKind.Commit));
        Assert.Equal(first, (await world.ReviewAsync(Account(mode))).ReviewedAt);
    }

    [Fact]
    public async Task Asked_for_everybody_each_is_told_as_of_that_day_and_once()
    {
        var world = await StuckAsync(AccountsMode.Group);
        await world.AdvanceToAsync(world.At(6, 20));

        Assert.Equal(1, (await world.Get<ReviewFanOut>().AskAllAsync(Cancel)).Accounts);
        await world.DrainAsync();

        Assert.Equal(world.Clock.GetUtcNow(), (await world.ReviewAsync("acme")).ReviewedAt);
        Assert.Equal(0, await world.DrainAsync());
    }

    [Fact]
    public async Task Norms_that_arrived_since_show_what_gets_in_somebodys_way()
    {
        var world = await SufferingAsync(WithErrors);
        Assert.Null(await world.CauseAsync("customer-0", CauseIds.Friction));

        Assert.True(await world.Get<CohortPass>().RunAsync(Cancel));
        await world.ReviewNowAsync("customer-0");
        await world.ReviewNowAsync("customer-1");

        Assert.True((await world.CauseAsync("customer-0", CauseIds.Friction))!.Confidence > 0.5);
        Assert.Null(await world.CauseAsync("customer-1", CauseIds.Friction));
    }

    [Fact]
    public async Task A_wake_up_that_is_stale_does_not_look_at_everybody_for_new_norms()
    {
        var world = await SufferingAsync(WithErrors);
        Assert.True(await world.Get<CohortPass>().RunAsync(Cancel));
        world.Store.Probe.Reset();

        await world.Get<ReviewService>().ReviewAsync([world.KeyOf("customer-0")], isAsked: false, Cancel);

        Assert.Equal(0, world.Store.Probe.Count(StoreCallKind.Commit));
        Assert.Null(await world.CauseAsync("customer-0", CauseIds.Friction));
    }

    [Fact]
    public async Task Where_nothing_gets_in_anybodys_way_by_the_model_new_norms_read_no_people()
    {
        var world = await SufferingAsync(StoryModels.OfGroups);
        Assert.True(await world.Get<CohortPass>().RunAsync(Cancel));
        world.Store.Probe.Reset();

        await world.ReviewNowAsync("customer-0");

        Assert.Equal(0, world.Store.Probe.Count(StoreCallKind.Get));
        Assert.Equal(world.Clock.GetUtcNow(), (await world.ReviewAsync("customer-0")).ReviewedAt);
    }

    [Fact]
    public void A_message_says_whether_somebody_asked()
    {
        var account = AccountKey.Group("acme");
        foreach (bool isAsked in new[] { true, false })
        {
            var message = ReviewMessage.Of(account, SignalsWorld.Start, isAsked);
            var request = Assert.IsType<ReviewRequest.Of>(ReviewMessage.Parse(message.Body.Span));
            Assert.Equal((isAsked, 1), (request.IsAsked, request.Accounts.Count));
        }
    }

    private static string Account(AccountsMode mode) => mode == AccountsMode.Group ? "acme" : "ann";

    private static (string Text, string Expected) Said(AccountReview review)
    {
        var line = review.Assessment.Causes.Single(cause => cause.Id == CauseIds.OnboardingStalled).Evidence[0];
        return (line.Text.En, line.Expected.En);
    }

    /// <summary>Ann's account has not done its import, and nothing happens any more.</summary>
    private static async Task<SignalsWorld> StuckAsync(AccountsMode mode)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople.WithSetUp() with { Accounts = mode });
        world.Given("ann").Joins("acme").On(0).Tracks("Profile Saved").Times(4).On(0);
        await world.AdvanceToAsync(day: 4);
        return world;
    }

    /// <summary>Thirty customers of whom one meets far more errors than the others, and always did.</summary>
    private static async Task<SignalsWorld> SufferingAsync(ValueModel model)
    {
        var world = await SignalsWorld.WithAsync(model);
        for (int i = 0; i < 30; i++)
        {
            var person = world.Given($"p{i}").Joins($"customer-{i}").On(0).Tracks("Report Shared").Times(4).OnDays(0, 12);
            if (i == 0)
                person.Tracks("Error").Times(5).OnDays(0, 12);
            else
                person.Tracks("Error").On(3, 9);
        }
        await world.AdvanceToAsync(day: 13);
        return world;
    }
}
