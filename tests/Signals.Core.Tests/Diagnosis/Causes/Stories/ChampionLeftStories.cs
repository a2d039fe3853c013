using Signals.Core.Model;
using Signals.Core.Response.Delivery;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class ChampionLeftStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups;

    [Fact]
    public async Task Clear_who_carried_it_is_silent_and_nobody_took_over()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 90);
        team[2].Tracks("Report Shared").On(Enumerable.Range(0, 13).Select(week => week * 7));
        await world.AdvanceToAsync(day: 76);

        var cause = await world.CauseAsync("acme", CauseIds.ChampionLeft);
        Assert.Equal((CauseSubject.People, 1), (cause!.Subject, cause.Affected));
        Assert.InRange(cause.Confidence, 0.9, 1);
        Assert.Equal(
            $"ann, who carried 77% of the value, was last seen getting any on {world.Date(60):d MMMM yyyy}",
            cause.Evidence[0].Text.En
        );
        Assert.Equal(
            ($"p1 could take over, last value on {world.Date(74):d MMMM yyyy}", "value on 5 of 7 days"),
            (cause.Evidence[1].Text.En, cause.Evidence[0].Expected.En)
        );
        Assert.EndsWith(" minutes in the 56 days up to then", cause.Evidence[1].Value.En, StringComparison.Ordinal);
        Assert.True(await world.LevelAsync("acme") >= RiskLevel.Watch);
    }

    [Fact]
    public async Task Clear_people_are_called_by_their_names_where_they_have_one_and_by_their_address_where_not()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0].Identifies().With("name", " Ann Leeuwenhoek ").On(0).Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].HasEmail("bo@acme.example").Identifies().With("name", "Bo").On(0).Works(0, 90);
        await world.AdvanceToAsync(day: 76);

        var evidence = (await world.CauseAsync("acme", CauseIds.ChampionLeft))!.Evidence;
        Assert.StartsWith("Ann Leeuwenhoek, who carried 80% of the value", evidence[0].Text.En, StringComparison.Ordinal);
        Assert.StartsWith("bo@acme.example could take over, last value on ", evidence[1].Text.En, StringComparison.Ordinal);
        Assert.Equal("u_p1", evidence[1].Person);
    }

    [Fact]
    public async Task Borderline_fourteen_whole_days_of_silence_are_where_it_begins()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 90);
        Assert.Equal([75, 76], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 61, 76));
    }

    [Fact]
    public async Task Look_alike_somebody_else_took_over()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 60).Tracks("Report Shared").Times(5).OnWeekdays(61, 90);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 61, 90));
    }

    [Fact]
    public async Task Look_alike_one_of_many_who_carried_a_little()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 5);
        team[0].Works(0, 60);
        foreach (var person in team.Skip(1))
            person.Works(0, 90);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 61, 85));
    }

    [Fact]
    public async Task Clear_who_was_removed_is_gone_the_next_morning_and_is_written_to_no_more()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = Carried(world);
        team[0].Tracks("Account Removed User").At(17).On(60);
        Assert.Equal([60, 61], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 58, 61));

        var cause = (await world.CauseAsync("acme", CauseIds.ChampionLeft))!;
        Assert.InRange(cause.Confidence, 0.95, 1);
        Assert.Equal(
            ($"ann, who carried 80% of the value, has no access since {world.Date(60):d MMMM yyyy}", "removed"),
            (cause.Evidence[0].Text.En, cause.Evidence[0].Value.En)
        );
        Assert.StartsWith("p1 could take over, last value on ", cause.Evidence[^1].Text.En, StringComparison.Ordinal);
        await world.AdvanceToAsync(day: 75);
        Assert.Empty((await world.PersonAsync("acme", "ann"))!.Finding.Causes);
    }

    [Fact]
    public async Task Clear_a_trait_says_that_they_were_deactivated_and_they_may_come_again()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = Carried(world);
        team[0]
            .Identifies()
            .With("deactivatedAt", world.At(60, 17).ToString("O"))
            .At(17)
            .On(60)
            .Identifies()
            .With("deactivatedAt", "")
            .On(64);
        Assert.Equal([60, 61, 62, 63], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 58, 68));
    }

    [Fact]
    public async Task Clear_a_deactivation_that_was_announced_counts_from_its_day_without_any_event()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60).Identifies().With("deactivatedAt", world.At(63, 1).ToString("O")).On(50);
        team[1].Works(0, 59);
        Assert.Equal([63, 64], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 58, 64));
    }

    [Fact]
    public async Task Clear_a_new_role_and_no_value_since()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = Carried(world);
        team[0].Identifies().With("role", "admin").OnWeekdays(0, 58).Identifies().With("role", "viewer").On(59);
        // Their last value is on Friday, day 60: four whole days later it is Wednesday.
        Assert.Equal([65, 66], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 58, 66));
        var cause = (await world.CauseAsync("acme", CauseIds.ChampionLeft))!;
        Assert.Equal("ann, who carried 80% of the value, was \"admin\" and is \"viewer\" now", cause.Evidence[0].Text.En);
        Assert.Equal(world.Date(59), cause.Evidence[0].Since);
        Assert.Equal($"ann was last seen getting value on {world.Date(60):d MMMM yyyy}", cause.Evidence[1].Text.En);
    }

    [Fact]
    public async Task Clear_mail_to_them_bounces_while_they_are_silent()
    {
        var world = await SignalsWorld.WithAsync(Model.WithSetUp());
        var team = Carried(world);
        team[0].HasEmail().Tracks("Import Started").On(5);
        await world.AdvanceToAsync(day: 62);
        var mail = (await world.MessagesAsync("acme")).First(message => message.To == "ann@example.com");
        await world
            .Get<DeliveryReports>()
            .ApplyAsync(
                [new DeliveryReport(mail.Id, DeliveryEvent.Bounced, world.At(62), "550 no such user")],
                TestContext.Current.CancellationToken
            );

        Assert.Equal([65, 66], await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 62, 66));
        Assert.Equal(
            "mail to ann@example.com, who carried 80% of the value, bounces",
            (await world.CauseAsync("acme", CauseIds.ChampionLeft))!.Evidence[0].Text.En
        );
    }

    [Fact]
    public async Task Look_alike_an_address_that_bounces_of_somebody_who_is_there()
    {
        var world = await SignalsWorld.WithAsync(Model.WithSetUp());
        var team = world.Team("acme", 2);
        team[0].HasEmail().Tracks("Import Started").On(5).Tracks("Report Shared").Times(4).OnWeekdays(0, 90);
        team[1].Works(0, 90);
        await world.AdvanceToAsync(day: 40);
        var mail = (await world.MessagesAsync("acme")).First(message => message.To == "ann@example.com");
        await world
            .Get<DeliveryReports>()
            .ApplyAsync(
                [new DeliveryReport(mail.Id, DeliveryEvent.Bounced, world.At(40), "550 no such user")],
                TestContext.Current.CancellationToken
            );
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 40, 60));
    }

    [Fact]
    public async Task Look_alike_a_new_role_in_which_they_go_on()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0]
            .Tracks("Report Shared")
            .Times(4)
            .OnWeekdays(0, 90)
            .Identifies()
            .With("role", "admin")
            .On(0)
            .Identifies()
            .With("role", "owner")
            .On(40);
        team[1].Works(0, 90);
        Assert.Empty(await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 38, 70));
    }

    [Fact]
    public async Task Recovery_the_champion_comes_back()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 2);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60).Tracks("Report Shared").Times(4).OnWeekdays(78, 100);
        team[1].Works(0, 100);
        Assert.Equal([75, 76, 77], (await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 70, 85)).Where(day => day < 78));
        Assert.Null(await world.CauseAsync("acme", CauseIds.ChampionLeft));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Look_alike_one_who_became_director_and_a_successor_who_does_as_much(int reportsOfTheSuccessor)
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        team[0]
            .Tracks("Report Shared")
            .Times(4)
            .OnWeekdays(0, 60)
            .Identifies()
            .With("role", "manager")
            .On(0)
            .Identifies()
            .With("role", "director")
            .On(58);
        team[1].Works(0, 60).Tracks("Report Shared").Times(reportsOfTheSuccessor).OnWeekdays(61, 90);
        team[2].Works(0, 90);
        var days = await world.DaysWithAsync("acme", CauseIds.ChampionLeft, 58, 75);
        // Who only goes on as before does not take over: then it is said, four days after the last value.
        Assert.Equal(reportsOfTheSuccessor == 1, days.Count > 0);
        Assert.True(days.Count == 0 || days[0] == 65);
    }

    [Fact]
    public async Task Clear_the_others_sink_without_the_champion_and_the_drop_is_told_after_it()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 4);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        foreach (var person in team.Skip(1))
            person.Works(0, 68).Tracks("Report Shared").On(71, 78);
        await world.AdvanceToAsync(day: 82);
        var causes = (await world.ReviewAsync("acme")).Assessment.Causes;
        Assert.Contains(causes, cause => cause.Id == CauseIds.UsageDrop);
        Assert.Equal(CauseIds.ChampionLeft, causes[0].Id);
    }

    [Fact]
    public async Task Look_alike_one_silent_beside_others_who_fell_on_the_same_day()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        team[0].HasEmail().Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        foreach (var person in team.Skip(1))
            person.Tracks("Report Shared").Times(3).OnWeekdays(0, 60).Tracks("Report Shared").On(64, 65, 67, 71, 72, 74, 78, 79);
        await world.AdvanceToAsync(day: 80);
        var causes = (await world.ReviewAsync("acme")).Assessment.Causes;
        Assert.Equal(CauseIds.UsageDrop, causes[0].Id);
        Assert.True(causes.FirstOrDefault(cause => cause.Id == CauseIds.ChampionLeft) is null or { Confidence: < 0.5 });
        Assert.Contains(await world.MessagesAsync("acme"), message => message is { Cause: CauseIds.UsageDrop, To: "ann@example.com" });
    }

    [Fact]
    public async Task Look_alike_two_who_stopped_on_one_day_and_neither_can_be_next()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = world.Team("acme", 3);
        foreach (var person in team.Take(2))
            person.HasEmail().Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[2].HasEmail().Tracks("Report Shared").On(Enumerable.Range(0, 13).Select(week => week * 7));
        await world.AdvanceToAsync(day: 77);
        var causes = (await world.ReviewAsync("acme")).Assessment.Causes;
        Assert.Equal(CauseIds.UsageDrop, causes[0].Id);
        Assert.All(causes.SelectMany(cause => cause.Evidence), line => Assert.DoesNotMatch("^(ann|p1) could take over", line.Text.En));
        Assert.DoesNotContain(await world.MessagesAsync("acme"), message => message.Cause == CauseIds.ChampionLeft);
    }

    /// <summary>Ann carries four fifths of it up to Friday of the ninth week, day 60.</summary>
    private static IReadOnlyList<PersonStory> Carried(SignalsWorld world)
    {
        var team = world.Team("acme", 2);
        team[0].Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        team[1].Works(0, 90);
        return team;
    }
}
