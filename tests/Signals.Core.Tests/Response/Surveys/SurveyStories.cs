using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;
using static Signals.Core.Tests.Response.Surveys.SurveyRig;

namespace Signals.Core.Tests.Response.Surveys;

/// <summary>Whom a survey asks, when, and how often.</summary>
public sealed class SurveyStories
{
    [Fact]
    public async Task Somebody_who_just_got_value_is_asked_once_their_first_days_are_over()
    {
        var world = await AnnWorksAsync(OfPeople(), until: 20);
        await world.AdvanceToAsync(First - 1);
        Assert.Empty(await world.AskedAsync());

        await world.AdvanceToAsync(20);

        var asked = Assert.Single(await world.AskedAsync());
        Assert.Equal((OutreachState.Sent, "nps", First), (asked.State, asked.Detail, DayOf(world, asked)));
        Assert.Equal("How likely are you to recommend Nimbus to a friend or colleague?", asked.Variables.Survey!.Question);
        Assert.Equal((0, 10), (asked.Variables.Survey.Least, asked.Variables.Survey.Most));
        Assert.Single(world.Mail.Left, mail => mail.To == "ann@example.com");
    }

    [Fact]
    public async Task Without_value_there_is_nothing_to_ask_about()
    {
        var world = await SignalsWorld.WithAsync(OfPeople());
        world.Given(Ann).HasEmail().Works(0, 10).Browses().OnWeekdays(13, 40);
        await world.AdvanceToAsync(45);
        Assert.Empty(await world.AskedAsync());
    }

    [Fact]
    public async Task After_a_solved_ticket_who_opened_it_is_asked_and_never_while_it_is_open()
    {
        var world = await SignalsWorld.WithAsync(OfPeople(AfterTicket, Nps));
        world.Given(Ann).HasEmail().Works(0, 20).Opens("T1", First, hour: 8).IsHelped("T1", First + 1, hour: 15);
        await world.AdvanceToAsync(world.At(First + 1, 14.9));
        Assert.Empty(await world.AskedAsync());

        await world.AdvanceToAsync(20);

        var asked = Assert.Single(await world.AskedAsync());
        Assert.Equal(("support", First + 1), (asked.Detail, DayOf(world, asked)));
        Assert.Equal("How satisfied are you with the help that you got from us?", asked.Variables.Survey!.Question);
    }

    [Fact]
    public async Task A_ticket_that_was_solved_long_ago_is_no_occasion()
    {
        var world = await SignalsWorld.WithAsync(OfPeople(AfterTicket));
        world.Given(Ann).HasEmail().Works(0, 20).Opens("T1", 5).IsHelped("T1", 6);
        await world.AdvanceToAsync(20);
        Assert.Empty(await world.AskedAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Amid_an_incident_nobody_is_asked(bool apologises)
    {
        var model = OfPeople();
        var world = await AnnWorksAsync(model, until: 25);
        var incident = new Incident(Words("Exports"), world.At(First, 0), world.At(First + 2, 0), apologises);
        await world.RestartAsync(model with { Incidents = [incident] });
        await world.AdvanceToAsync(First + 1);
        Assert.Empty(await world.AskedAsync());
        await world.AdvanceToAsync(25);
        Assert.Equal(First + 2, DayOf(world, Assert.Single(await world.AskedAsync())));
    }

    [Fact]
    public async Task What_breaks_between_planning_and_sending_holds_a_question_and_no_apology_takes_its_place()
    {
        var model = OfPeople();
        model = model with { Outreach = model.Outreach with { QuietHours = new QuietHours(new TimeOnly(9, 0), new TimeOnly(16, 0)) } };
        var world = await AnnWorksAsync(model, until: 20);
        await world.AdvanceToAsync(world.At(First, 13));
        Assert.Equal(OutreachState.Planned, Assert.Single(await world.AskedAsync()).State);
        var incident = new Incident(Words("Exports"), world.At(First, 14), world.At(First, 20), Apologises: true);
        await world.RestartAsync(world.Model with { Incidents = [incident] });

        await world.AdvanceToAsync(world.At(First, 19));
        Assert.Empty(world.Mail.Left);
        await world.AdvanceToAsync(world.At(First, 21));

        Assert.Equal("survey", Assert.Single(await world.AskedAsync()).Template);
        Assert.Single(world.Mail.Left);
    }

    [Fact]
    public async Task While_a_complaint_of_the_account_is_open_none_of_its_people_is_asked()
    {
        var world = await SignalsWorld.WithAsync(OfGroups());
        world.Given("ben").Joins("acme").On(0).HasEmail().Works(0, 30).Opens("T1", 8).IsHelped("T1", 21);
        world.Given(Ann).Joins("acme").On(0).HasEmail().Works(0, 30);
        await world.AdvanceToAsync(20);
        Assert.Empty(await world.AskedAsync("acme"));
        await world.AdvanceToAsync(30);
        Assert.Equal(["ann", "ben"], (await world.AskedAsync("acme")).Select(asked => asked.PersonId).Order());
    }

    [Fact]
    public async Task In_the_first_days_effort_alone_is_asked_about()
    {
        var world = await AnnWorksAsync(OfPeople(Nps, Effort), until: 10);
        await world.AdvanceToAsync(10);
        Assert.Equal("effort", Assert.Single(await world.AskedAsync()).Detail);
    }

    [Fact]
    public async Task After_a_step_of_the_set_up_who_did_it_is_asked_what_effort_it_took_the_first_time_alone()
    {
        var afterStep = Effort with { After = SurveyMoment.Step, Step = "profile" };
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople.WithSetUp().Asking(afterStep));
        world.Given(Ann).HasEmail().Works(0, 120).Tracks("Users Imported").On(1).Tracks("Profile Saved").On(2, 110);
        await world.AdvanceToAsync(1);
        Assert.Empty(await world.AskedAsync());
        await world.AdvanceToAsync(120);
        var asked = Assert.Single(await world.AskedAsync());
        Assert.Equal("How much effort did “Fill in your profile” take you?", asked.Variables.Survey!.Question);
    }

    [Fact]
    public async Task A_step_that_is_not_done_keeps_somebody_a_beginner_for_its_days()
    {
        var model = StoryModels.OfPeople.WithSetUp().Asking(Nps);
        model = model with { Onboarding = [.. model.Onboarding.Select(step => step with { WithinDays = 20 })] };
        var world = await SignalsWorld.WithAsync(model);
        world.Given(Ann).HasEmail().Works(0, 18).Tracks("Users Imported").On(1).Tracks("Profile Saved").On(17);
        await world.AdvanceToAsync(18);
        Assert.Equal(17, DayOf(world, Assert.Single(await world.AskedAsync())));
    }

    [Fact]
    public async Task Between_two_surveys_to_one_person_lies_a_quarter_whichever_they_are()
    {
        var world = await SignalsWorld.WithAsync(OfPeople(AfterTicket, Nps));
        world.Given(Ann).HasEmail().Works(0, 115).Opens("T1", 30, hour: 8).IsHelped("T1", 31).Opens("T2", 108, hour: 8).IsHelped("T2", 109);
        await world.AdvanceToAsync(115);

        var asked = await world.AskedAsync();

        Assert.Equal(2, asked.Count);
        Assert.Equal(First, DayOf(world, asked[0]));
        Assert.InRange(DayOf(world, asked[1]), First + Survey.LeastDaysBetween, 115);
    }

    [Fact]
    public async Task An_answer_to_anybody_elses_question_counts_as_asked()
    {
        var world = await AnnWorksAsync(OfPeople(), until: 60);
        world.Given(Ann).Tracks("CSAT Answered").With("score", 4).On(3);
        await world.AdvanceToAsync(60);
        Assert.Empty(await world.AskedAsync());
    }

    [Fact]
    public async Task The_same_is_asked_again_only_after_the_days_of_the_survey()
    {
        var world = await AnnWorksAsync(OfPeople(Nps with { EveryDays = 365 }), until: 140);
        await world.AdvanceToAsync(140);
        Assert.Single(await world.AskedAsync());
    }

    [Fact]
    public async Task Of_one_account_only_so_many_are_asked_within_a_quarter()
    {
        var world = await SignalsWorld.WithAsync(OfGroups(Nps with { PerAccount = 2 }));
        for (int i = 0; i < 6; i++)
            world.Given($"p{i}").Joins("acme").On(0).HasEmail().Works(0, 28);
        await world.AdvanceToAsync(28);
        Assert.Equal(2, (await world.AskedAsync("acme")).Count);
    }

    [Fact]
    public async Task Only_plans_and_roles_that_the_survey_names_are_asked()
    {
        var world = await SignalsWorld.WithAsync(OfGroups(Nps with { Plans = ["PRO"], Roles = ["editor"] }));
        foreach (string plan in (string[])["pro", "free"])
        {
            world
                .Given($"ed-{plan}")
                .Joins(plan)
                .With("plan", plan)
                .On(0)
                .HasEmail()
                .Identifies()
                .With("role", "Editor")
                .On(0)
                .Works(0, 16);
            world.Given($"vi-{plan}").Joins(plan).On(0).HasEmail().Identifies().With("role", "viewer").On(0).Works(0, 16);
        }
        await world.AdvanceToAsync(16);
        Assert.Equal("ed-pro", Assert.Single(await world.AskedAsync("pro")).PersonId);
        Assert.Empty(await world.AskedAsync("free"));
    }

    [Fact]
    public async Task The_share_is_drawn_by_lot_and_turns_are_spread_over_the_quarter_alike_whenever_it_is_played()
    {
        var first = await QuarterAsync(people: 16);
        var second = await QuarterAsync(people: 5);

        Assert.Equal(first.Where(asked => int.Parse(asked.Key[1..]) < 5).ToDictionary(), second);
        // Half of sixteen, give or take what a lot does.
        Assert.InRange(first.Count, 3, 13);
        Assert.True(first.Values.Distinct().Count() >= 3, "Turns lie weeks apart.");
        Assert.True(first.Values.Max() > 30);
    }

    [Fact]
    public async Task Who_was_held_out_of_a_message_is_asked_as_little_as_who_got_it()
    {
        var model = StoryModels.OfPeople.WithSetUp().Asking(Nps);
        model = model with { Outreach = model.Outreach with { Holdout = 1 } };
        var world = await SignalsWorld.WithAsync(model);
        world.Given(Ann).HasEmail().Works(0, 22).Tracks("Profile Saved").On(1).Tracks("Import Started").On(12);
        world.Given("ben").HasEmail().Works(0, 22).Tracks("Profile Saved").On(1).Tracks("Users Imported").On(1);
        await world.AdvanceToAsync(22);

        Assert.Equal(OutreachState.HeldOut, Assert.Single(await world.MessagesAsync(Ann)).State);
        Assert.Equal(OutreachState.Sent, Assert.Single(await world.AskedAsync("ben")).State);
    }

    [Fact]
    public async Task Help_that_is_due_comes_first_and_while_it_may_work_nothing_is_asked()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople.WithSetUp().Asking(Nps));
        world.Given(Ann).HasEmail().Works(0, 25).Tracks("Profile Saved").On(1).Tracks("Import Started").On(12);
        await world.AdvanceToAsync(25);
        var messages = await world.MessagesAsync(Ann);
        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.Equal(CauseIds.OnboardingStalled, message.Cause));
    }

    [Fact]
    public async Task What_matters_to_the_account_takes_the_place_of_a_question_to_the_same_person_in_the_same_review()
    {
        var model = OfGroups();
        var toChampion = model.PlaybookFor(CauseIds.NeedsChanged) with { To = Audience.Champion };
        var world = await SignalsWorld.WithAsync(
            model with
            {
                LeaveIntent = ["Cancel Viewed"],
                Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal) { [CauseIds.NeedsChanged] = toChampion },
            }
        );
        world.Given(Ann).Joins("acme").On(0).HasEmail().Works(0, First);
        world.Given("ben").Joins("acme").On(0).Tracks("Cancel Viewed").Times(3).On(First);
        await world.AdvanceToAsync(First);
        var message = Assert.Single(await world.MessagesAsync("acme"));
        Assert.Equal((CauseIds.NeedsChanged, Ann), (message.Cause, message.PersonId));
    }

    [Fact]
    public async Task Who_opted_out_in_the_product_is_not_asked()
    {
        var world = await AnnWorksAsync(OfPeople(), until: 20);
        world.Given(Ann).Identifies().With("unsubscribed", true).On(5);
        await world.AdvanceToAsync(20);
        Assert.Empty(await world.AskedAsync());
    }

    [Theory]
    [InlineData(OutreachTopics.Surveys, OutreachState.Suppressed)]
    [InlineData(OutreachTopics.Help, OutreachState.Sent)]
    [InlineData(null, OutreachState.Suppressed)]
    public async Task Who_unsubscribed_from_questions_or_from_all_is_not_asked(string? topic, OutreachState state)
    {
        var world = await AnnWorksAsync(OfPeople(), until: 20);
        await UnsubscribeAsync(world, topic);
        await world.AdvanceToAsync(20);
        Assert.Equal(state, Assert.Single(await world.AskedAsync()).State);
    }

    [Fact]
    public async Task Who_stopped_every_kind_of_mail_before_there_were_surveys_is_not_asked()
    {
        var world = await AnnWorksAsync(OfPeople(), until: 20);
        foreach (string topic in (string[])[OutreachTopics.Help, OutreachTopics.News, OutreachTopics.Thanks])
            await UnsubscribeAsync(world, topic);
        await world.AdvanceToAsync(20);
        Assert.Equal(OutreachState.Suppressed, Assert.Single(await world.AskedAsync()).State);
    }

    [Fact]
    public async Task Quiet_hours_hold_the_mail_until_they_are_over()
    {
        var model = OfPeople();
        model = model with { Outreach = model.Outreach with { QuietHours = new QuietHours(new TimeOnly(9, 0), new TimeOnly(16, 0)) } };
        var world = await AnnWorksAsync(model, until: 20);
        await world.AdvanceToAsync(world.At(First, 15));
        Assert.Empty(world.Mail.Left);
        await world.AdvanceToAsync(world.At(First, 16.5));
        Assert.Single(world.Mail.Left);
    }

    private static async Task<SignalsWorld> AnnWorksAsync(ValueModel model, int until)
    {
        var world = await SignalsWorld.WithAsync(model);
        world.Given(Ann).HasEmail().Works(0, until);
        return world;
    }

    private static Task UnsubscribeAsync(SignalsWorld world, string? topic) =>
        world
            .Get<Core.Response.Suppressions.Recipients>()
            .UnsubscribeAsync(
                world.RecipientKey.Of("ann@example.com"),
                topic,
                "page:test",
                world.Clock.GetUtcNow(),
                TestContext.Current.CancellationToken
            );

    private static int DayOf(SignalsWorld world, OutreachRecord record) => Days.Of(record.PlannedAt) - Days.Of(world.At(0, 0));

    /// <summary>On which day of a quarter each of some people is asked, half of whom by lot; all work once a week.</summary>
    private static async Task<Dictionary<string, int>> QuarterAsync(int people)
    {
        const int Beginners = 14,
            Last = 66;
        var start = new DateTimeOffset(2025, 4, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-Beginners);
        var world = await SignalsWorld.WithAsync(OfPeople(Nps with { Share = 0.5 }), start);
        for (int i = 0; i < people; i++)
            world.Given($"p{i}").HasEmail().Tracks("Report Shared").On(Enumerable.Range(0, Last + Beginners).Where(day => day % 7 == 1));
        await world.AdvanceToAsync(Last + Beginners);
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < people; i++)
        {
            if ((await world.AskedAsync($"p{i}")).SingleOrDefault() is { } record)
                asked[$"p{i}"] = DayOf(world, record) - Beginners;
        }
        return asked;
    }
}
