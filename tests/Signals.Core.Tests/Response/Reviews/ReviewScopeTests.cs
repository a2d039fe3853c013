using Signals.Core.Diagnosis.Norms;
using Signals.Core.Response.Reviews;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>Whether a review holds still, whether its messages may leave, and whom it looks at.</summary>
public sealed class ReviewScopeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_review_holds_until_the_moment_that_it_named()
    {
        var story = Reviewed();
        var next = (story.Account.Review!.NextReviewAt!.Value - ReviewStory.Start).TotalDays;

        Assert.True(story.Begin(next - 0.001).StillHolds);
        Assert.False(story.Begin(next).StillHolds);
    }

    [Fact]
    public void Who_asks_is_answered_by_a_review_of_the_day_and_of_the_norms_of_now()
    {
        var story = Reviewed();
        Assert.True(story.Begin(5).StillHolds);
        story.IsAsked = true;

        Assert.True(story.Begin(4.1).StillHolds);
        Assert.False(story.Begin(5).StillHolds);
        story.Norms = new CohortNorms { Fingerprint = StoryModels.OfPeople.Fingerprint, Version = 7 };
        Assert.False(story.Begin(4.1).StillHolds);
    }

    [Fact]
    public void A_review_that_never_was_does_not_hold()
    {
        var story = new ReviewStory(StoryModels.OfPeople);

        var scope = story.Begin(1);

        Assert.False(scope.StillHolds);
        Assert.Equal(ReviewStory.At(1), scope.Before.LevelSince);
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public void Events_are_settled_ten_seconds_after_the_last(int secondsAgo, bool isSettled)
    {
        var story = Reviewed().With(account => account.FoldedAt = ReviewStory.At(5) - secondsAgo * Second);

        Assert.Equal(isSettled, story.Begin(5).Input.IsSettled);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(299, false)]
    public void Who_never_stops_sending_is_waited_for_five_minutes(int secondsAgo, bool isSettled)
    {
        var story = Reviewed();
        story.With(account =>
        {
            account.FoldedAt = ReviewStory.At(5);
            account.Review = account.Review! with { WaitsSince = ReviewStory.At(5) - secondsAgo * Second };
        });

        Assert.Equal(isSettled, story.Begin(5).Input.IsSettled);
    }

    [Fact]
    public void A_wait_that_began_in_a_time_to_come_begins_now()
    {
        var story = Reviewed();
        story.With(account => account.Review = account.Review! with { WaitsSince = ReviewStory.At(9) });

        Assert.Equal(ReviewStory.At(5), story.Begin(5).Input.WaitsSince);
    }

    [Fact]
    public void Those_who_wait_are_looked_at_once_events_are_settled_and_by_no_pass()
    {
        var story = new ReviewStory(StoryModels.OfGroups).Did("ann", "Report Shared", 0, 1, 2);
        story.Review(day: 3);
        Assert.False(story.Begin(5).LooksAtWaiting);
        story.With(account => account.Review = account.Review! with { Waiting = ["u_ann"] });

        Assert.True(story.Begin(5).LooksAtWaiting);

        story.With(account => account.FoldedAt = ReviewStory.At(5));
        Assert.False(story.Begin(5).LooksAtWaiting);
        story.With(account =>
        {
            account.FoldedAt = null;
            account.Review = account.Review! with { Basis = "of another model" };
        });
        Assert.True(story.Begin(5).IsPass);
        Assert.False(story.Begin(5).LooksAtWaiting);
    }

    [Fact]
    public void A_pass_that_was_begun_goes_on_where_it_stopped_and_one_under_another_basis_begins_anew()
    {
        var story = new ReviewStory(StoryModels.OfGroups)
            .Did("ann", "Report Shared", 0)
            .Did("bob", "Report Shared", 0)
            .Did("cyd", "Report Shared", 0);
        story.Apply(story.Decide(day: 1));
        Assert.Equal("u_bob", story.Begin(1).Review.PassAfter);
        Assert.Equal(2, story.Begin(1).Review.People.Reviewed);

        story.With(account => account.Review = account.Review! with { Pass = "of another model" });

        var anew = story.Begin(1);
        Assert.Null(anew.Review.PassAfter);
        Assert.Equal(0, anew.Review.People.Reviewed);
        Assert.NotEqual("of another model", anew.Review.Pass);
    }

    [Fact]
    public void A_review_from_a_day_to_come_is_taken_for_one_of_now_and_everybody_is_read_again()
    {
        var story = new ReviewStory(StoryModels.OfGroups).Did("ann", "Report Shared", 0, 1, 2);
        story.Review(day: 40);

        var ahead = story.Begin(5);

        Assert.True(ahead.IsPass);
        Assert.Equal(ReviewStory.At(5), ahead.Review.ReviewedAt);
        Assert.False(story.Begin(40.5).IsPass);
        Assert.Equal(ReviewStory.At(40), story.Begin(40.5).Review.ReviewedAt);
    }

    [Fact]
    public void Where_nobody_is_read_nobody_waits() => Assert.Equal((true, false), (PeopleRead.Nobody.IsEmpty, PeopleRead.Nobody.More));

    private static ReviewStory Reviewed()
    {
        var story = new ReviewStory(StoryModels.OfPeople).Did("ann", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 4);
        return story;
    }
}
