using Signals.Core.Diagnosis.Assessors;
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

    /// <summary>Those of the people for whom more or less was planned than when they were looked at, as they will be.</summary>
    public IReadOnlyList<PersonState> Written { get; init; } = [];

    /// <summary>Messages about the account as a whole.</summary>
    public IReadOnlyList<OutreachMemory> Told { get; init; } = [];

    /// <summary>
    /// What the account's row remembers: those, and who is asked something, for so many of an account's people are within a quarter.
    /// </summary>
    public IReadOnlyList<OutreachMemory> Remembered => [.. Told, .. Asked(Messages)];

    /// <summary>What is remembered of those of some messages that ask something.</summary>
    public static IEnumerable<OutreachMemory> Asked(IEnumerable<OutreachRecord> messages) =>
        messages.Where(message => message.Cause == OutreachTemplates.Survey).Select(OutreachPlanner.Memory);

    /// <summary>The plan with messages about the causes of the account as a whole, each to the person it is for.</summary>
    public static OutreachPlan Of(AccountFindings found, IReadOnlyList<PersonState> audience, OutreachPlanner planner)
    {
        var plan = found.IsUnblocked ? Waiting(found, audience, planner) : Silenced(found, audience);
        bool isTold = false;
        foreach (var cause in found.Writable)
        {
            bool isNotice = CauseCatalogue.IsNotice(cause.Id);
            if ((isTold && !isNotice) || planner.RecipientOf(found.Whole, cause, plan.Audience, found.Now) is not { } person)
                continue;
            if (found.Blocks.Silencing(cause.Id, cause.Detail, person.Key.Value) is not null)
                continue;
            plan = plan.With(found, cause, person, planner);
            isTold |= !isNotice;
        }
        return plan;
    }

    /// <summary>The plan of a review that writes to nobody.</summary>
    public OutreachPlan WithoutMessages() => new() { Messages = [], Audience = Audience };

    /// <summary>The plan with what people are written who waited behind what blocked their account until now.</summary>
    private static OutreachPlan Waiting(AccountFindings found, IReadOnlyList<PersonState> audience, OutreachPlanner planner)
    {
        var scope = found.People.Scope;
        var plan = new OutreachPlan { Messages = found.People.Messages, Audience = audience };
        foreach (var person in audience.Where(person => plan.Messages.All(message => message.Person != person.Key.Value)))
        {
            var context = scope.ContextOf(person);
            if (context.IsNobody || planner.ForPerson(context, PersonAssessor.Assess(context), found.Blocks, found.Now) is not { } message)
                continue;
            var after = person.Copy();
            after.Remember(OutreachPlanner.Memory(message));
            plan = plan.Planning(message, after);
        }
        return plan;
    }

    /// <summary>The plan without what was about to be written to people of an account that turned out to be blocked.</summary>
    private static OutreachPlan Silenced(AccountFindings found, IReadOnlyList<PersonState> audience)
    {
        var silenced = found
            .People.Messages.Where(message => found.Blocks.Silencing(message.Cause, message.Detail, message.Person) is not null)
            .ToList();
        var spared = found
            .People.Looks.Select(look => look.After)
            .Where(person => silenced.Exists(message => message.Person == person.Key.Value))
            .Select(person => Without(person, silenced))
            .ToList();
        return new OutreachPlan
        {
            Messages = [.. found.People.Messages.Except(silenced)],
            Audience = [.. audience.Select(person => spared.Find(other => other.Key == person.Key) ?? person)],
            Written = spared,
        };
    }

    private OutreachPlan Planning(OutreachRecord message, PersonState after) =>
        this with
        {
            Messages = [.. Messages, message],
            Audience = [.. Audience.Select(other => other.Key == after.Key ? after : other)],
            Written = [.. Written.Where(other => other.Key != after.Key), after],
        };

    private static PersonState Without(PersonState person, List<OutreachRecord> messages)
    {
        var without = person.Copy();
        without.Outreach.RemoveAll(memory => messages.Exists(message => message.Id == memory.OutreachId));
        return without;
    }

    /// <summary>What matters more takes the place of what this review was about to write to the same person.</summary>
    private OutreachPlan With(AccountFindings found, FoundCause cause, PersonState person, OutreachPlanner planner)
    {
        var scope = found.People.Scope;
        int priority = PriorityOf(cause.Id);
        var weaker = Messages.Where(other => other.Person == person.Key.Value && PriorityOf(other.Cause) < priority).ToList();
        var after = Without(person, weaker);
        var account = scope.Input.Account.Copy();
        OutreachMemory.Add(account.Outreach, Told);
        if (planner.ForAccount(scope.Context with { Account = account }, cause, after, scope.Input.Now) is not { } record)
            return this;
        var memory = OutreachPlanner.Memory(record);
        after.Remember(memory);
        return (this with { Messages = [.. Messages.Except(weaker)] }).Planning(record, after) with { Told = [.. Told, memory] };

        // What no cause is behind gives way to all that one is.
        int PriorityOf(string id) => OutreachTemplates.HasNoCause(id) ? -1 : scope.Context.Model.PlaybookFor(id).Priority;
    }
}
