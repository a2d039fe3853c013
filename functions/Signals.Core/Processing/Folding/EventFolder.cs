using System.Collections.Frozen;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
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
    private readonly Dictionary<string, OptOutTrait> _optOutTraits = model.OptOut.Traits.ToDictionary(
        trait => trait.Name,
        PlainName.Comparer
    );
    private readonly Dictionary<string, OptOutTrait> _unrecordedTraits = model.OptOut.UnrecordedTraits.ToDictionary(
        trait => trait.Name,
        PlainName.Comparer
    );
    private readonly FrozenDictionary<string, bool> _optOutEvents = OptOutEvents(model.OptOut);

    /// <summary>Traits that the model's rules about who is no customer ask for; true where all of them believe browsers.</summary>
    private readonly FrozenDictionary<string, bool> _ruleTraits = model
        .People.LeaveOut.SelectMany(rule => rule.Traits.Keys.Select(trait => (Trait: trait, rule.BelievesBrowsers)))
        .GroupBy(read => read.Trait, read => read.BelievesBrowsers, StringComparer.Ordinal)
        .ToFrozenDictionary(reads => reads.Key, reads => reads.All(believes => believes), StringComparer.Ordinal);

    public CollectionPlan Plan { get; } = new(model);

    /// <summary>True when the event came as it happened: neither imported nor sent a day late.</summary>
    public static bool IsLive(UsageEvent usageEvent) => !usageEvent.Imported && usageEvent.ReceivedAt - usageEvent.Timestamp < LiveWithin;

    /// <summary>
    /// Folds an event unless its id was seen before. <paramref name="message"/> is the tag of the queue message that brought it: it tells a
    /// redelivery of that message from a duplicate event. <paramref name="leftOut"/>, where given, collects what the event held that means
    /// nothing.
    /// </summary>
    public FoldedEvent Apply(
        AccountState account,
        PersonState person,
        UsageEvent usageEvent,
        ulong id,
        uint message,
        ICollection<LeftOutNote>? leftOut = null
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
        SetConsent(person, usageEvent, id);
        SetUnrecorded(person, usageEvent, id);
        if ((RefusedCategory(usageEvent) ?? RefusedTrait(person, usageEvent)) is { } refused)
        {
            // That they refused is kept, and nothing else.
            leftOut?.Add(new LeftOutNote(LeftOutKind.Consent, refused, null));
            return new FoldedEvent(EventOutcome.New, false);
        }
        SetDevice(person, usageEvent, id, leftOut);
        if (usageEvent.Type == EventType.Identify)
            SetTraits(person, usageEvent, id, leftOut);
        var leftBy = NoCustomers.RuleOf(person, model);
        if (leftBy is not null)
            leftOut?.Add(new LeftOutNote(LeftOutKind.People, leftBy.Name, null));
        switch (usageEvent.Type)
        {
            case EventType.Identify:
                if (model.Accounts == AccountsMode.Person)
                    SetTraits(account, usageEvent, id, leftOut: null);
                return new FoldedEvent(EventOutcome.New, false);
            case EventType.Group:
                if (account.Key.IsGroup)
                    SetTraits(account, usageEvent, id, leftOut);
                return new FoldedEvent(EventOutcome.New, false);
            case EventType.Alias:
                return new FoldedEvent(EventOutcome.New, false);
            default:
                if (_optOutEvents.TryGetValue(usageEvent.Name, out bool isRefusal))
                    Wish(person, ProductWish.EventField, isRefusal ? "true" : "false", isRefusal, usageEvent, id);
                return new FoldedEvent(EventOutcome.New, Count(account, person, usageEvent, id, leftBy, leftOut));
        }
    }

    private bool Count(
        AccountState account,
        PersonState person,
        UsageEvent usageEvent,
        ulong id,
        LeaveOutRule? leftBy,
        ICollection<LeftOutNote>? leftOut
    )
    {
        var plan = Plan.For(usageEvent.Name);
        Span<PropertySum> sums = plan is { Sums.Count: > 0 } ? new PropertySum[plan.Sums.Count] : [];
        ulong? distinct = null;
        if (plan is { ReadsNothing: false })
            sums = sums[..Read(plan, account, person, usageEvent, id, sums, out distinct, leftBy, leftOut)];

        bool newDay = person.History.Record(usageEvent.Name, usageEvent.Timestamp, plan is not null, sums);
        var reach = person.History;
        if (account.Key.IsGroup && leftBy is null or { GivesValue: true })
        {
            account.History.Record(usageEvent.Name, usageEvent.Timestamp, plan is not null, sums);
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
        ulong id,
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
                    leftOut?.Add(Value(LeftOutRules.Amount, $"{plan.Name}: {property} {amount:R}"));
            }
            foreach (var (property, trait) in plan.Facts)
            {
                if (reader.Is(property))
                    SetFact(account, trait, reader.Text(), usageEvent, id, leftOut);
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
            if (plan.OpensTicket || plan.SolvesTicket)
            {
                if (reader.Is(_tickets.Id))
                    ticket = reader.Text();
                else if (reader.Is(_tickets.Text))
                    text = reader.Text();
            }
        }
        if (plan.Feedback is { } asked and not FeedbackKind.Leaving && !double.IsNaN(score) && !FeedbackAnswer.IsOnScale(asked, score))
            leftOut?.Add(Value(LeftOutRules.Score, $"{plan.Name}: {asked.ToString().ToUpperInvariant()} {score:R}"));
        if (leftBy is not null)
            return found;
        if (plan.Feedback is { } kind && (comment is not null || (!double.IsNaN(score) && kind != FeedbackKind.Leaving)))
            account.Feedback.Add(new FeedbackAnswer(usageEvent.Timestamp, id, kind, score, channel, comment, person.Key.Value));
        ticket ??= plan.OpensTicket ? usageEvent.MessageId : null;
        if (plan.OpensTicket)
            account.Tickets.Opened(ticket!, usageEvent.Timestamp, id, text, person.Key.Value);
        else if (plan.SolvesTicket && ticket is not null)
            account.Tickets.Solved(ticket, usageEvent.Timestamp);
        return found;
    }

    private static void SetTraits(AccountState account, UsageEvent usageEvent, ulong id, ICollection<LeftOutNote>? leftOut)
    {
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            string name = reader.NameText;
            if (Profile.Known.Contains(name))
                SetFact(account, name, reader.Text(), usageEvent, id, leftOut);
        }
    }

    private static void SetFact(
        AccountState account,
        string trait,
        string? value,
        UsageEvent usageEvent,
        ulong id,
        ICollection<LeftOutNote>? leftOut
    )
    {
        string? keptAs = KeptAs(usageEvent, trait, value, tellsCustomers: false);
        NotePassedOver(usageEvent, account.Profile, trait, value, keptAs, isUnheard: false, leftOut);
        if (keptAs is not { } kept)
            return;
        NoteUnclear(trait, value, leftOut);
        account.Profile.Set(kept, value, usageEvent.Timestamp, id);
        if (trait == Traits.Plan && !string.IsNullOrEmpty(value))
            account.Plans.Note(Days.Of(usageEvent.Timestamp), value);
        if (kept == trait)
            account.Prices.Note(trait, value, usageEvent.Timestamp);
    }

    private void SetTraits(PersonState person, UsageEvent usageEvent, ulong id, ICollection<LeftOutNote>? leftOut)
    {
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            string name = reader.NameText;
            if (_optOutTraits.TryGetValue(name, out var optOut))
            {
                string? said = reader.Text();
                Wish(person, optOut.Name, said, optOut.IsRefusal(said), usageEvent, id);
            }
            if (!Profile.Known.Contains(name) && !_ruleTraits.ContainsKey(name))
                continue;
            string? value = reader.Text();
            string? keptAs = KeptAs(usageEvent, name, value, _ruleTraits.ContainsKey(name));
            NotePassedOver(usageEvent, person.Profile, name, value, keptAs, IsUnheard(name, value), leftOut);
            if (keptAs is not { } kept)
                continue;
            NoteUnclear(name, value, leftOut);
            if (person.Profile.Set(kept, value, usageEvent.Timestamp, id) && name == Traits.Email)
                person.HasNewWish = true;
            if (name == Traits.Role)
                person.Roles.Note(value, usageEvent.Timestamp);
        }
    }

    /// <summary>Under which name a trait is kept; null when it is not for this sender to say.</summary>
    private static string? KeptAs(UsageEvent usageEvent, string trait, string? value, bool tellsCustomers) =>
        usageEvent.FromBrowser ? BrowserWords.KeptAs(trait, value, tellsCustomers) : trait;

    /// <summary>True for a browser's word by which a rule would tell who is no customer, did it believe browsers.</summary>
    private bool IsUnheard(string trait, string? value) =>
        (_ruleTraits.TryGetValue(trait, out bool isBelieved) && !isBelieved)
        || (trait == Traits.Email && model.People.LeaveOut.Any(rule => !rule.BelievesBrowsers && rule.HasDomain(value)));

    /// <summary>Notes a browser's word that counts for nothing, or not until a server says it too.</summary>
    private static void NotePassedOver(
        UsageEvent usageEvent,
        Profile profile,
        string trait,
        string? value,
        string? keptAs,
        bool isUnheard,
        ICollection<LeftOutNote>? leftOut
    )
    {
        if (leftOut is null || !usageEvent.FromBrowser)
            return;
        bool waits = keptAs != trait && (trait == Traits.Unsubscribed || IsOutranked(profile.Told(trait), value));
        if (keptAs is null || isUnheard || waits)
            leftOut.Add(new LeftOutNote(LeftOutKind.Browser, trait, null));
    }

    private static bool IsOutranked(string? told, string? value) =>
        told is not null && !string.Equals(told, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The category without which nothing may be kept, where the event says that it was refused; else null.</summary>
    private string? RefusedCategory(UsageEvent usageEvent) =>
        usageEvent.Consent is { } consent
            ? model.OptOut.Unrecorded.FirstOrDefault(category => ConsentText.Find(consent, category) == false)
            : null;

    /// <summary>
    /// The trait by which the person had said, when the event happened, that nothing is to be kept; else null. What happened before they
    /// said it and arrives later is kept, as what arrived in time was.
    /// </summary>
    private string? RefusedTrait(PersonState person, UsageEvent usageEvent) =>
        _unrecordedTraits
            .Values.FirstOrDefault(trait =>
                person.Profile.Fields.TryGetValue(ProductWish.UnrecordedField(trait.Name), out var said)
                && trait.IsRefusal(said.Value)
                && said.At <= usageEvent.Timestamp
            )
            ?.Name;

    /// <summary>Anybody may stop it, and be it for another; who holds nothing but a public key does not start it again.</summary>
    private void SetUnrecorded(PersonState person, UsageEvent usageEvent, ulong id)
    {
        if (usageEvent.Type != EventType.Identify || _unrecordedTraits.Count == 0)
            return;
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            if (!_unrecordedTraits.TryGetValue(reader.NameText, out var trait))
                continue;
            string? said = reader.Text();
            if (!usageEvent.FromBrowser || trait.IsRefusal(said))
                person.Profile.Set(ProductWish.UnrecordedField(trait.Name), said, usageEvent.Timestamp, id);
        }
    }

    private void SetConsent(PersonState person, UsageEvent usageEvent, ulong id)
    {
        if (usageEvent.Consent is not { } consent)
            return;
        foreach (string category in model.OptOut.Categories)
        {
            if (ConsentText.Find(consent, category) is { } isGiven)
                Wish(person, ProductWish.FieldOf(category), isGiven ? "true" : "false", !isGiven, usageEvent, id);
        }
    }

    /// <summary>
    /// A refusal said again is news too: elsewhere the person may have been said to want mail meanwhile. Anybody may stop mail, and be it
    /// another's; who holds nothing but a public key does not start it again.
    /// </summary>
    private static void Wish(PersonState person, string field, string? value, bool isRefusal, UsageEvent usageEvent, ulong id)
    {
        if (usageEvent.FromBrowser && !isRefusal)
            return;
        person.HasNewWish |= person.Profile.Set(field, value, usageEvent.Timestamp, id) || isRefusal;
    }

    private static FrozenDictionary<string, bool> OptOutEvents(OptOutDefinition optOut)
    {
        var events = new Dictionary<string, bool>(PlainName.Comparer);
        foreach (string name in optOut.Returned)
            events[name] = false;
        foreach (string name in optOut.Events)
            events[name] = true;
        return events.ToFrozenDictionary(PlainName.Comparer);
    }

    private static void SetDevice(PersonState person, UsageEvent usageEvent, ulong id, ICollection<LeftOutNote>? leftOut)
    {
        if (usageEvent.Locale is { } locale)
            person.Profile.Set(Traits.DeviceLocale, locale, usageEvent.Timestamp, id);
        if (usageEvent.TimeZone is { } zone)
        {
            NoteUnclear(Traits.TimeZone, zone, leftOut);
            person.Profile.Set(Traits.DeviceTimeZone, zone, usageEvent.Timestamp, id);
        }
    }

    /// <summary>Notes a trait that is kept and means nothing. What is written in no way at all is none, and no news.</summary>
    private static void NoteUnclear(string trait, string? value, ICollection<LeftOutNote>? leftOut)
    {
        if (leftOut is null || string.IsNullOrWhiteSpace(value))
            return;
        if (Traits.Moments.Contains(trait) && !TraitTime.Read(value).IsClear)
            leftOut.Add(Value(LeftOutRules.Date, $"{trait} '{value}'"));
        else if (trait == Traits.TimeZone && ZoneNames.Find(value) is null)
            leftOut.Add(Value(LeftOutRules.TimeZone, $"'{value}'"));
        else if (trait == Traits.Email && PersonState.ProblemOf(value) is { } problem)
            leftOut.Add(Value(LeftOutRules.Email, problem));
    }

    private static LeftOutNote Value(string rule, string found) => new(LeftOutKind.Value, rule, found);

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
