using Signals.Core.Diagnosis.Value;

namespace Signals.Web.Mcp;

internal sealed record GoalTold(string Name, long Done, double Needed, int WithinDays, long? Before)
{
    public static GoalTold Of(GoalProgress goal) => new(goal.Goal.Name.In("en"), goal.Done, goal.Goal.Amount, goal.Goal.Days, goal.Before);
}
