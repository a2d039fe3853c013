using Signals.Core.Daily.Figures;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Indexes;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Figures;

public sealed class FigureTests
{
    private static readonly int Today = new DateOnly(2026, 6, 30).DayNumber;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Accounts_are_told_by_level_and_by_what_holds_them_back()
    {
        var figures = Of(
            Account(RiskLevel.AtRisk, 100, Cause("onboarding-stalled", "import", 9)) with
            {
                Affected = new Dictionary<string, int>(StringComparer.Ordinal)
                {
                    ["onboarding-stalled"] = 9,
                    ["onboarding-stalled/import"] = 7,
                    ["onboarding-stalled/invite"] = 2,
                    ["friction/errors"] = 1,
                },
            },
            Account(RiskLevel.Watch, 10, Cause("onboarding-stalled", "invite", 3)),
            Account(RiskLevel.Healthy, 5),
            Account(RiskLevel.Healthy, 5) with
            {
                Left = true,
            }
        );

        Assert.Equal([new LevelFigures(1, 5), new(1, 10), new(1, 100), new(0, 0)], figures.Levels);
        Assert.Equal((3, 1), (figures.Customers, figures.Left));
        Assert.Equal(new TopicFigures(2, 1, 12, 110), figures.Of("onboarding-stalled"));
        Assert.Equal(new TopicFigures(1, 1, 7, 100), figures.Of("onboarding-stalled", "import"));
        Assert.Equal(new TopicFigures(2, 1, 5, 110), figures.Of("onboarding-stalled", "invite"));
        Assert.Equal(default, figures.Of("friction"));
    }

    [Fact]
    public void Who_is_on_trial_pays_nothing_yet()
    {
        var onTrial = Account(RiskLevel.AtRisk, 100, Cause("onboarding-stalled", "import", 9));

        var figures = Of(
            onTrial with
            {
                TrialEndsAt = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero),
            },
            onTrial with
            {
                TrialEndsAt = new DateTimeOffset(2026, 6, 30, 23, 0, 0, TimeSpan.Zero),
            }
        );

        Assert.Equal(new LevelFigures(2, 100), figures.Levels[(int)RiskLevel.AtRisk]);
        Assert.Equal(new TopicFigures(2, 2, 18, 100), figures.Of("onboarding-stalled", "import"));
    }

    [Fact]
    public async Task Days_are_kept_by_month_and_a_later_look_replaces_a_day()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        var book = world.Get<FigureBook>();
        for (int day = Today - 70; day <= Today; day++)
            await book.SaveAsync(Of(day, Account(RiskLevel.Watch, day)), Cancel);
        await book.SaveAsync(Of(Today, Account(RiskLevel.Critical, 1.25), Account(RiskLevel.Watch, 2)), Cancel);

        var days = await book.ReadAsync(Today - 59, Today, Cancel);

        Assert.Equal(Enumerable.Range(Today - 59, 60), days.Select(day => day.Day));
        Assert.Equal([new LevelFigures(0, 0), new(1, 2), new(0, 0), new(1, 1.25)], days[^1].Levels);
        Assert.Equal(Today - 59, days[0].Levels[1].Price);
    }

    [Fact]
    public async Task Months_older_than_the_history_of_accounts_are_forgotten()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        var book = world.Get<FigureBook>();
        foreach (int day in new[] { Today - 500, Today - 450, Today - FigureBook.KeepDays, Today })
            await book.SaveAsync(Of(day, Account(RiskLevel.Watch, 1)), Cancel);

        Assert.Equal(2, await book.PruneAsync(Today, Cancel));

        Assert.Equal([Today - FigureBook.KeepDays, Today], (await book.ReadAsync(0, Today, Cancel)).Select(day => day.Day));
    }

    [Fact]
    public void Of_more_topics_than_there_is_room_for_the_largest_are_kept()
    {
        var survey = new FigureSurvey(Today);
        for (int topic = 0; topic < FigureSurvey.MaxTopics + 50; topic++)
        {
            for (int account = 0; account <= topic % 2; account++)
                survey.Add(Account(RiskLevel.Watch, 1, Cause("friction", $"kind-{topic:D3}", 1)));
        }

        var figures = survey.ToFigures();

        Assert.Equal(FigureSurvey.MaxTopics, figures.Topics.Count);
        Assert.Equal(175, figures.Topics.Count(topic => topic.Value.Accounts == 2));
    }

    [Fact]
    public async Task A_pass_writes_what_the_reviews_found()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("stuck").Browses().OnDays(0, 8);
        world.Given("well").Tracks("Report Shared").OnDays(0, 8);
        await world.AdvanceToAsync(day: 8);

        var figures = await world.Get<FigurePass>().RunAsync(Cancel);

        Assert.Equal(2, figures.Customers);
        Assert.Equal(1, figures.Of(CauseIds.ValueNotFound).Accounts);
        Assert.Equal(figures.Topics, (await world.Get<FigureBook>().ReadAsync(figures.Day, figures.Day, Cancel)).Single().Topics);
    }

    private static DayFigures Of(params AccountSummary[] accounts) => Of(Today, accounts);

    private static DayFigures Of(int day, params AccountSummary[] accounts)
    {
        var survey = new FigureSurvey(day);
        foreach (var account in accounts)
            survey.Add(account);
        return survey.ToFigures();
    }

    private static SummaryCause Cause(string id, string detail, int affected) => new(id, detail, 0.9, affected, Phrase.Same("seen"));

    private static AccountSummary Account(RiskLevel level, double price, params SummaryCause[] causes) =>
        new()
        {
            Key = "g_acme",
            Id = "acme",
            Name = "Acme",
            Level = level,
            Price = price,
            Causes = causes,
        };
}
