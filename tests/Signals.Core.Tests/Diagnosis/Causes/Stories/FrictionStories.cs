using Signals.Core.Daily.Norms;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class FrictionStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Friction = [new FrictionKind("errors", "errors", ["Error"]), new FrictionKind("adverts", "adverts", ["Roll Advert"])],
    };

    private static readonly ValueModel Written = Model with
    {
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
    };

    [Fact]
    public async Task Clear_errors_at_every_turn_since_a_week()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Works(0, 80).Tracks("Error").On(10, 30).Tracks("Error").Times(3).OnWeekdays(70, 80);
        await world.AdvanceToAsync(day: 80);

        var cause = await world.CauseAsync("ann", CauseIds.Friction);
        Assert.Equal("errors", cause!.Detail);
        Assert.InRange(cause.Confidence, 0.9, 1);
        Assert.Matches(
            "^[0-9]+ errors in [0-9]+ minutes over 14 days of use, .*[0-9]+ times what is usual for their own past$",
            cause.Evidence[0].Text.En
        );
        // Worth helping with at once; who works on as ever is not about to leave.
        Assert.Equal(CauseIds.Friction, Assert.Single(await world.MessagesAsync("ann")).Cause);
        Assert.True(await world.LevelAsync("ann") < RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Borderline_few_occurrences_never_make_it_sure()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 80).Tracks("Error").Times(2).On(78, 79);
        await world.AdvanceToAsync(day: 80);
        Assert.True(await world.CauseAsync("ann", CauseIds.Friction) is null or { Confidence: < 0.5 });
        Assert.True(await world.LevelAsync("ann") < RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Look_alike_who_uses_twice_as_much_meets_twice_as_many()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Works(0, 60)
            .Tracks("Error")
            .OnWeekdays(0, 60)
            .Tracks("Report Shared")
            .Times(4)
            .OnWeekdays(61, 80)
            .Tracks("Error")
            .Times(4)
            .OnWeekdays(61, 80);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.Friction, 60, 80));
    }

    [Fact]
    public async Task Clear_five_times_what_people_like_them_meet_though_it_was_always_so()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Works(0, 80).Tracks("Roll Advert").Times(5).OnWeekdays(0, 80);
        await world.AdvanceToAsync(day: 78);
        Assert.Null(await world.CauseAsync("ann", CauseIds.Friction));
        await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day: 80);

        var cause = await world.CauseAsync("ann", CauseIds.Friction);
        Assert.Equal("adverts", cause!.Detail);
        Assert.InRange(cause.Confidence, 0.9, 1);
        Assert.Contains("what is usual for people like them", cause.Evidence[0].Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_alike_as_many_as_everybody_on_the_plan()
    {
        var world = await WithCustomersAsync();
        world.Given("ann").Works(0, 80).Tracks("Roll Advert").OnWeekdays(0, 80);
        await world.AdvanceToAsync(day: 78);
        await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day: 80);
        Assert.Null(await world.CauseAsync("ann", CauseIds.Friction));
    }

    [Fact]
    public async Task Clear_they_meet_errors_and_write_of_them()
    {
        var world = await SignalsWorld.WithAsync(Written);
        foreach (string person in new[] { "ann", "bob" })
            world.Given(person).Works(0, 80).Tracks("Error").On(10, 30).Tracks("Error").Times(2).On(74, 78, 80);
        world.Given("ann").Tracks("NPS Answered").With("score", 8).With("comment", "I get an error each time I export.").On(79);
        await world.AdvanceToAsync(day: 80);

        var met = (await world.CauseAsync("bob", CauseIds.Friction))!;
        var written = (await world.CauseAsync("ann", CauseIds.Friction))!;
        Assert.Equal(("errors", "errors"), (met.Detail, written.Detail));
        Assert.True(written.Confidence > met.Confidence + 0.05, $"{written.Confidence} with words, {met.Confidence} without");
        Assert.Equal("wrote: \"I get an error each time I export.\"", written.Evidence[^1].Text.En);
    }

    [Fact]
    public async Task Borderline_one_sentence_is_seen_and_not_sure_and_a_second_makes_it_so()
    {
        var world = await SignalsWorld.WithAsync(Written);
        world
            .Given("ann")
            .Works(0, 60)
            .Tracks("NPS Answered")
            .With("score", 8)
            .With("comment", "The import is broken.")
            .On(40)
            .Tracks("NPS Answered")
            .With("score", 8)
            .With("comment", "The export still does not work.")
            .On(45);
        await world.AdvanceToAsync(day: 41);
        var once = (await world.CauseAsync("ann", CauseIds.Friction))!;
        Assert.InRange(once.Confidence, 0.2, 0.49);
        Assert.Equal("wrote: \"The import is broken.\"", Assert.Single(once.Evidence).Text.En);
        Assert.True(await world.LevelAsync("ann") < RiskLevel.AtRisk);

        await world.AdvanceToAsync(day: 46);
        Assert.InRange((await world.CauseAsync("ann", CauseIds.Friction))!.Confidence, 0.5, 0.6);
    }

    [Fact]
    public async Task Look_alike_a_wish_is_no_obstacle()
    {
        var world = await SignalsWorld.WithAsync(Written);
        world
            .Given("ann")
            .Works(0, 60)
            .Tracks("NPS Answered")
            .With("score", 8)
            .With("comment", "It would be nice to have a dark theme.")
            .On(40);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.Friction, 40, 45));
    }

    [Fact]
    public async Task Recovery_the_ticket_that_told_of_it_is_solved()
    {
        var world = await SignalsWorld.WithAsync(Written);
        world
            .Given("ann")
            .Works(0, 60)
            .Tracks("Ticket Opened")
            .With("ticketId", "T-1")
            .With("body", "The import is broken, it fails every time.")
            .On(40)
            .Tracks("Ticket Solved")
            .With("ticketId", "T-1")
            .On(43);
        Assert.Equal([40, 41, 42], await world.DaysWithAsync("ann", CauseIds.Friction, 39, 46));
    }

    [Fact]
    public async Task Recovery_words_are_history_after_the_models_time()
    {
        var world = await SignalsWorld.WithAsync(Written);
        world.Given("ann").Works(0, 80).Tracks("NPS Answered").With("score", 8).With("comment", "The import is broken.").On(40);
        var days = await world.DaysWithAsync("ann", CauseIds.Friction, 38, 60);
        Assert.Equal((40, 54), (days[0], days[^1]));
    }

    [Fact]
    public async Task Recovery_what_was_wrong_is_fixed()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 130).Tracks("Error").Times(3).OnWeekdays(70, 80);
        var days = await world.DaysWithAsync("ann", CauseIds.Friction, 70, 125);
        Assert.InRange(days[0], 70, 73);
        Assert.InRange(days[^1], 80, 105);
    }

    /// <summary>Whoever comes rarely has a window of use that reaches back for months.</summary>
    [Theory]
    [InlineData(new[] { 25, 28, 29, 30, 31, 32 }, false)]
    [InlineData(new[] { 70, 80, 88 }, true)]
    public async Task Look_alike_errors_of_two_months_ago_and_none_since(int[] met, bool isNow)
    {
        var world = await WithCustomersAsync(every: 10);
        world
            .Given("ann")
            .HasEmail()
            .Works(0, 32)
            .Tracks("Report Shared")
            .On(40, 50, 60, 70, 80, 88)
            .Tracks("Roll Advert")
            .Times(12 / met.Length)
            .On(met);
        await AfterNormsAsync(world, day: 92);
        Assert.Equal(isNow, await world.CauseAsync("ann", CauseIds.Friction) is { Confidence: >= 0.5 });
    }

    [Theory]
    [InlineData(new[] { 4, 18, 32, 46, 60, 88 }, false)]
    [InlineData(new[] { 70, 74, 77, 81, 84, 88 }, true)]
    public async Task Borderline_six_in_three_months_are_few_and_six_in_three_weeks_are_not(int[] met, bool sure)
    {
        var world = await WithCustomersAsync(every: 15);
        world
            .Given("ann")
            .HasEmail()
            .Tracks("Report Shared")
            .On(Enumerable.Range(0, 14).Select(week => week * 7 + 4).Concat(met).Distinct().Where(day => day <= 91))
            .Tracks("Roll Advert")
            .On(met);
        await AfterNormsAsync(world, day: 92);
        Assert.Equal(sure, (await world.MessagesAsync("ann")).Any(message => message.Cause == CauseIds.Friction));
    }

    [Fact]
    public async Task Clear_the_evidence_says_that_nearly_all_came_lately()
    {
        var world = await WithCustomersAsync(every: 3);
        foreach (string person in new[] { "ann", "bob" })
            world.Given(person).Works(0, 91);
        world.Given("ann").Tracks("Roll Advert").Times(5).On(10, 20).Tracks("Roll Advert").Times(12).OnWeekdays(77, 91);
        world.Given("bob").Tracks("Roll Advert").Times(3).OnWeekdays(0, 91);
        await AfterNormsAsync(world, day: 92);

        var lately = (await world.CauseAsync("ann", CauseIds.Friction))!;
        var allAlong = (await world.CauseAsync("bob", CauseIds.Friction))!;
        Assert.Contains(
            lately.Evidence,
            line => line.Since >= world.Date(72) && line.Text.En.Contains("adverts", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(allAlong.Evidence, line => line.Text.En.Contains("of them since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recovery_what_came_lately_is_no_news_after_a_month_away()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Works(0, 80).Tracks("Error").On(10, 30).Tracks("Error").Times(3).OnWeekdays(70, 80);
        await world.AdvanceToAsync(day: 100);
        Assert.InRange((await world.CauseAsync("ann", CauseIds.Friction))!.Confidence, 0.9, 1);
        await world.AdvanceToAsync(day: 110);
        Assert.InRange((await world.CauseAsync("ann", CauseIds.Friction))!.Confidence, 0.2, 0.49);
    }

    private static async Task AfterNormsAsync(SignalsWorld world, int day)
    {
        await world.AdvanceToAsync(day - 6);
        await world.Get<CohortPass>().RunAsync(TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day);
    }

    /// <summary>Some who meet an advert on one working day of so many.</summary>
    private static async Task<SignalsWorld> WithCustomersAsync(int every)
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < 21; i++)
            world
                .Given($"c{i}")
                .Works(50, 85)
                .Tracks("Roll Advert")
                .On(Enumerable.Range(50, 36).Where(day => day % 7 < 5 && (day + i) % every == 0));
        return world;
    }

    private static async Task<SignalsWorld> WithCustomersAsync()
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < 24; i++)
            world.Given($"c{i}").Works(0, 80).Tracks("Roll Advert").OnWeekdays(0, 80);
        return world;
    }
}
