using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>What a review decides, from state to decision: no store, no queue, no clock.</summary>
public sealed class ReviewDeciderTests
{
    private static readonly ValueModel OfPeople = StoryModels.OfPeople;
    private static readonly ValueModel OfGroups = StoryModels.OfGroups with { LeaveIntent = ["Cancel Viewed"] };

    [Fact]
    public void Who_came_and_found_nothing_is_assessed_written_to_and_looked_at_again()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3);

        var decision = story.Decide(day: 8);

        Assert.Equal(ReviewOutcome.Reviewed, decision.Outcome);
        var change = decision.Account!;
        Assert.Equal(CauseIds.ValueNotFound, Assert.Single(change.Review.Assessment.Causes).Id);
        Assert.Equal((false, ReviewStory.At(8)), (change.Changed, change.Review.ReviewedAt));
        var ann = Assert.Single(decision.People);
        Assert.Equal(CauseIds.ValueNotFound, Assert.Single(ann.Finding.Causes).Cause);
        var message = Assert.Single(decision.Planned);
        Assert.Equal(("ann@example.com", CauseIds.ValueNotFound), (message.To, message.Cause));
        Assert.Equal(message.Id, Assert.Single(ann.Outreach).OutreachId);
        Assert.True(decision.WakeAt > ReviewStory.At(8));
        Assert.Equal((decision.WakeAt, decision.WakeAt), (change.NextWake, change.Review.NextReviewAt));
    }

    [Fact]
    public void Time_is_among_what_it_goes_by()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3);

        var early = story.Decide(day: 5);
        Assert.Empty(early.Account!.Review.Assessment.Causes);
        Assert.Empty(early.Planned);

        // The day it named is the first on which the same rows are told otherwise.
        var next = (int)(early.WakeAt!.Value - ReviewStory.Start).TotalDays;
        Assert.Empty(story.Decide(next - 1).Account!.Review.Assessment.Causes);
        Assert.NotEmpty(story.Decide(next).Account!.Review.Assessment.Causes);
    }

    [Theory]
    [InlineData(AccountsMode.Person)]
    [InlineData(AccountsMode.Group)]
    public void What_it_is_given_stays_as_it_is_and_the_same_again_is_decided_alike(AccountsMode mode)
    {
        var story = new ReviewStory(OfGroups with { Accounts = mode }).Did("ann", "Page Viewed", 0, 1, 2, 3);
        if (mode == AccountsMode.Group)
        {
            story.Apply(story.Decide(day: 3));
            story.Review(day: 3.1);
            story.Did("ann", "Page Viewed", 8);
        }
        string before = story.Rows();

        var first = story.Decide(day: 8);
        var second = story.Decide(day: 8);

        Assert.Equal(before, story.Rows());
        Assert.NotEmpty(first.Planned);
        Assert.Equal(first.Planned.Select(message => message.Id), second.Planned.Select(message => message.Id));
        Assert.Equal(first.People.Select(person => person.Pack()), second.People.Select(person => person.Pack()));
        Assert.Equal((first.WakeAt, first.Account!.NextWake), (second.WakeAt, second.Account!.NextWake));
    }

    [Fact]
    public void While_the_last_review_holds_there_is_nothing_to_do()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3);
        story.Review(day: 8);

        var decision = story.Decide(day: 8.1);

        Assert.True(decision.IsEmpty);
        Assert.Equal(ReviewOutcome.StillHolds, decision.Outcome);
    }

    [Fact]
    public void A_wake_up_that_is_spent_is_asked_for_anew()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3);
        story.Review(day: 8);
        var next = story.Account.Review!.NextReviewAt;
        story.With(account => account.NextWake = ReviewStory.At(8.1));

        var decision = story.Decide(day: 8.1);

        Assert.Equal((ReviewOutcome.StillHolds, false), (decision.Outcome, decision.IsEmpty));
        Assert.Equal((next, next), (decision.WakeAt, decision.Account!.NextWake));
        Assert.Same(story.Account.Review, decision.Account.Review);
        Assert.False(decision.Account.Changed);
        Assert.Empty(decision.People);
    }

    [Fact]
    public void A_wake_up_that_stands_before_the_next_day_is_enough()
    {
        var story = new ReviewStory(OfPeople)
            .Did("ann", "Page Viewed", 0, 1, 2, 3)
            .With(account => account.NextWake = ReviewStory.At(8.01));

        var decision = story.Decide(day: 8);

        Assert.Null(decision.WakeAt);
        Assert.Equal(ReviewStory.At(8.01), decision.Account!.NextWake);
        Assert.True(decision.Account.Review.NextReviewAt > ReviewStory.At(8.01));
    }

    [Fact]
    public void A_group_that_was_never_looked_at_has_all_its_people_read_page_by_page_before_it_is_assessed()
    {
        var story = new ReviewStory(OfGroups);
        foreach (string person in new[] { "ann", "bob", "cyd" })
            story.Did(person, "Report Shared", 0, 1, 2, 3);

        var first = story.Decide(day: 4);
        Assert.Equal(ReviewOutcome.MoreToLookAt, first.Outcome);
        Assert.Equal(["u_ann", "u_bob"], first.People.Select(person => person.Key.Value));
        Assert.Equal(("u_bob", true), (first.Account!.Review.PassAfter, first.Account.Changed));
        Assert.Null(first.WakeAt);
        Assert.Equal(default, first.Account.Review.ReviewedAt);
        story.Apply(first);

        var second = story.Decide(day: 4);
        Assert.Equal((ReviewOutcome.MoreToLookAt, "u_cyd"), (second.Outcome, Assert.Single(second.People).Key.Value));
        Assert.Null(second.Account!.Review.Pass);
        Assert.Equal(3, second.Account.Review.People.Reviewed);
        story.Apply(second);

        var third = story.Decide(day: 4);
        Assert.Equal(ReviewOutcome.Reviewed, third.Outcome);
        Assert.Empty(third.People);
        Assert.Equal((3, ReviewStory.At(4)), (third.Account!.Review.People.Active, third.Account.Review.ReviewedAt));
    }

    [Fact]
    public void A_changed_model_begins_the_pass_anew_and_forgets_what_the_old_one_found()
    {
        var story = new ReviewStory(OfGroups).Did("ann", "Page Viewed", 0, 1, 2, 3).Did("bob", "Page Viewed", 0, 1, 2, 3);
        story.Review(day: 8);
        Assert.Equal(2, story.Account.Review!.People.Affected[CauseIds.ValueNotFound]);

        var other = new ReviewStory(OfGroups with { Fingerprint = "other", Value = OfGroups.Value with { Floor = new Floor(0.5, 30) } })
            .Did("ann", "Report Shared", 7)
            .With(account => account.Review = story.Account.Review);
        var decision = other.Decide(day: 9);

        Assert.Equal(ReviewOutcome.MoreToLookAt, decision.Outcome);
        Assert.Equal((1, 0), (decision.Account!.Review.People.Reviewed, decision.Account.Review.People.Affected.Count));
    }

    [Fact]
    public void Of_a_group_the_people_that_are_due_are_looked_at_and_move_in_the_due_index()
    {
        var story = new ReviewStory(OfGroups).Did("ann", "Page Viewed", 0, 1, 2, 3).Did("bob", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 4);
        var annIsDue = Assert.Single(story.Due, due => due.Person == PersonKey.User("ann"));

        var decision = story.Decide(annIsDue.Day - ReviewStory.Day(0));

        var ann = Assert.Single(decision.People);
        Assert.Equal(PersonKey.User("ann"), ann.Key);
        Assert.Equal([annIsDue], decision.DueRemoved);
        Assert.Equal([(ann.DueDay!.Value, ann.Key)], decision.DueAdded);
        Assert.True(ann.DueDay > annIsDue.Day);
        Assert.Equal("u_ann", Assert.Single(decision.Planned).Person);
        Assert.Equal(1, decision.Account!.Review.People.Affected[CauseIds.ValueNotFound]);
    }

    [Fact]
    public void What_matters_more_takes_the_place_of_a_message_to_the_same_person()
    {
        var story = new ReviewStory(OfGroups).Did("ann", "Page Viewed", 0, 1, 2, 3);
        story.Review(day: 3);
        story.Did("ann", "Cancel Viewed", 8);

        var decision = story.Decide(day: 8.5);

        Assert.Contains(decision.People[0].Finding.Causes, cause => cause.Cause == CauseIds.ValueNotFound);
        var message = Assert.Single(decision.Planned);
        Assert.Equal((CauseIds.NeedsChanged, "u_ann"), (message.Cause, message.Person));
        Assert.Equal(message.Id, Assert.Single(Assert.Single(decision.People).Outreach).OutreachId);
        Assert.Equal(message.Id, Assert.Single(decision.Account!.Told).OutreachId);
    }

    [Fact]
    public void What_was_told_of_the_account_is_not_told_again_while_it_cools()
    {
        var story = new ReviewStory(OfGroups).Did("ann", "Report Shared", 0, 1, 2, 3, 8).Did("ann", "Cancel Viewed", 8);
        Assert.Equal(CauseIds.NeedsChanged, Assert.Single(story.Review(day: 8.5).Planned).Cause);
        story.Did("ann", "Cancel Viewed", 20);

        var decision = story.Review(day: 20.5);

        Assert.Contains(decision.Account!.Review.Assessment.Causes, cause => cause.Id == CauseIds.NeedsChanged);
        Assert.Empty(decision.Planned);
        Assert.Empty(decision.Account.Told);
    }

    [Fact]
    public void Imported_history_writes_to_nobody_and_alerts_nobody()
    {
        var story = new ReviewStory(OfGroups with { Accounts = AccountsMode.Person })
            .Did("ann", "Page Viewed", 0, 1, 2, 3)
            .Did("ann", "Cancel Viewed", 4, 5, 6)
            .Imported();

        var decision = story.Decide(day: 8);

        Assert.NotEmpty(decision.Account!.Review.Assessment.Causes);
        Assert.Empty(decision.Planned);
        Assert.Null(decision.Alert);
    }

    [Fact]
    public void While_messages_are_held_none_is_planned_and_the_end_of_the_hold_is_looked_at()
    {
        var until = ReviewStory.At(8).AddHours(5);
        var story = new ReviewStory(OfPeople)
            .Did("ann", "Page Viewed", 0, 1, 2, 3)
            .With(account => account.Hold = new MessageHold(until, "zoe", "on the phone", ReviewStory.At(7)));

        var held = story.Review(day: 8);
        Assert.Empty(held.Planned);
        Assert.Equal((until, until), (held.WakeAt, held.Account!.Review.NextReviewAt));

        Assert.Single(story.Review(day: 8.25).Planned);
    }

    [Fact]
    public void An_alert_is_raised_with_the_level_and_ends_when_the_customer_left()
    {
        var story = new ReviewStory(OfPeople.WithChurn() with { LeaveIntent = ["Cancel Viewed"] })
            .Did("ann", "Page Viewed", 0, 1, 2, 3)
            .Did("ann", "Cancel Viewed", 5, 6, 7);

        var raised = story.Review(day: 8);
        Assert.Equal((AlertState.Open, AlertOccasion.Raised), (raised.Alert!.State, raised.Alert.ToTell!.Value));
        var move = Assert.Single(raised.Account!.Review.Moves);
        Assert.Equal((RiskLevel.Healthy, raised.Alert.Level, ReviewStory.At(8)), (move.From, move.To, raised.Account.Review.LevelSince));

        story.Did("ann", "Subscription Cancelled", 9);
        var ended = story.Review(day: 9.5);
        Assert.Equal((AlertState.Resolved, AlertReasons.Left), (ended.Alert!.State, ended.Alert.Answer!.Reason));
        Assert.Equal((true, RiskLevel.Healthy), (ended.Account!.Review.Left, ended.Account.Review.Assessment.Risk.Level));
        Assert.Empty(ended.Planned);
    }

    [Fact]
    public void An_alert_that_nothing_changed_about_is_left_alone()
    {
        var story = new ReviewStory(OfPeople with { LeaveIntent = ["Cancel Viewed"] })
            .Did("ann", "Page Viewed", 0, 1, 2, 3)
            .Did("ann", "Cancel Viewed", 5, 6, 7);
        Assert.NotNull(story.Review(day: 8).Alert);
        story.With(account => account.Changed = true);

        var again = story.Decide(day: 8);

        Assert.Equal(ReviewOutcome.Reviewed, again.Outcome);
        Assert.Null(again.Alert);
    }

    [Fact]
    public void An_account_that_turned_out_to_be_somebody_elses_is_withdrawn_with_its_alert()
    {
        var story = new ReviewStory(OfPeople with { LeaveIntent = ["Cancel Viewed"] })
            .Did("ann", "Page Viewed", 0, 1, 2, 3)
            .Did("ann", "Cancel Viewed", 5, 6, 7);
        story.Review(day: 8);
        story.With(account => account.NamedAs = PersonKey.User("anna"));

        var decision = story.Decide(day: 9);

        Assert.Equal(ReviewOutcome.Withdrawn, decision.Outcome);
        Assert.Equal((AlertState.Resolved, AlertReasons.Gone), (decision.Alert!.State, decision.Alert.Answer!.Reason));
        Assert.Same(story.Account.Review, decision.Account!.Review);
        Assert.Empty(decision.People);
    }

    [Fact]
    public void Nothing_is_withdrawn_of_an_account_that_was_never_reviewed()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0).With(account => account.NamedAs = PersonKey.User("anna"));

        var decision = story.Decide(day: 1);

        Assert.Equal((ReviewOutcome.Withdrawn, true), (decision.Outcome, decision.IsEmpty));
    }
}
