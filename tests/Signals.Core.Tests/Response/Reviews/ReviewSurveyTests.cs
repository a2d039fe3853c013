using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.People;
using Signals.Core.Tests.Response.Surveys;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>What a review asks people, beside all else that it would write to them.</summary>
public sealed class ReviewSurveyTests
{
    [Fact]
    public void Of_the_people_looked_at_together_no_more_are_asked_than_an_account_may_be()
    {
        var story = new ReviewStory(SurveyRig.OfGroups(SurveyRig.Nps with { PerAccount = 1 }));
        Works(story, "ann");
        Works(story, "bob");

        var decision = story.Decide(SurveyRig.First + 0.5);

        Assert.Equal(["u_ann", "u_bob"], decision.People.Select(person => person.Key.Value));
        var asked = Assert.Single(decision.Planned);
        Assert.Equal((OutreachTemplates.Survey, "u_ann"), (asked.Cause, asked.Person));
        Assert.Equal(asked.Id, Assert.Single(decision.Account!.Told).OutreachId);
    }

    [Fact]
    public void Who_was_written_to_about_something_else_takes_nobodys_place()
    {
        var story = new ReviewStory(SurveyRig.OfGroups(SurveyRig.Nps with { PerAccount = 1 }));
        story.Did("ann", "Page Viewed", 0, 1, 2, 3);
        Works(story, "bob");

        var decision = story.Decide(SurveyRig.First + 0.5);

        Assert.Equal(
            [(CauseIds.ValueNotFound, "u_ann"), (OutreachTemplates.Survey, "u_bob")],
            decision.Planned.Select(message => (message.Cause, message.Person))
        );
        Assert.Equal([OutreachTemplates.Survey], decision.Account!.Told.Select(memory => memory.Cause));
    }

    [Theory]
    [InlineData(true, OutreachTemplates.ConfirmAddress)]
    [InlineData(false, OutreachTemplates.Survey)]
    public void Whether_a_new_address_is_theirs_is_asked_before_anything_else(bool isNew, string asked)
    {
        var model = SurveyRig.OfPeople();
        var story = new ReviewStory(model with { Outreach = model.Outreach with { ConfirmAddresses = true } });
        Works(story, "ann");
        if (isNew)
            story.Person("ann").Profile.Set(BrowserWords.WaitingName(Traits.Email), "ann@elsewhere.example", ReviewStory.At(3), 2);

        Assert.Equal(asked, Assert.Single(story.Decide(SurveyRig.First + 0.5).Planned).Cause);
    }

    [Fact]
    public void Help_comes_before_the_question_whether_a_new_address_is_theirs()
    {
        var model = SurveyRig.OfPeople();
        var story = new ReviewStory(model with { Outreach = model.Outreach with { ConfirmAddresses = true } });
        story.Did("ann", "Page Viewed", 0, 1, 2, 3);
        story.Person("ann").Profile.Set(BrowserWords.WaitingName(Traits.Email), "ann@elsewhere.example", ReviewStory.At(3), 2);

        Assert.Equal(CauseIds.ValueNotFound, Assert.Single(story.Decide(day: 8).Planned).Cause);
    }

    [Fact]
    public void A_question_gives_way_to_what_is_written_to_the_same_person_about_their_account()
    {
        var story = new ReviewStory(SurveyRig.OfGroups() with { LeaveIntent = ["Cancel Viewed"] });
        Works(story, "ann");
        story.Review(SurveyRig.First - 4.5);
        story.Did("ann", "Cancel Viewed", SurveyRig.First);

        var decision = story.Review(SurveyRig.First + 0.5);

        var message = Assert.Single(decision.Planned);
        Assert.Equal((CauseIds.NeedsChanged, "u_ann"), (message.Cause, message.Person));
        Assert.Equal([message.Id], decision.Account!.Told.Select(memory => memory.OutreachId));
        Assert.Equal([message.Id], decision.People.Single().Outreach.Select(memory => memory.OutreachId));
    }

    /// <summary>Gets value on every working day up to the first on which they may be asked.</summary>
    private static void Works(ReviewStory story, string person) =>
        story.Did(person, "Report Shared", Enumerable.Range(0, SurveyRig.First + 1).Where(day => day % 7 < 5));
}
