using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

public sealed class NeedsChangedStories
{
    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        LeaveIntent = ["Cancel Viewed"],
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
    };

    [Fact]
    public async Task Clear_looked_for_the_way_out_twice_and_said_why()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Works(0, 40)
            .Tracks("Cancel Viewed")
            .On(36)
            .Tracks("Cancel Viewed")
            .With("comment", "We want to cancel our subscription next month.")
            .On(38);
        await world.AdvanceToAsync(day: 39);

        var cause = await world.CauseAsync("ann", CauseIds.NeedsChanged);
        Assert.InRange(cause!.Confidence, 0.8, 0.95);
        Assert.Contains(cause.Evidence, line => line.Text.En == "wrote: \"We want to cancel our subscription next month.\"");
        Assert.Contains(cause.Evidence, line => line is { Text.En: "showed 2 signs of leaving" } && line.Since == world.Date(36));
        Assert.True(await world.LevelAsync("ann") >= RiskLevel.AtRisk);
    }

    [Fact]
    public async Task Borderline_one_look_is_worth_a_question_and_no_more()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 40).Tracks("Cancel Viewed").On(36);
        await world.AdvanceToAsync(day: 37);
        Assert.Equal(0.55, (await world.CauseAsync("ann", CauseIds.NeedsChanged))!.Confidence);
        Assert.Equal(RiskLevel.Watch, await world.LevelAsync("ann"));
    }

    [Fact]
    public async Task Look_alike_words_about_leaving_something_else()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .Works(0, 40)
            .Tracks("NPS Answered")
            .With("score", 8)
            .With("comment", "The export works well and the reports are clear.")
            .On(36);
        await world.AdvanceToAsync(day: 38);
        Assert.Null(await world.CauseAsync("ann", CauseIds.NeedsChanged));
    }

    [Fact]
    public async Task Recovery_a_month_without_a_further_sign()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Works(0, 90).Tracks("Cancel Viewed").On(36);
        var days = await world.DaysWithAsync("ann", CauseIds.NeedsChanged, 36, 75);
        Assert.Equal((36, 66), (days[0], days[^1]));
    }
}
