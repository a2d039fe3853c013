using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

/// <summary>Who says it, how many they are, and whether a person hears of it.</summary>
public sealed class WhoAndHowManyStories
{
    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        LeaveIntent = ["Cancel Viewed"],
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"], Ces = ["CES Answered"] },
        Friction = [new FrictionKind("errors", "errors", ["Error"]), new FrictionKind("adverts", "adverts", ["Roll Advert"])],
    };

    [Theory]
    [InlineData("ann", "CES Answered", 6, true)]
    [InlineData("p3", "NPS Answered", 0, true)]
    [InlineData("p3", "NPS Answered", 8, false)]
    [InlineData("ann", "CES Answered", 2, false)]
    public async Task Who_is_unhappy_reaches_a_person_though_the_account_is_well(string who, string answer, int score, bool isTold)
    {
        var world = await SignalsWorld.WithAsync(Model);
        var team = Working(world, 5);
        team.First(person => person.UserId == who).Tracks(answer).With("score", score).On(40);
        await world.AdvanceToAsync(day: 41);

        Assert.Equal(RiskLevel.Healthy, await world.LevelAsync("acme"));
        Assert.Equal(isTold, (await world.AlertsAsync("acme")).Any(alert => alert.Cause == CauseIds.SupportUnhappy));
        Assert.DoesNotContain(await world.MessagesAsync("acme"), message => message.Cause == CauseIds.SupportUnhappy);
    }

    [Fact]
    public async Task One_of_ten_who_is_a_little_unhappy_waits_for_the_digest()
    {
        var world = await SignalsWorld.WithAsync(Model);
        Working(world, 10)[4].Tracks("NPS Answered").With("score", 6).On(40);
        await world.AdvanceToAsync(day: 41);
        Assert.NotNull(await world.CauseAsync("acme", CauseIds.SupportUnhappy));
        Assert.Empty(await world.AlertsAsync("acme"));
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("agent", false)]
    public async Task Words_of_leaving_are_the_accounts_when_whoever_looks_after_it_writes_them(string role, bool ofAccount)
    {
        var world = await SignalsWorld.WithAsync(Model);
        Working(world, 5)[4]
            .Identifies()
            .With("role", role)
            .On(0)
            .Tracks("NPS Answered")
            .With("score", 7)
            .With("comment", "We will most likely switch to another provider.")
            .On(40);
        await world.AdvanceToAsync(day: 41);

        var cause = (await world.CauseAsync("acme", CauseIds.NeedsChanged))!;
        Assert.Equal(ofAccount ? (CauseSubject.Account, 1) : (CauseSubject.People, 0.2), (cause.Subject, cause.Share));
        Assert.Equal(ofAccount, await world.LevelAsync("acme") >= RiskLevel.Watch);
        Assert.Contains(await world.AlertsAsync("acme"), alert => alert.Cause == CauseIds.NeedsChanged);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(0, true)]
    public async Task One_look_at_the_way_out_is_that_of_who_looked(int who, bool ofAccount)
    {
        var world = await SignalsWorld.WithAsync(Model);
        Working(world, 5)[who].Tracks("Cancel Viewed").On(40);
        await world.AdvanceToAsync(day: 41);

        var cause = (await world.CauseAsync("acme", CauseIds.NeedsChanged))!;
        Assert.Equal(ofAccount ? 1 : 0.2, cause.Share);
        Assert.Equal(ofAccount, (await world.AlertsAsync("acme")).Count > 0);
        Assert.True(await world.LevelAsync("acme") < RiskLevel.AtRisk);
    }

    [Theory]
    [InlineData("Great product! We were acquired and have to migrate next quarter.", true)]
    [InlineData("Lovely tool, but we are closing our shop in June.", true)]
    [InlineData("Great product! The new shop page is lovely.", false)]
    public async Task A_high_score_of_who_has_to_leave_is_no_delight(string words, bool leaves)
    {
        var world = await SignalsWorld.WithAsync(Model);
        Working(world, 3)[1].HasEmail().Tracks("NPS Answered").With("score", 10).With("comment", words).On(40);
        await world.AdvanceToAsync(day: 41);
        Assert.Equal(leaves, await world.CauseAsync("acme", CauseIds.NeedsChanged) is not null);
        Assert.Equal(leaves, await world.CauseAsync("acme", CauseIds.Delight) is null);
    }

    [Fact]
    public async Task Whoever_has_two_kinds_of_a_cause_and_words_of_neither_is_one_person()
    {
        var world = await SignalsWorld.WithAsync(Model);
        foreach (var person in Working(world, 2))
        {
            person
                .Tracks("Error")
                .Times(4)
                .OnWeekdays(34, 41)
                .Tracks("Roll Advert")
                .Times(4)
                .OnWeekdays(34, 41)
                .Tracks("NPS Answered")
                .With("score", 8)
                .With("comment", "The import is broken. The export does not work.")
                .On(40);
        }
        await world.AdvanceToAsync(day: 41);
        var causes = (await world.ReviewAsync("acme")).Assessment.Causes.Where(cause => cause.Id == CauseIds.Friction).ToList();
        Assert.NotEmpty(causes);
        Assert.All(causes, cause => Assert.InRange(cause.Affected, 1, 2));
        Assert.Equal(2, (await world.ReviewAsync("acme")).People.Affected[CauseIds.Friction]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_retired_feature_that_somebody_still_uses_comes_before_a_colleagues_everyday_obstacle(bool isRetired)
    {
        var world = await SignalsWorld.WithAsync(isRetired ? WithSunset() : Model);
        var team = Working(world, 4);
        team[1].Tracks("Reader Opened").OnWeekdays(20, 41);
        team[2].Tracks("Error").Times(2).OnWeekdays(37, 41);
        await world.AdvanceToAsync(day: 41);
        var causes = (await world.ReviewAsync("acme")).Assessment.Causes;
        Assert.Contains(causes, cause => cause.Id == CauseIds.Friction);
        Assert.Equal(isRetired ? CauseIds.FeatureSunset : CauseIds.Friction, causes[0].Id);
    }

    [Theory]
    [InlineData(2, 95, true)]
    [InlineData(2, 72, false)]
    [InlineData(1, 95, false)]
    public async Task Two_of_five_steady_people_who_are_away_for_weeks_are_lost_seats(int gone, int today, bool isSure)
    {
        var world = await SignalsWorld.WithAsync(Model);
        foreach (var (person, i) in world.Team("acme", 5).Select((person, i) => (person, i)))
            person.Works(0, i < gone ? 60 : 110);
        await world.AdvanceToAsync(day: today);
        var seats = await world.CauseAsync("acme", CauseIds.SeatsShrinking);
        Assert.Equal(isSure, seats is { Confidence: >= 0.5 });
    }

    /// <summary>All of them on every working day up to day 60, the first four times as much.</summary>
    private static IReadOnlyList<PersonStory> Working(SignalsWorld world, int people)
    {
        var team = world.Team("acme", people);
        team[0].Tracks("Report Shared").Times(3).OnWeekdays(0, 60);
        foreach (var person in team)
            person.Works(0, 60);
        return team;
    }

    private static ValueModel WithSunset() =>
        Model with
        {
            Fingerprint = "sunset",
            Features =
            [
                new Feature("reader", "Reader", ["Reader Opened"], true, [], null),
                new Feature("feeds", "Feeds", ["Feed Read"], true, [], null),
            ],
            Sunsets =
            [
                new Sunset
                {
                    Feature = "reader",
                    Announced = new DateOnly(2025, 3, 20),
                    LastOrder = new DateOnly(2025, 4, 1),
                    Ends = new DateOnly(2025, 6, 30),
                    Why = "Too few use it.",
                    Terms = "As before until then.",
                    ReplacementFeature = "feeds",
                    Differences = "Nothing to download.",
                    Steps = ["Open feeds."],
                },
            ],
        };
}
