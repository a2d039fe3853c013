using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Planning;
using Signals.Core.Response.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>Where a decision turns: who is a candidate, who gives way to whom, what is news, and when to look again.</summary>
public sealed class ReviewBorderTests
{
    private static readonly ValueModel OfPeople = StoryModels.OfPeople;

    private static readonly ValueModel OfGroups = StoryModels.OfGroups with
    {
        LeaveIntent = ["Cancel Viewed"],
        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
    };

    [Fact]
    public void Candidates_are_the_five_with_most_value_and_who_was_written_to_of_such_a_cause_before()
    {
        var story = new ReviewStory(OfGroups);
        for (int person = 1; person <= 7; person++)
            story.Did($"p{person}", "Report Shared", Enumerable.Range(0, 10 - person));
        story.Did("zed", "Page Viewed", 0, 1, 2, 3);
        story.Review(day: 11);
        Assert.Equal([], story.Find(day: 11).Writable);
        story
            .Did("p1", "Cancel Viewed", 12)
            .With(account => account.Outreach.Add(Told(CauseIds.NeedsChanged, "p6", daysAgo: 300)))
            .With(account => account.Outreach.Add(Told(CauseIds.PriceOverValue, "p7", daysAgo: 300)));

        var found = story.Find(day: 12.5);

        Assert.Equal(CauseIds.NeedsChanged, Assert.Single(found.Writable).Id);
        Assert.Equal(["u_p1", "u_p2", "u_p3", "u_p4", "u_p5", "u_p6"], found.Candidates);
    }

    [Fact]
    public void In_whom_a_cause_was_found_that_is_told_to_somebody_else_is_a_candidate_too()
    {
        var usual = OfGroups.PlaybookFor(CauseIds.ValueNotFound);
        var model = OfGroups with
        {
            Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
            {
                [CauseIds.ValueNotFound] = usual with { To = Audience.Champion },
            },
        };
        var story = new ReviewStory(model).Did("ann", "Page Viewed", 0, 1, 2, 3).Did("bob", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 3.5);
        story.Did("dan", "Page Viewed", 8);

        var found = story.Find(day: 8.5);

        Assert.Equal(CauseIds.ValueNotFound, Assert.Single(found.Writable).Id);
        Assert.Equal(["u_bob", "u_ann"], found.Candidates);
        Assert.Equal(["u_ann", "u_dan"], found.Known.Keys.Order());
    }

    [Fact]
    public void Only_a_cause_whose_message_is_for_an_administrator_or_its_person_needs_one()
    {
        Assert.False(Asked(Audience.Champion));
        Assert.False(Asked(Audience.NextMostActive));
        Assert.True(Asked(Audience.Admin));
        Assert.True(Asked(Audience.Person));

        static bool Asked(Audience audience)
        {
            var usual = OfGroups.PlaybookFor(CauseIds.NeedsChanged);
            var model = OfGroups with
            {
                Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
                {
                    [CauseIds.NeedsChanged] = usual with { To = audience },
                },
            };
            var story = new ReviewStory(model).Did("ann", "Report Shared", 0, 1, 2, 3).Did("ann", "Cancel Viewed", 8);
            story.Review(day: 8.5);
            story.With(account => account.Outreach.Clear());
            return story.Find(day: 8.5).MayNeedAdmin;
        }
    }

    [Fact]
    public void What_was_about_to_be_written_to_people_of_an_account_that_turns_out_to_be_blocked_is_not()
    {
        var story = Group().Did("bob", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 3.5);
        story.Did("bob", "Payment Failed", 7);

        var decision = story.Decide(day: 8.5);

        var message = Assert.Single(decision.Planned);
        Assert.Equal((CauseIds.PaymentFailing, "u_bob"), (message.Cause, message.Person));
        Assert.Contains(decision.Account!.Review.Assessment.Causes, cause => cause.Id == CauseIds.ValueNotFound);
        Assert.Empty(decision.People.Single(person => person.Key.Value == "u_ann").Outreach);
        Assert.Equal([message.Id], decision.People.Single(person => person.Key.Value == "u_bob").Outreach.Select(told => told.OutreachId));
    }

    [Fact]
    public void Whoever_waited_behind_what_blocked_their_account_is_written_to_once_it_does_no_more()
    {
        var story = BlockedGroup();
        story.Did("bob", "Payment Succeeded", 9);

        var decision = story.Decide(day: 9.5);

        Assert.Equal(
            [(CauseIds.ValueNotFound, "u_ann"), (CauseIds.ValueNotFound, "u_cyd")],
            decision.Planned.Select(message => (message.Cause, message.Person)).Order()
        );
        foreach (var message in decision.Planned)
        {
            var person = decision.People.Single(person => person.Key.Value == message.Person);
            Assert.Equal([message.Id], person.Outreach.Select(told => told.OutreachId));
        }
    }

    [Fact]
    public void What_matters_more_gives_way_to_nobody_and_takes_nobody_elses_place()
    {
        var story = BlockedGroup();
        story.Did("ann", "Cancel Viewed", 9).Did("bob", "Payment Succeeded", 9);

        var decision = story.Decide(day: 9.5);

        Assert.Equal(
            [(CauseIds.NeedsChanged, "u_ann"), (CauseIds.ValueNotFound, "u_cyd")],
            decision.Planned.Select(message => (message.Cause, message.Person)).Order()
        );
        Assert.Equal(
            [CauseIds.NeedsChanged],
            decision.People.Single(person => person.Key.Value == "u_ann").Outreach.Select(told => told.Cause)
        );
    }

    [Fact]
    public void Who_had_left_before_anybody_looked_is_no_news_and_who_leaves_is()
    {
        var model = OfPeople.WithChurn();
        var gone = new ReviewStory(model).Did("ann", "Report Shared", 0, 1, 2).Did("ann", "Subscription Cancelled", 3);
        var there = new ReviewStory(model).Did("ann", "Report Shared", 0, 1, 2);

        var first = there.Review(day: 3.5).Account!.Review;
        there.Did("ann", "Subscription Cancelled", 4);
        var second = there.Review(day: 4.5).Account!.Review;

        Assert.Empty(gone.Review(day: 3.5).Account!.Review.Moves);
        Assert.Empty(first.Moves);
        Assert.Equal((RiskLevel.Healthy, RiskLevel.Healthy), (first.Assessment.Risk.Level, second.Assessment.Risk.Level));
        Assert.Equal((ReviewStory.At(4.5), true), (Assert.Single(second.Moves).At, second.Moves[0].Left));
    }

    [Fact]
    public void A_level_stands_since_the_review_that_found_it_and_of_history_since_its_day()
    {
        var live = Leaving();
        var history = Leaving().Imported();

        var moved = live.Review(day: 8.5).Account!.Review;
        history.Review(day: 8.5);
        live.With(account => account.Changed = true);
        history.With(account => account.Changed = true);

        Assert.NotEqual(RiskLevel.Healthy, moved.Assessment.Risk.Level);
        Assert.Equal(ReviewStory.At(8.5), live.Review(day: 10.5).Account!.Review.LevelSince);
        var known = history.Review(day: 10.5).Account!.Review;
        Assert.Equal((Days.Start(ReviewStory.Day(8)), RiskLevel.Healthy), (known.LevelSince, known.PreviousLevel));
        Assert.Empty(known.Moves);
        Assert.Empty(history.Find(day: 10.5).Writable);

        static ReviewStory Leaving() =>
            new ReviewStory(OfPeople with { LeaveIntent = ["Cancel Viewed"] })
                .Did("ann", "Page Viewed", 0, 1, 2, 3)
                .Did("ann", "Cancel Viewed", 5, 6, 7);
    }

    [Fact]
    public void Each_change_of_the_level_is_since_its_review_and_tells_the_level_before()
    {
        var story = new ReviewStory(OfPeople.WithChurn() with { LeaveIntent = ["Cancel Viewed"] }).Did("ann", "Page Viewed", 0, 1, 2);
        story.Review(day: 2.5);
        story.Did("ann", "Cancel Viewed", 5, 6, 7);

        var worse = story.Review(day: 8.5).Account!.Review;
        story.Did("ann", "Subscription Cancelled", 9);
        var gone = story.Review(day: 9.5).Account!.Review;

        Assert.Equal((ReviewStory.At(8.5), RiskLevel.Healthy), (worse.LevelSince, worse.PreviousLevel));
        Assert.NotEqual(RiskLevel.Healthy, worse.Assessment.Risk.Level);
        Assert.Equal((ReviewStory.At(9.5), worse.Assessment.Risk.Level), (gone.LevelSince, gone.PreviousLevel));
    }

    [Fact]
    public void Whoever_speaks_for_a_cause_is_known_though_they_were_not_looked_at()
    {
        var story = Group();
        story.Review(day: 8.5);
        story.Did("dan", "Report Shared", 9);

        var found = story.Find(day: 9.5);

        Assert.Equal(["u_dan"], found.People.Looks.Select(look => look.After.Key.Value));
        Assert.Equal(["u_ann", "u_dan"], found.Known.Keys.Order());
    }

    [Fact]
    public void While_people_are_read_again_the_account_counts_as_changed()
    {
        var story = Group();
        story.Review(day: 3.5);
        story.With(account => account.Review = account.Review! with { Basis = "of another model" });

        var decision = story.Decide(day: 3.6);

        Assert.Equal((ReviewOutcome.MoreToLookAt, true), (decision.Outcome, decision.Account!.Changed));
        Assert.False(story.Account.Changed);
    }

    [Fact]
    public void An_account_is_looked_at_again_when_the_first_of_its_people_is_due()
    {
        var story = Group().Did("bob", "Report Shared", 0, 1, 2);
        story.Review(day: 3.5);
        story.Did("ann", "Page Viewed", 4).Did("bob", "Report Shared", 4);

        var decision = story.Decide(day: 4.5);

        Assert.Equal(2, decision.DueAdded.Select(due => due.Day).Distinct().Count());
        Assert.True(Days.Of(decision.Account!.Review.NextReviewAt!.Value) <= decision.DueAdded.Min(due => due.Day));
    }

    [Fact]
    public void Until_it_changes_the_level_stands_since_the_first_review()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Report Shared", 0, 1, 2);

        Assert.Equal(ReviewStory.At(2.5), story.Review(day: 2.5).Account!.Review.LevelSince);

        story.Did("ann", "Report Shared", 3);
        Assert.Equal(ReviewStory.At(2.5), story.Review(day: 3.5).Account!.Review.LevelSince);
    }

    [Fact]
    public void The_person_of_an_own_account_is_looked_at_on_the_day_they_are_due_though_the_review_holds()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 4);
        var next = story.Account.Review!.NextReviewAt!.Value;
        story.Person("ann").DueDay = ReviewStory.Day(6);

        Assert.True(next > ReviewStory.At(7));
        Assert.Empty(story.Decide(day: 5.9).People);
        Assert.Equal("u_ann", Assert.Single(story.Decide(day: 6).People).Key.Value);
    }

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(0.5, false)]
    public void A_wake_up_that_stands_is_kept_where_time_alone_asks_for_none_and_one_that_is_spent_is_not(double wakes, bool isKept)
    {
        var story = new ReviewStory(OfPeople).With(account =>
        {
            account.Changed = true;
            account.NextWake = ReviewStory.At(wakes);
        });

        var decision = story.Decide(day: 1);

        Assert.Null(decision.Account!.Review.NextReviewAt);
        Assert.Equal(isKept ? ReviewStory.At(wakes) : null, decision.Account.NextWake);
        Assert.Null(decision.WakeAt);
    }

    [Fact]
    public void A_wake_up_for_that_very_moment_is_enough()
    {
        var story = new ReviewStory(OfPeople).Did("ann", "Page Viewed", 0, 1, 2, 3);
        var at = story.Decide(day: 4).WakeAt!.Value;
        story.With(account => account.NextWake = at);

        Assert.Null(story.Decide(day: 4).WakeAt);
        story.With(account => account.NextWake = at.AddTicks(1));
        Assert.Equal(at, story.Decide(day: 4).WakeAt);
    }

    [Fact]
    public void An_own_account_whose_person_has_no_row_is_reviewed_all_the_same()
    {
        var story = new ReviewStory(OfPeople).With(account => account.Changed = true);

        var decision = story.Decide(day: 1);

        Assert.Equal((ReviewOutcome.Reviewed, ReviewStory.At(1)), (decision.Outcome, decision.Account!.Review.ReviewedAt));
        Assert.Empty(decision.People);
    }

    [Fact]
    public void People_are_reviewed_where_they_are_the_accounts_and_the_nameless_never()
    {
        Assert.True(Covers(AccountsMode.Person, PersonKey.User("ann")));
        Assert.False(Covers(AccountsMode.Person, PersonKey.Anonymous("device-1")));
        Assert.False(Covers(AccountsMode.Group, PersonKey.User("ann")));
        Assert.False(Covers(AccountsMode.Group, PersonKey.Anonymous("device-1")));

        static bool Covers(AccountsMode mode, PersonKey person)
        {
            var model = OfPeople with { Accounts = mode };
            var account = new AccountState(AccountKey.Own(person), "ann");
            return new ReviewDecider(model, new OutreachPlanner(model), new AlertRules(model)).Covers(
                new ReviewInput(account, CohortNorms.None, new ReviewStory.AllKnown(), ReviewStory.Start)
            );
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void New_norms_have_everybody_read_again_where_somebody_asks_and_what_is_found_in_them_rests_on_norms(
        bool hasFriction,
        bool isAsked
    )
    {
        var model = hasFriction
            ? OfGroups with
            {
                Friction = [new FrictionKind("errors", new LocalText("Errors"), ["Error Shown"])],
            }
            : OfGroups;
        var story = new ReviewStory(model).Did("ann", "Report Shared", 0, 1, 2).Did("bob", "Report Shared", 0, 1, 2);
        story.Review(day: 2.5);
        story.IsAsked = isAsked;
        story.With(account => account.Changed = true);
        story.Norms = new CohortNorms { Fingerprint = model.Fingerprint, Version = 7 };

        var decision = story.Decide(day: 2.6);

        Assert.Equal(hasFriction && isAsked ? ReviewOutcome.MoreToLookAt : ReviewOutcome.Reviewed, decision.Outcome);
        Assert.Equal(hasFriction && isAsked ? 2 : 0, decision.People.Count);
    }

    /// <summary>Group acme, of which ann finds nothing from day 8 on.</summary>
    internal static ReviewStory Group() => new ReviewStory(OfGroups).Did("ann", "Page Viewed", 0, 1, 2, 3);

    /// <summary>The same with cyd like ann, and bob, whose payment fails and who has been written to about it: the others have not.</summary>
    private static ReviewStory BlockedGroup()
    {
        var story = Group().Did("cyd", "Page Viewed", 0, 1, 2, 3).Did("bob", "Report Shared", 0, 1, 2, 3);
        story.Review(day: 3.5);
        story.Did("bob", "Payment Failed", 4);
        Assert.Equal([CauseIds.PaymentFailing], story.Review(day: 5.5).Planned.Select(message => message.Cause));
        var blocked = story.Review(day: 8.5);
        Assert.Empty(blocked.Planned);
        Assert.Equal(2, blocked.Account!.Review.People.Affected[CauseIds.ValueNotFound]);
        return story;
    }

    private static OutreachMemory Told(string cause, string person, int daysAgo) =>
        new(cause, null, ReviewStory.Start.AddDays(-daysAgo), $"told-{person}", PersonKey.User(person).Value);
}
