using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Value;

public sealed class GoalProgressTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Goals =
        [
            new CustomerGoal("fast", "Fast answers", ["within an hour", "moins d’une heure"], ["Answered"], 4, 30),
            new CustomerGoal("reports", "Reports for the board", ["délais de réponse"], ["Shared", "Printed"], 2, 10),
        ],
    };

    [Theory]
    [InlineData("Answer every customer WITHIN AN HOUR", "fast")]
    [InlineData("répondre en moins d'une heure", "fast")]
    [InlineData("suivre nos DELAIS DE REPONSE en moins d’une heure", "fast reports")]
    [InlineData("answers within an hours' drive", "fast")]
    [InlineData("answers within an hourglass", "")]
    [InlineData("herewithin an hour", "")]
    [InlineData("something else", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void The_words_of_the_trait_name_goals_whatever_their_case_and_accents(string? words, string goals) =>
        Assert.Equal(
            goals,
            string.Join(' ', Of(words, new MeasuredAccount(Model).Did("Answered", 1)).Select(progress => progress.Goal.Id))
        );

    [Fact]
    public void What_was_done_in_its_days_counts_and_as_many_days_before_are_told_where_there_were_any()
    {
        var account = new MeasuredAccount(Model).Did("Answered", 0, 29, 30, 59, 60).Did("Shared", 0).Did("Printed", 9, 10);

        var goals = Of("within an hour, and délais de réponse", account);

        Assert.Equal((2, 2L, 0.5, false), (goals[0].Done, goals[0].Before, goals[0].Share, goals[0].IsReached));
        Assert.Equal((2, 1L, 1.0, true), (goals[1].Done, goals[1].Before, goals[1].Share, goals[1].IsReached));
        Assert.Null(Of("within an hour", new MeasuredAccount(Model).Did("Answered", 40))[0].Before);
    }

    private static IReadOnlyList<GoalProgress> Of(string? words, MeasuredAccount account) =>
        GoalProgress.Of(words, account.ToContext().Usage, Model, MeasuredAccount.Today);
}
