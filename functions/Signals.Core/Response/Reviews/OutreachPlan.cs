using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>What a review has Signals write: the messages, and what is remembered of them. Pure: each step is another plan.</summary>
internal sealed record OutreachPlan
{
    public required IReadOnlyList<OutreachRecord> Messages { get; init; }

    /// <summary>Whom a message could be for, as they will be.</summary>
    public required IReadOnlyList<PersonState> Audience { get; init; }

    /// <summary>Those of them that a message about the account was planned for, as they will be.</summary>
    public IReadOnlyList<PersonState> Written { get; init; } = [];

    /// <summary>Messages about the account as a whole.</summary>
    public IReadOnlyList<OutreachMemory> Told { get; init; } = [];

    /// <summary>The plan with messages about the causes of the account as a whole, each to the person it is for.</summary>
    public static OutreachPlan Of(AccountFindings found, IReadOnlyList<PersonState> audience, OutreachPlanner planner)
    {
        var plan = new OutreachPlan { Messages = found.People.Messages, Audience = audience };
        foreach (var cause in found.Writable)
        {
            if (planner.RecipientOf(found.Whole, cause, plan.Audience) is { } person)
                plan = plan.With(found, cause, person, planner);
        }
        return plan;
    }

    /// <summary>The plan of a review that writes to nobody.</summary>
    public OutreachPlan WithoutMessages() => new() { Messages = [], Audience = Audience };

    /// <summary>What matters more takes the place of what this review was about to write to the same person.</summary>
    private OutreachPlan With(AccountFindings found, FoundCause cause, PersonState person, OutreachPlanner planner)
    {
        var scope = found.People.Scope;
        int priority = PriorityOf(cause.Id);
        var weaker = Messages.Where(other => other.Person == person.Key.Value && PriorityOf(other.Cause) < priority).ToList();
        var after = person.Copy();
        after.Outreach.RemoveAll(memory => weaker.Exists(other => other.Id == memory.OutreachId));
        var account = scope.Input.Account.Copy();
        OutreachMemory.Add(account.Outreach, Told);
        if (planner.ForAccount(scope.Context with { Account = account }, cause, after, scope.Input.Now) is not { } record)
            return this;
        var memory = OutreachPlanner.Memory(record);
        after.Remember(memory);
        return this with
        {
            Messages = [.. Messages.Except(weaker), record],
            Audience = [.. Audience.Select(other => other.Key == after.Key ? after : other)],
            Written = [.. Written.Where(other => other.Key != after.Key), after],
            Told = [.. Told, memory],
        };

        int PriorityOf(string id) => scope.Context.Model.PlaybookFor(id).Priority;
    }
}
