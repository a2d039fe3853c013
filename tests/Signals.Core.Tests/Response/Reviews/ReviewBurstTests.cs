using Signals.Core.Model;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>Nobody is written to while events of a burst may still come: who waits, since when, and what becomes of it.</summary>
public sealed class ReviewBurstTests
{
    private static readonly ValueModel OfPeople = StoryModels.OfPeople;

    [Fact]
    public void While_events_of_a_burst_may_come_a_message_waits_and_who_waits_is_looked_at_next()
    {
        var story = ReviewBorderTests.Group();
        story.Review(day: 3.5);
        story.Did("ann", "Page Viewed", 8);
        var burst = ReviewStory.At(8.5).AddSeconds(-3);
        story.With(account => account.FoldedAt = burst);

        var decision = story.Decide(day: 8.5);

        Assert.Empty(decision.Planned);
        Assert.Empty(decision.Account!.Told);
        Assert.Equal(["u_ann"], decision.Account.Review.Waiting);
        Assert.Equal((ReviewStory.At(8.5), burst.AddSeconds(10)), (decision.Account.Review.WaitsSince, decision.WakeAt));
        Assert.Equal(ReviewStory.Day(8) + 1, Assert.Single(decision.People).DueDay);
        story.Apply(decision);

        var settled = story.Review(day: 8.6);

        Assert.Equal((CauseIds.ValueNotFound, "u_ann"), (Assert.Single(settled.Planned).Cause, settled.Planned[0].Person));
        Assert.Empty(settled.Account!.Review.Waiting);
        Assert.Null(settled.Account.Review.WaitsSince);
        Assert.Equal([(ReviewStory.Day(8) + 1, PersonKey.User("ann"))], settled.DueRemoved);
        Assert.Equal([(Assert.Single(settled.People).DueDay!.Value, PersonKey.User("ann"))], settled.DueAdded);
    }

    [Fact]
    public void What_would_be_written_about_the_account_waits_for_the_burst_too()
    {
        var story = ReviewBorderTests.Group().Did("bob", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 3.5);
        story.Did("bob", "Cancel Viewed", 4);
        story.With(account => account.FoldedAt = ReviewStory.At(4.5));

        var decision = story.Review(day: 4.5);

        Assert.Empty(decision.Planned);
        Assert.Equal(["u_bob"], decision.Account!.Review.Waiting);
        Assert.Equal(CauseIds.NeedsChanged, Assert.Single(story.Review(day: 4.6).Planned).Cause);
    }

    [Fact]
    public void Who_waits_already_waits_on_while_others_join_them()
    {
        var story = ReviewBorderTests.Group().Did("cyd", "Page Viewed", 0, 1, 2, 3);
        story.Review(day: 3.5);
        story.Person("cyd").DueDay = ReviewStory.Day(20);
        story.Did("ann", "Page Viewed", 8).With(account => account.FoldedAt = ReviewStory.At(8.5));
        var first = story.Review(day: 8.5).Account!.Review;
        story.Did("cyd", "Page Viewed", 8).With(account => account.FoldedAt = ReviewStory.At(8.501));

        var second = story.Review(day: 8.501).Account!.Review;

        Assert.Equal(["u_ann"], first.Waiting);
        Assert.Equal(["u_ann", "u_cyd"], second.Waiting);
        Assert.Equal((ReviewStory.At(8.5), ReviewStory.At(8.5)), (first.WaitsSince, second.WaitsSince));
    }

    [Fact]
    public void Where_there_is_nothing_to_write_nothing_waits()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Report Shared", 0, 1, 2).With(account => account.FoldedAt = ReviewStory.At(2.5));

        Assert.Null(story.Review(day: 2.5).Account!.Review.WaitsSince);
    }

    [Fact]
    public void The_message_of_an_own_account_waits_without_a_list_of_who_does()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3).With(account => account.FoldedAt = ReviewStory.At(8));

        var decision = story.Review(day: 8);

        Assert.Empty(decision.Planned);
        Assert.Empty(decision.Account!.Review.Waiting);
        Assert.Equal(ReviewStory.At(8), decision.Account.Review.WaitsSince);
    }

    [Fact]
    public void A_burst_that_a_wrong_clock_put_far_ahead_is_waited_for_by_nobody()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3).With(account => account.FoldedAt = ReviewStory.At(50));

        Assert.Single(story.Decide(day: 8).Planned);
    }
}
