using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

/// <summary>
/// An account falls silent, its renewal is seventeen days off, and somebody looks in for a moment: a crumb far below their own habit is no
/// recovery, and use that comes back towards their level is.
/// </summary>
public sealed class CrumbStories
{
    private const string Account = "ironbridge";
    private const int LastDay = 60;

    [Fact]
    public async Task Clear_a_crumb_after_a_fall_changes_nothing()
    {
        var (world, team) = await FallenAsync();
        team[1].Tracks("Report Shared").On(74);
        await world.AdvanceToAsync(day: 74);
        var before = await RiskAsync(world);
        Assert.True(before.Level >= RiskLevel.AtRisk, before.ToString());

        for (int day = 75; day <= 80; day++)
        {
            await world.AdvanceToAsync(day);
            var risk = await RiskAsync(world);
            Assert.True(risk.Level >= RiskLevel.AtRisk && risk.Score >= before.Score - 10, $"day {day}: {before.Score}, {risk.Score}");
        }
        Assert.Contains(
            (await RiskAsync(world)).RaisedBy,
            reason => reason.Text.En.StartsWith("hardly any value since ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Recovery_they_all_come_back()
    {
        var (world, team) = await FallenAsync();
        foreach (var person in team)
            person.Tracks("Report Shared").Times(3).OnWeekdays(77, 110);
        await world.AdvanceToAsync(day: 76);
        int before = (await RiskAsync(world)).Score;
        await world.AdvanceToAsync(day: 77);
        Assert.True((await RiskAsync(world)).Score < before - 15, $"{before}, {(await RiskAsync(world)).Score}");
        await world.AdvanceToAsync(day: 82);
        Assert.True(await world.LevelAsync(Account) < RiskLevel.AtRisk, (await RiskAsync(world)).ToString());
    }

    [Fact]
    public async Task Recovery_half_of_them_come_back()
    {
        var (world, team) = await FallenAsync();
        foreach (var person in team.Take(2))
            person.Tracks("Report Shared").Times(3).OnWeekdays(74, 110);
        await world.AdvanceToAsync(day: 80);
        Assert.DoesNotContain((await RiskAsync(world)).RaisedBy, reason => reason.Feature is "value.quiet" or "value.stopped");
    }

    [Fact]
    public async Task Look_alike_a_steady_low_user()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var person = world.Given("ann");
        person.Joins(Account).With("renewalAt", world.At(91).ToString("O")).On(0);
        person.Tracks("Report Shared").On(Enumerable.Range(0, 11).Select(week => week * 7 + 4));
        await world.AdvanceToAsync(day: 75);
        var risk = await RiskAsync(world);
        Assert.True(risk.Level < RiskLevel.AtRisk, risk.ToString());
        Assert.DoesNotContain(risk.RaisedBy, reason => reason.Feature is "value.quiet" or "value.stopped");
    }

    /// <summary>Four people with three reports a working day, until day 60.</summary>
    private static async Task<(SignalsWorld World, IReadOnlyList<PersonStory> Team)> FallenAsync()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var team = world.Team(Account, 4);
        foreach (var person in team)
            person.Tracks("Report Shared").Times(3).OnWeekdays(0, LastDay);
        team[0].Joins(Account).With("renewalAt", world.At(91).ToString("O")).On(0);
        return (world, team);
    }

    private static async Task<RiskAssessment> RiskAsync(SignalsWorld world) => (await world.ReviewAsync(Account)).Assessment.Risk;
}
