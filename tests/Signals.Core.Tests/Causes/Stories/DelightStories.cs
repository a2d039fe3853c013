using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Causes.Stories;

public sealed class DelightStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople with { Feedback = new FeedbackDefinition { Nps = ["NPS Answered"], Csat = ["CSAT Answered"] } };

    [Fact]
    public async Task Clear_a_top_score_with_kind_words()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 40).Tracks("NPS Answered").With("score", 10).With("comment", "Wonderful, it saves us two days a week!").On(38);
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

    [Fact]
    public async Task Look_alike_a_busy_fortnight_such_as_there_was_before()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 90).Tracks("Report Shared").Times(3).OnWeekdays(30, 43).Tracks("Report Shared").Times(3).OnWeekdays(70, 83);
        Assert.Empty(await world.DaysWithAsync("ann", CauseIds.Delight, 60, 90));
    }

    [Fact]
    public async Task Clear_twice_as_much_value_as_ever()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 90).Tracks("Report Shared").Times(3).OnWeekdays(70, 83);
        await world.AdvanceToAsync(day: 84);
        Assert.Equal("200 minutes in the last 14 days, more than ever", (await world.CauseAsync("ann", CauseIds.Delight))!.Evidence[0].Text.En);
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
