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
        Assert.StartsWith("ticket T-1 open for 4 days: \"", cause.Evidence[0].Text.En, StringComparison.Ordinal);
        Assert.Equal(
            ("4 days", "answered within 48 hours", world.Date(40)),
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
        // Opened on day 40 at ten: its 48 hours are over during day 42, so the first day that begins after them is 43.
        Assert.Equal([43, 44], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 40, 44));
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
        Assert.Equal([43, 44, 45, 46, 47, 48, 49], await world.DaysWithAsync("acme", CauseIds.SupportUnhappy, 40, 55));
    }
}
