using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// Applies one event to the state of its account and person. Pure and commutative: the same events in any order give the same state.
/// </summary>
public sealed class EventFolder(ValueModel model)
{
    private static readonly TimeSpan LiveWithin = TimeSpan.FromHours(24);

    private readonly FeedbackDefinition _feedback = model.Feedback;
    private readonly TicketDefinition _tickets = model.Tickets;
    private readonly WishFolder _wishes = new(model.OptOut);
    private readonly TraitFolder _traits = new(model);

    public CollectionPlan Plan { get; } = new(model);

    /// <summary>True when the event came as it happened: neither imported nor sent a day late.</summary>
    public static bool IsLive(UsageEvent usageEvent) => !usageEvent.Imported && usageEvent.ReceivedAt - usageEvent.Timestamp < LiveWithin;

    /// <summary>
    /// Folds an event unless its id was seen before. <paramref name="message"/> is the tag of the queue message that brought it: it tells a
    /// redelivery of that message from a duplicate event. <paramref name="leftOut"/>, where given, collects what the event held that means
    /// nothing.
    /// </summary>
    /// <param name="account">The account that the event belongs to.</param>
    /// <param name="person">The person, within that account.</param>
    /// <param name="usageEvent">The event.</param>
    /// <param name="id">The <see cref="MessageHash"/> of its id.</param>
    /// <param name="message">The tag of its queue message.</param>
    /// <param name="leftOut">Collects what means nothing.</param>
    public FoldedEvent Apply(
        AccountState account,
        PersonState person,
        UsageEvent usageEvent,
        ulong id,
        uint message,
        ICollection<LeftOutNote>? leftOut = null
    ) => Apply(account, person, usageEvent, id, new EventTie(id), message, leftOut);

    /// <summary>The same where ids are known by another hash than the one that settles ties.</summary>
    public FoldedEvent Apply(
        AccountState account,
        PersonState person,
        UsageEvent usageEvent,
        ulong id,
        EventTie tie,
        uint message,
        ICollection<LeftOutNote>? leftOut
    )
    {
        if (person.Ids.Find(id) is { } earlier)
            return new FoldedEvent(earlier == message ? EventOutcome.Redelivered : EventOutcome.Duplicate, false);
        person.Ids.Add(id, Days.Of(usageEvent.ReceivedAt), message);
        person.NoteIds(usageEvent.UserId, usageEvent.AnonymousId);
        if (IsLive(usageEvent))
        {
            person.FirstLiveAt = Earlier(person.FirstLiveAt, usageEvent.ReceivedAt);
            account.FirstLiveAt = Earlier(account.FirstLiveAt, usageEvent.ReceivedAt);
        }
        _wishes.Fold(person, usageEvent, tie);
        if (_wishes.RefusalOf(person, usageEvent) is { } refused)
        {
            // That they refused is kept, and nothing else.
            leftOut?.Add(new LeftOutNote(LeftOutKind.Consent, refused, null));
            return new FoldedEvent(EventOutcome.New, false);
        }
        TraitFolder.FoldDevice(person, usageEvent, tie, leftOut);
        if (usageEvent.Type == EventType.Identify)
        {
            _wishes.FoldTraits(person, usageEvent, tie);
            _traits.Fold(person, usageEvent, tie, leftOut);
        }
        var leftBy = NoCustomers.RuleOf(person, model);
        if (leftBy is not null)
            leftOut?.Add(new LeftOutNote(LeftOutKind.People, leftBy.Name, null));
        switch (usageEvent.Type)
        {
            case EventType.Identify:
                if (model.Accounts == AccountsMode.Person)
                    _traits.Fold(account, usageEvent, tie, leftOut: null);
                return new FoldedEvent(EventOutcome.New, false);
            case EventType.Group:
                if (account.Key.IsGroup)
                    _traits.Fold(account, usageEvent, tie, leftOut);
                return new FoldedEvent(EventOutcome.New, false);
            case EventType.Alias:
                return new FoldedEvent(EventOutcome.New, false);
            default:
                _wishes.FoldEvent(person, usageEvent, tie);
                return new FoldedEvent(EventOutcome.New, Count(account, person, usageEvent, tie, leftBy, leftOut));
        }
    }

    private bool Count(
        AccountState account,
        PersonState person,
        UsageEvent usageEvent,
        EventTie tie,
        LeaveOutRule? leftBy,
        ICollection<LeftOutNote>? leftOut
    )
    {
        var plan = Plan.For(usageEvent.Name);
        Span<PropertySum> sums = plan is { Sums.Count: > 0 } ? new PropertySum[plan.Sums.Count] : [];
        ulong? distinct = null;
        if (plan is { ReadsNothing: false })
            sums = sums[..Read(plan, account, person, usageEvent, tie, sums, out distinct, leftBy, leftOut)];

        bool isUse = !usageEvent.FromService;
        bool newDay = person.History.Record(usageEvent.Name, usageEvent.Timestamp, plan is not null, sums, isUse);
        var reach = person.History;
        if (account.Key.IsGroup && leftBy is null or { GivesValue: true })
        {
            account.History.Record(usageEvent.Name, usageEvent.Timestamp, plan is not null, sums, isUse);
            if (newDay && leftBy is null)
                account.History.AddPeople(Days.Of(usageEvent.Timestamp), 1);
            reach = account.History;
        }
        if (distinct is { } hash)
            reach.RecordDistinct(History.PropertyKey(usageEvent.Name, plan!.Distinct!), usageEvent.Timestamp, hash);
        return leftBy is null && plan is { Urgent: true };
    }

    private int Read(
        EventPlan plan,
        AccountState account,
        PersonState person,
        UsageEvent usageEvent,
        EventTie tie,
        Span<PropertySum> sums,
        out ulong? distinct,
        LeaveOutRule? leftBy,
        ICollection<LeftOutNote>? leftOut
    )
    {
        distinct = null;
        int found = 0;
        double score = double.NaN;
        string? comment = null,
            channel = null,
            ticket = null,
            text = null;
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            foreach (var (property, sum) in plan.Sums)
            {
                if (found == sums.Length || !reader.Is(property) || reader.Number() is not { } amount)
                    continue;
                if (sum.Holds(amount))
                    sums[found++] = PropertySum.Of(sum.Key, amount);
                else
                    leftOut?.Add(LeftOutNote.OfValue(LeftOutRules.Amount, $"{plan.Name}: {property} {amount:R}"));
            }
            foreach (var (property, trait) in plan.Facts)
            {
                if (reader.Is(property))
                    TraitFolder.FoldFact(account, trait, reader.Text(), usageEvent, tie, leftOut);
            }
            if (plan.Distinct is { } distinctProperty && reader.Is(distinctProperty) && reader.Text() is { } value)
                distinct = MessageHash.Of(value);
            if (plan.Feedback is not null)
            {
                if (reader.Is(_feedback.Score))
                    score = reader.Number() ?? score;
                else if (reader.Is(_feedback.Comment))
                    comment = reader.Text();
                else if (reader.Is(_feedback.Channel))
                    channel = reader.Text();
            }
            if (plan.IsOfTicket)
            {
                if (reader.Is(_tickets.Id))
                    ticket = reader.Text();
                else if (reader.Is(_tickets.Text))
                    text = reader.Text();
            }
        }
        if (plan.Feedback is { } asked and not FeedbackKind.Leaving && !double.IsNaN(score) && !FeedbackAnswer.IsOnScale(asked, score))
            leftOut?.Add(LeftOutNote.OfValue(LeftOutRules.Score, $"{plan.Name}: {asked.ToString().ToUpperInvariant()} {score:R}"));
        if (leftBy is not null)
            return found;
        if (plan.Feedback is { } kind && (comment is not null || (!double.IsNaN(score) && kind != FeedbackKind.Leaving)))
            account.Feedback.Add(new FeedbackAnswer(usageEvent.Timestamp, tie.Value, kind, score, channel, comment, person.Key.Value));
        ticket ??= plan.OpensTicket ? usageEvent.MessageId : null;
        if (plan.OpensTicket)
            account.Tickets.Opened(ticket!, usageEvent.Timestamp, tie.Value, text, person.Key.Value);
        if (plan.AnswersTicket && ticket is not null)
            account.Tickets.Answered(ticket, usageEvent.Timestamp);
        if (plan.SolvesTicket && !plan.OpensTicket && ticket is not null)
            account.Tickets.Solved(ticket, usageEvent.Timestamp);
        return found;
    }

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset moment) =>
        known is { } earlier && earlier <= moment ? earlier : moment;
}

/// <summary>What became of one event, and whether it is worth a review soon.</summary>
public readonly record struct FoldedEvent(EventOutcome Outcome, bool Urgent);

public enum EventOutcome
{
    /// <summary>Folded just now.</summary>
    New,

    /// <summary>Folded when the same queue message was delivered before, or earlier in that message.</summary>
    Redelivered,

    /// <summary>Brought by another queue message before.</summary>
    Duplicate,
}
