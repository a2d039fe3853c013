using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class DelightStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"], Csat = ["CSAT Answered"] },
    };
    private static readonly ValueModel Groups = Model with
    {
        Accounts = AccountsMode.Group,
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
    };

    [Fact]
    public async Task Clear_a_top_score_with_kind_words()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Works(0, 40)
            .Tracks("NPS Answered")
            .With("score", 10)
            .With("comment", "Wonderful, it saves us two days a week!")
            .On(38);
        await world.AdvanceToAsync(day: 39);
        var cause = await world.CauseAsync("ann", CauseIds.Delight);
        Assert.Equal((0.85, "NPS of 10: \"Wonderful, it saves us two days a week!\""), (cause!.Confidence, cause.Evidence[0].Text.En));
        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("ann"));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(8, false)]
    public async Task Borderline_nine_is_where_delight_begins(int score, bool delighted)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 40).Tracks("NPS Answered").With("score", score).On(38);
        await world.AdvanceToAsync(day: 39);
        Assert.Equal(delighted, await world.CauseAsync("ann", CauseIds.Delight) is not null);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task Borderline_five_is_where_delight_with_a_task_begins(int score, bool delighted)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 40).Tracks("CSAT Answered").With("score", score).On(38);
        await world.AdvanceToAsync(day: 39);
        Assert.Equal(delighted, await world.CauseAsync("ann", CauseIds.Delight) is not null);
    }

    [Fact]
    public async Task Clear_kind_words_with_a_score_that_is_none_of_the_best()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Works(0, 40)
            .Tracks("NPS Answered")
            .With("score", 8)
            .With("comment", "Wonderful! I love it, great help and a fantastic product.")
            .On(38);
        await world.AdvanceToAsync(day: 39);
        var cause = await world.CauseAsync("ann", CauseIds.Delight);
        Assert.Equal(
            (0.7, "wrote: \"Wonderful! I love it, great help and a fantastic product.\""),
            (cause!.Confidence, cause.Evidence[0].Text.En)
        );
    }

    [Fact]
    public async Task Look_alike_words_that_nobody_can_call_kind()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 40).Tracks("NPS Answered").With("score", 8).With("comment", "The export runs on Tuesdays.").On(38);
        world.Given("bob").Works(0, 40).Tracks("NPS Answered").With("score", 10).With("comment", "Terrible, it loses our data.").On(38);
        await world.AdvanceToAsync(day: 39);
        Assert.Null(await world.CauseAsync("ann", CauseIds.Delight));
        Assert.Null(await world.CauseAsync("bob", CauseIds.Delight));
    }

    [Fact]
    public async Task Look_alike_a_colleagues_top_score()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").HasEmail().Joins("acme").On(0).Works(0, 60);
        world.Given("bob").HasEmail().Joins("acme").On(0).Works(0, 60).Tracks("NPS Answered").With("score", 10).On(38);
        await world.AdvanceToAsync(day: 45);

        Assert.Equal("u_bob", Assert.Single(await world.MessagesAsync("acme"), record => record.Cause == CauseIds.Delight).Person);
    }

    [Theory]
    [InlineData(1, 83, true)]
    [InlineData(1, 80, false)]
    public async Task Borderline_twice_as_much_as_ever_is_where_a_rise_begins(int more, int until, bool risen)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 90).Tracks("Report Shared").Times(more).OnWeekdays(70, until);
        await world.AdvanceToAsync(day: 84);
        Assert.Equal(risen, await world.CauseAsync("ann", CauseIds.Delight) is not null);
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(27, false)]
    public async Task Borderline_four_weeks_before_make_a_level_to_rise_from(int before, bool risen)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, before + 13).Tracks("Report Shared").Times(9).OnWeekdays(before, before + 13);
        await world.AdvanceToAsync(day: before + 14);
        Assert.Equal(risen, await world.CauseAsync("ann", CauseIds.Delight) is not null);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public async Task Borderline_six_days_of_value_before_make_a_level_too(int days, bool risen)
    {
        var world = await SignalsWorld.WithAsync(Model);
        var ann = world.Given("ann");
        for (int i = 0; i < days; i++)
            ann.Tracks("Report Shared").Times(5).On(30 + (i * 2));
        ann.Tracks("Report Shared").Times(30).OnWeekdays(70, 83);
        await world.AdvanceToAsync(day: 84);
        Assert.Equal(risen, await world.CauseAsync("ann", CauseIds.Delight) is not null);
    }

    [Theory]
    [InlineData(3.5, true)]
    [InlineData(3.4, false)]
    public async Task Borderline_who_was_never_at_the_floor_has_nothing_to_rise_from(double minutes, bool risen)
    {
        // The floor of 15 minutes a month is 7 a fortnight, in which there are two of these days.
        var world = await SignalsWorld.WithAsync(Model);
        var ann = world.Given("ann");
        for (int day = 20; day < 70; day += 8)
            ann.Tracks("Video Watched").With("minutes", minutes).On(day);
        ann.Tracks("Report Shared").Times(30).OnWeekdays(70, 83);
        await world.AdvanceToAsync(day: 84);
        Assert.Equal(risen, await world.CauseAsync("ann", CauseIds.Delight) is not null);
    }

    [Fact]
    public async Task Look_alike_a_busy_fortnight_such_as_there_was_before()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Works(0, 90)
            .Tracks("Report Shared")
            .Times(3)
            .OnWeekdays(30, 43)
            .Tracks("Report Shared")
            .Times(3)
            .OnWeekdays(70, 83);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.Delight, 60, 90));
    }

    [Fact]
    public async Task Clear_twice_as_much_value_as_ever()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 90).Tracks("Report Shared").Times(3).OnWeekdays(70, 83);
        await world.AdvanceToAsync(day: 84);
        Assert.Equal(
            $"200 minutes from {world.Date(70):d MMMM yyyy} to {world.Date(83):d MMMM yyyy}, more than ever",
            (await world.CauseAsync("ann", CauseIds.Delight))!.Evidence[0].Text.En
        );
    }

    [Fact]
    public async Task Thanks_name_what_was_good_and_go_out_once()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail().Works(0, 60).Tracks("NPS Answered").With("score", 10).On(38);
        world.Given("bob").HasEmail().Works(0, 90).Tracks("Report Shared").Times(3).OnWeekdays(70, 83);
        await world.AdvanceToAsync(day: 88);

        Assert.Equal(
            ("praise", OutreachState.Sent),
            Thanks(Assert.Single(await world.MessagesAsync("ann"), record => record.Cause == CauseIds.Delight))
        );
        Assert.Equal(
            ("rise", OutreachState.Sent),
            Thanks(Assert.Single(await world.MessagesAsync("bob"), record => record.Cause == CauseIds.Delight))
        );

        static (string, OutreachState) Thanks(OutreachRecord record) => (record.Variables.Moment, record.State);
    }

    [Fact]
    public async Task Nobody_is_thanked_while_a_colleague_complains()
    {
        var world = await SignalsWorld.WithAsync(Groups);
        world.Given("ann").HasEmail().Joins("acme").On(0).Works(0, 60).Tracks("NPS Answered").With("score", 10).On(38);
        world.Given("bob").HasEmail().Joins("acme").On(0).Works(0, 60).Tracks("NPS Answered").With("score", 1).On(37);
        world.Given("cid").HasEmail().Joins("bolt").On(0).Works(0, 60).Tracks("NPS Answered").With("score", 10).On(38);
        await world.AdvanceToAsync(day: 45);

        Assert.DoesNotContain(await world.MessagesAsync("acme"), record => record.Cause == CauseIds.Delight);
        Assert.Contains(await world.MessagesAsync("bolt"), record => record.Cause == CauseIds.Delight);
    }

    [Fact]
    public async Task Nobody_is_thanked_beside_an_open_ticket_not_even_one_that_came_after_the_thanks_were_planned()
    {
        var quiet = Groups.Outreach with { QuietHours = new QuietHours(new TimeOnly(20, 0), new TimeOnly(15, 0)), ExpireAfterDays = 9 };
        var world = await SignalsWorld.WithAsync(Groups with { Outreach = quiet });
        world
            .Given("ann")
            .HasEmail()
            .Joins("acme")
            .On(0)
            .Works(0, 60)
            .Tracks("NPS Answered")
            .With("score", 10)
            .At(9)
            .On(38)
            .Tracks("Ticket Opened")
            .With("ticketId", "t-1")
            .At(12)
            .On(38);
        await world.AdvanceToAsync(day: 45);

        var thanks = Assert.Single(await world.MessagesAsync("acme"), record => record.Cause == CauseIds.Delight);
        Assert.Equal((OutreachState.Suppressed, "there is something to complain about: no time for thanks"), (thanks.State, thanks.Reason));
    }

    [Fact]
    public async Task What_still_gets_in_the_way_is_spoken_of_first()
    {
        var world = await SignalsWorld.WithAsync(Model.WithSetUp());
        world
            .Given("ann")
            .HasEmail()
            .Works(0, 60)
            .Tracks("Users Imported")
            .On(0)
            .Tracks("Profile Opened")
            .On(30)
            .Tracks("NPS Answered")
            .With("score", 10)
            .On(38);
        await world.AdvanceToAsync(day: 50);

        Assert.All(await world.MessagesAsync("ann"), record => Assert.Equal(CauseIds.OnboardingStalled, record.Cause));
        Assert.NotEmpty(await world.MessagesAsync("ann"));
    }

    [Fact]
    public async Task Recovery_it_passes_and_a_later_answer_takes_its_place()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 80).Tracks("NPS Answered").With("score", 10).On(38).Tracks("NPS Answered").With("score", 7).On(42);
        world.Given("bob").Works(0, 80).Tracks("NPS Answered").With("score", 10).On(38);
        Assert.Equal([38, 39, 40, 41], await world.DaysWithAsync("ann", CauseIds.Delight, 37, 45));
        var days = await world.DaysWithAsync("bob", CauseIds.Delight, 46, 60);
        Assert.Equal(52, days[^1]);
    }
}
