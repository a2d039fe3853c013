using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Planning;

/// <summary>Whether a message's goal is reached. Opens and clicks never count: the goal event or the value recovered does.</summary>
public static class Goals
{
    /// <param name="goal">What means success; null is never reached.</param>
    /// <param name="record">The message: the step or feature it is about, or proposes, is what "*" stands for; of a sunset, the
    /// replacement.</param>
    /// <param name="person">The person written to.</param>
    /// <param name="account">The account as a whole.</param>
    /// <param name="model">The model.</param>
    /// <param name="today">The UTC day on which the floor's window ends.</param>
    public static bool IsReached(Goal? goal, OutreachRecord record, UsageView person, UsageView account, ValueModel model, int today)
    {
        if (goal is null)
            return false;
        // Only what happened after the message counts, save a step once done.
        var since = record.PlannedAt;
        string? detail = record.Detail ?? record.Variables.Feature?.Id;
        if (goal.Event is { } name)
            return account.LastOf([name]) > since;
        if (goal.Step is { } step)
        {
            string? id = step == Goal.Any ? detail : step;
            return model.Onboarding.FirstOrDefault(known => known.Id == id) is { } onboarding
                && (onboarding.Scope == StepScope.Account ? account : person).CountEver(onboarding.Done) > 0;
        }
        if (goal.Feature is { } feature)
        {
            var sunset = record.Cause == CauseIds.FeatureSunset ? model.Sunsets.FirstOrDefault(known => known.Feature == detail) : null;
            string? id = feature == Goal.Any ? sunset?.ReplacementFeature ?? detail : feature;
            // Each moves for themselves: that a colleague did says nothing.
            var usage = sunset is null ? account : person;
            return model.FeatureOf(id) is { } used && usage.LastOf(used.Events) > since;
        }
        // Value from before the message was not won by it: strong use last month says nothing of a drop this week.
        int from = Math.Max(Days.Of(since), today - model.Value.Floor.Days + 1);
        return goal.Floor && person.Value(from, today) >= model.Value.Floor.Amount;
    }
}
