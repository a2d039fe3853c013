using Signals.Core.Intake.Text;
using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Value;

/// <summary>How far a customer is with what they came for.</summary>
/// <param name="Goal">The model's goal that their words name.</param>
/// <param name="Done">What counts toward it in the goal's days up to today.</param>
/// <param name="Before">The same of as many days before those; null where there were not so many.</param>
public sealed record GoalProgress(CustomerGoal Goal, long Done, long? Before)
{
    /// <summary>0 to 1.</summary>
    public double Share => Math.Min(1, Done / Goal.Amount);

    public bool IsReached => Done >= Goal.Amount;

    /// <summary>The goals that a customer's words name, in the model's order; none where the model knows none of these words.</summary>
    /// <param name="words">The account's trait <c>goal</c>, or null.</param>
    /// <param name="usage">What all its people did.</param>
    /// <param name="model">The model.</param>
    /// <param name="today">A UTC day.</param>
    public static IReadOnlyList<GoalProgress> Of(string? words, UsageView usage, ValueModel model, int today)
    {
        if (string.IsNullOrWhiteSpace(words))
            return [];
        string said = LetterFolding.Fold(words);
        return
        [
            .. model
                .Goals.Where(goal => goal.Words.Any(word => Names(said, LetterFolding.Fold(word.Trim()))))
                .Select(goal => Of(goal, usage, today)),
        ];
    }

    private static GoalProgress Of(CustomerGoal goal, UsageView usage, int today)
    {
        int from = today - goal.Days + 1;
        return new GoalProgress(
            goal,
            usage.Count(goal.Events, from, today),
            usage.FirstDay <= from - goal.Days ? usage.Count(goal.Events, from - goal.Days, from - 1) : null
        );
    }

    /// <summary>Whole words, whatever their plural: "port" is no part of a report, "report" is one of "reports".</summary>
    private static bool Names(string said, string words)
    {
        for (int at = said.IndexOf(words, StringComparison.Ordinal); at >= 0; at = said.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            int end = at + words.Length;
            if (end < said.Length && said[end] == 's')
                end++;
            if ((at == 0 || !char.IsLetterOrDigit(said[at - 1])) && (end == said.Length || !char.IsLetterOrDigit(said[end])))
                return true;
        }
        return false;
    }
}
