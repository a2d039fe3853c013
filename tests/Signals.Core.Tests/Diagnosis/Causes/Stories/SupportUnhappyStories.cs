using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class SupportUnhappyStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Feedback = new FeedbackDefinition
        {
            Nps = ["NPS Answered"],
            Csat = ["CSAT Answered"],
            Ces = ["CES Answered"],
        },
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
    };

    private static readonly ValueModel Answering = Model with
    {
        Tickets = Model.Tickets with { Answered = ["Ticket Answered"], AnswerWithinHours = 8 },
    };

    /// <summary>Another customer was answered, so that it is known that such events come.</summary>
    private static void GivenAnswersAreTold(SignalsWorld world) =>
        world
            .Given("zoe")
            .Joins("zen")
            .On(0)
            .Works(0, 45)
            .Tracks("Ticket Opened")
            .With("ticketId", "Z-1")
            .On(3)
            .Tracks("Ticket Answered")
            .With("ticketId", "Z-1")
            .On(3)
            .Tracks("Ticket Solved")
            .With("ticketId", "Z-1")
            .On(3);

    [Fact]
    public async Task Clear_a_ticket_open_past_its_time_and_the_words_in_it()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Team("acme", 3)[0]
            .Works(0, 45)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "Nobody answers. This is terrible service and the import is broken.")
            .On(40);
        await world.AdvanceToAsync(day: 44);

        var cause = await world.CauseAsync("acme", CauseIds.SupportUnhappy);
        Assert.Equal((CauseSubject.Account, 0.9), (cause!.Subject, cause.Confidence));
        Assert.StartsWith($"ticket T-1 open since {world.Date(40):d MMMM yyyy}: \"", cause.Evidence[0].Text.En, StringComparison.Ordinal);
        Assert.Equal(
            ("open", "solved within 48 hours", world.Date(40)),
            (cause.Evidence[0].Value.En, cause.Evidence[0].Expected.En, cause.Evidence[0].Since)
        );
        Assert.Equal(RiskLevel.AtRisk, await world.LevelAsync("acme"));
    }

    [Fact]
    public async Task Borderline_a_ticket_within_its_time_is_work_in_progress()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Team("acme", 3)[0]
            .Works(0, 45)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "How do I share a report?")
            .On(40);
        // Opened on day 40 at ten: its 48 hours are over on day 42.
        Assert.Equal([42, 43, 44], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 40, 44));
    }

    [Theory]
    [InlineData(24, false, 40, 24.5)]
    [InlineData(26, false, 40, 26.5)]
    [InlineData(60, false, 40, 60.5)]
    [InlineData(24, true, 40, 24.5)]
    [InlineData(24, true, 39, 72.5)]
    public async Task Borderline_a_ticket_is_late_from_its_hour_on(int limit, bool workingTime, int day, double late)
    {
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Tickets = Model.Tickets with { WithinHours = limit, WorkingTime = workingTime },
            }
        );
        // Day 39 is a Friday of the model's zone, day 42 a Monday.
        int opened = day == 39 ? 39 : 42;
        world
            .Team("acme", 3)[0]
            .Works(0, 50)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "How do I share a report?")
            .On(opened);
        await world.AdvanceToAsync(world.At(opened, 10 + late - 1));
        Assert.Null(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
        await world.AdvanceToAsync(world.At(opened, 10 + late));
        var cause = await world.CauseAsync("acme", CauseIds.SupportUnhappy);
        Assert.StartsWith($"ticket T-1 open since {world.Date(opened):d MMMM yyyy}", cause!.Evidence[0].Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clear_a_ticket_that_nobody_answered_within_what_was_agreed()
    {
        var world = await SignalsWorld.WithAsync(Answering);
        GivenAnswersAreTold(world);
        world.Team("acme", 3)[0].Works(0, 45).Tracks("Ticket Opened").With("ticketId", "T-1").With("body", "How do I share?").On(40);

        await world.AdvanceToAsync(world.At(40, 17));
        Assert.Null(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
        // Opened at ten, and eight hours were agreed.
        await world.AdvanceToAsync(world.At(40, 19));
        var cause = await world.CauseAsync("acme", CauseIds.SupportUnhappy);

        Assert.StartsWith(
            $"ticket T-1 unanswered since {world.Date(40):d MMMM yyyy}",
            cause!.Evidence[0].Text.En,
            StringComparison.Ordinal
        );
        Assert.StartsWith("ticket T-1 sans réponse depuis le 12 avril 2025", cause.Evidence[0].Text.Fr, StringComparison.Ordinal);
        Assert.Equal(("unanswered", "answered within 8 hours"), (cause.Evidence[0].Value.En, cause.Evidence[0].Expected.En));
    }

    [Fact]
    public async Task Borderline_what_was_agreed_is_the_plans()
    {
        var world = await SignalsWorld.WithAsync(
            Answering with
            {
                Tickets = Answering.Tickets with
                {
                    Promises = new Dictionary<string, TicketPromise>(StringComparer.OrdinalIgnoreCase) { ["Pro"] = new(2, 96) },
                },
            }
        );
        GivenAnswersAreTold(world);
        var team = world.Team("acme", 3);
        team[0]
            .Joins("acme")
            .With("plan", "pro")
            .On(0)
            .Works(0, 45)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "How do I share?")
            .On(40);

        await world.AdvanceToAsync(world.At(40, 13));
        Assert.Equal("answered within 2 hours", (await world.CauseAsync("acme", CauseIds.SupportUnhappy))!.Evidence[0].Expected.En);
    }

    [Fact]
    public async Task Look_alike_a_ticket_that_was_answered_in_time_and_has_time_for_its_solution()
    {
        var world = await SignalsWorld.WithAsync(Answering);
        GivenAnswersAreTold(world);
        world
            .Team("acme", 3)[0]
            .Works(0, 45)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "How do I share?")
            .On(40)
            .Tracks("Ticket Answered")
            .With("ticketId", "T-1")
            .On(40);

        Assert.Equal([42, 43, 44], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 40, 44));
        Assert.Equal("solved within 48 hours", (await world.CauseAsync("acme", CauseIds.SupportUnhappy))!.Evidence[0].Expected.En);
    }

    [Fact]
    public async Task Look_alike_where_no_event_ever_told_of_an_answer_none_is_missed()
    {
        var world = await SignalsWorld.WithAsync(Answering);
        world.Team("acme", 3)[0].Works(0, 45).Tracks("Ticket Opened").With("ticketId", "T-1").With("body", "How do I share?").On(40);

        await world.AdvanceToAsync(world.At(41, 20));
        Assert.Null(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
    }

    [Fact]
    public async Task Look_alike_one_poor_answer_of_many_people_is_no_account_risk()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 12);
        foreach (var person in team)
            person.Works(0, 45);
        team[7].Tracks("NPS Answered").With("score", 3).On(40);
        await world.AdvanceToAsync(day: 42);
        var cause = await world.CauseAsync("acme", CauseIds.SupportUnhappy);
        Assert.Equal((CauseSubject.People, 1), (cause!.Subject, cause.Affected));
        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("acme"));
    }

    [Fact]
    public async Task Look_alike_a_middling_score_with_calm_words()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Team("acme", 2)[0].Works(0, 45).Tracks("CSAT Answered").With("score", 4).With("comment", "Fine.").On(40);
        await world.AdvanceToAsync(day: 42);
        Assert.Null(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
    }

    [Fact]
    public async Task Recovery_the_ticket_is_solved_and_the_next_answer_is_good()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Team("acme", 2)[0]
            .Works(0, 60)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .On(40)
            .Tracks("Ticket Solved")
            .With("ticketId", "T-1")
            .On(46)
            .Tracks("CSAT Answered")
            .With("score", 1)
            .On(46)
            .Tracks("CSAT Answered")
            .With("score", 5)
            .On(50);
        Assert.Equal([42, 43, 44, 45, 46, 47, 48, 49], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 40, 55));
    }

    [Fact]
    public async Task Clear_trouble_again_and_again_on_one_thing_though_each_ticket_was_solved_in_a_day()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        foreach (var person in team)
            person.Works(0, 80);
        Trouble(team[0], 50, "The export fails with an error.");
        Trouble(team[1], 57, "Exports are broken again, I get nothing.");
        Trouble(team[0], 63, "The export crashed and my work is lost.");
        Trouble(team[2], 70, "The CSV export does not work.");
        await world.AdvanceToAsync(day: 72);

        var cause = await world.CauseAsync("acme", CauseIds.SupportUnhappy);

        Assert.Equal((CauseSubject.Account, 0.6), (cause!.Subject, cause.Confidence));
        var told = cause.Evidence[0];
        Assert.Equal("4 tickets about \"export\" within 21 days, each solved, in 1 day at most", told.Text.En);
        Assert.Equal("4 tickets sur «\u00a0export\u00a0» en 21 jours, chacun résolu, en 1 jour au plus", told.Text.Fr);
        Assert.Equal(("4 tickets", "fewer than 4 in 42 days", world.Date(50)), (told.Value.En, told.Expected.En, told.Since));
        // A person calls: nobody is mailed tips about what keeps breaking.
        Assert.Empty(await world.MessagesAsync("acme"));
    }

    [Fact]
    public async Task Clear_the_more_often_the_surer_and_what_is_still_open_is_said()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        foreach (var person in team)
            person.Works(0, 80);
        for (int i = 0; i < 6; i++)
            Trouble(team[i % 3], 50 + 4 * i, "The export fails with an error.", solved: i < 5);
        await world.AdvanceToAsync(day: 71);

        var cause = await world.CauseAsync("acme", CauseIds.SupportUnhappy);

        Assert.Equal(0.8, cause!.Confidence, 6);
        Assert.Contains(cause.Evidence, told => told.Text.En == "6 tickets about \"export\" within 21 days, 1 of them open");
    }

    [Fact]
    public async Task Borderline_three_tickets_on_one_thing_are_bad_luck_and_it_holds_from_the_fourth_until_they_are_weeks_old()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var ann = world.Team("acme", 3)[0].Works(0, 120);
        foreach (int day in (int[])[40, 47, 54, 61])
            Trouble(ann, day, "The export fails with an error.");

        // Each on the day that it is open, for its words; then from the fourth until the first is more than 42 days old.
        Assert.Equal([40, 47, 54, .. Enumerable.Range(61, 22)], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 40, 110));
    }

    [Fact]
    public async Task Look_alike_trouble_with_a_different_thing_each_time()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var ann = world.Team("acme", 3)[0].Works(0, 80);
        string[] things = ["export", "calendar", "invoice", "login", "search", "printer"];
        for (int i = 0; i < things.Length; i++)
            Trouble(ann, 50 + 4 * i, $"The {things[i]} fails with an error.");
        await world.AdvanceToAsync(day: 72);

        Assert.Null(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
    }

    [Fact]
    public async Task Look_alike_trouble_with_one_thing_spread_over_a_year()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var ann = world.Team("acme", 3)[0].Works(0, 330);
        for (int i = 0; i < 6; i++)
            Trouble(ann, 30 + 50 * i, "The export fails with an error.");

        // Each for its words, while it is open.
        Assert.Equal([30, 80, 130, 180, 230, 280], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 28, 300));
    }

    [Fact]
    public async Task Look_alike_questions_about_one_thing_are_no_trouble()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var ann = world.Team("acme", 3)[0].Works(0, 80);
        string[] questions =
        [
            "How do I export a report?",
            "Can I export to Excel?",
            "Where do I find the export of last week?",
            "Could you add an export to PDF?",
            "Which columns does the export hold?",
        ];
        for (int i = 0; i < questions.Length; i++)
            Trouble(ann, 50 + 4 * i, questions[i]);
        await world.AdvanceToAsync(day: 72);

        Assert.Null(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
    }

    private static void Trouble(PersonStory person, int day, string words, bool solved = true)
    {
        string ticket = $"T-{day}";
        person.Tracks("Ticket Opened").With("ticketId", ticket).With("body", words).On(day);
        if (solved)
            person.Tracks("Ticket Solved").With("ticketId", ticket).On(day + 1);
    }
}
