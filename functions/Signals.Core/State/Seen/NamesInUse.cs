using System.Collections.Frozen;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.State.Seen;

/// <summary>Every name of an event, property or trait that a model reads, and what for.</summary>
public sealed class NamesInUse
{
    /// <summary>Traits of a person that are read from identify calls.</summary>
    private static readonly string[] PersonTraits =
    [
        Traits.Email,
        Traits.Name,
        Traits.FirstName,
        Traits.FirstNameUnderscored,
        Traits.Locale,
        Traits.TimeZone,
        Traits.Role,
        Traits.CreatedAt,
        Traits.Unsubscribed,
        Traits.DeactivatedAt,
    ];

    private const string PersonUse = "person";
    private const string AccountUse = "account";

    private readonly Dictionary<(NameKind Kind, string Key), Use> _uses = [];
    private readonly FrozenDictionary<NameKind, FrozenSet<string>> _keys;
    private readonly FrozenDictionary<NameKind, FrozenDictionary<string, IReadOnlyList<string>>> _optOuts;
    private readonly FrozenSet<string> _read;

    public NamesInUse(ValueModel model)
    {
        AddValue(model);
        foreach (var feature in model.Features)
            AddEvents(feature.Events, $"features.{feature.Id}");
        foreach (var step in model.Onboarding)
        {
            AddEvents(step.Done, $"onboarding.{step.Id}.done");
            AddEvents(step.Tried, $"onboarding.{step.Id}.tried");
            AddEvents(step.Failed, $"onboarding.{step.Id}.failed");
        }
        foreach (var goal in model.Goals)
            AddEvents(goal.Events, $"goals.{goal.Id}");
        foreach (var segment in model.Segments)
            AddEvents([.. segment.Did.Concat(segment.DidNot).SelectMany(use => use.Events)], $"segments.{segment.Id}");
        foreach (var kind in model.Friction)
            AddEvents(kind.Events, $"friction.{kind.Id}");
        AddAnswers(model);
        AddTickets(model.Tickets);
        AddBilling(model.Billing);
        AddEvents(model.Churn.Returned, "churn.returned");
        AddEvents(model.Expansion.Limits, "expansion.limits");
        AddEvents(model.People.Removed, "people.removed", isOptional: true);
        AddEvents(model.People.Added, "people.added", isOptional: true);
        foreach (var fact in model.Facts)
        {
            AddEvents([fact.Event], "facts");
            foreach (var (trait, property) in fact.Properties)
                Add(NameKind.Property, fact.Event, property, $"facts.{trait}");
        }
        foreach (var (cause, playbook) in model.Playbooks)
        {
            if (playbook.Goal?.Event is { } goal)
                AddEvents([goal], $"playbooks.{cause}.goal");
        }
        AddTraits(model);
        var optOuts = OptOuts(model.OptOut).ToList();
        All =
        [
            .. _uses.Select(use => new NameInUse(use.Key.Kind, use.Value.Event, use.Value.Name, use.Value.Uses, use.Value.IsOptional)),
            .. optOuts,
        ];
        _keys = Enum.GetValues<NameKind>()
            .ToFrozenDictionary(kind => kind, kind => _uses.Keys.Where(use => use.Kind == kind).Select(use => use.Key).ToFrozenSet());
        _optOuts = optOuts
            .ToLookup(name => name.Kind)
            .ToFrozenDictionary(
                names => names.Key,
                names =>
                    names
                        .DistinctBy(name => name.Name, PlainName.Comparer)
                        .ToFrozenDictionary(name => name.Name, name => name.Uses, PlainName.Comparer)
            );
        _read = _uses.Values.Select(use => use.Event).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<NameInUse> All { get; }

    /// <summary>The names of a kind as <see cref="SeenNames"/> counts them: properties with their event.</summary>
    public IReadOnlySet<string> Keys(NameKind kind) => _keys[kind];

    /// <summary>True for an event that the model reads a property of.</summary>
    public bool ReadsPropertiesOf(string eventName) => _read.Contains(eventName);

    /// <summary>What a name is used for; empty when for nothing.</summary>
    public IReadOnlyList<string> UsesOf(NameKind kind, string key)
    {
        IReadOnlyList<string> uses = _uses.TryGetValue((kind, key), out var use) ? use.Uses : [];
        return _optOuts.TryGetValue(kind, out var names) && names.TryGetValue(key, out var more) ? [.. uses, .. more] : uses;
    }

    /// <summary>The name under which a name in use is counted.</summary>
    public static string KeyOf(NameInUse name) => KeyOf(name.Event, name.Name);

    private static string KeyOf(string? eventName, string name) => eventName is null ? name : History.PropertyKey(eventName, name);

    private void AddValue(ValueModel model)
    {
        foreach (var source in model.Value.From)
        {
            AddEvents([source.Event], "value");
            if (source.Property is { } property)
                Add(NameKind.Property, source.Event, property, "value");
        }
        if (model.Reach is not { } reach)
            return;
        AddEvents(reach.Events, "reach");
        foreach (string name in reach.Events)
        {
            if (reach.Distinct is { } distinct)
                Add(NameKind.Property, name, distinct, "reach");
        }
    }

    private void AddAnswers(ValueModel model)
    {
        var feedback = model.Feedback;
        AddSurvey(feedback.Nps, "feedback.nps");
        AddSurvey(feedback.Csat, "feedback.csat");
        AddSurvey(feedback.Ces, "feedback.ces");
        AddLeaving(model.LeaveIntent, "intent.leave");
        AddLeaving(model.Churn.Events, "churn.events");

        void AddSurvey(IReadOnlyList<string> events, string use)
        {
            AddEvents(events, use);
            foreach (string name in events)
            {
                Add(NameKind.Property, name, feedback.Score, "feedback.score");
                AddWords(name);
            }
        }

        void AddLeaving(IReadOnlyList<string> events, string use)
        {
            AddEvents(events, use);
            foreach (string name in events)
                AddWords(name);
        }

        void AddWords(string name)
        {
            Add(NameKind.Property, name, feedback.Comment, "feedback.comment", isOptional: true);
            Add(NameKind.Property, name, feedback.Channel, "feedback.channel", isOptional: true);
        }
    }

    private void AddTickets(TicketDefinition tickets)
    {
        AddEvents(tickets.Opened, "tickets.opened");
        AddEvents(tickets.Answered, "tickets.answered");
        AddEvents(tickets.Solved, "tickets.solved");
        foreach (string name in tickets.Opened)
        {
            Add(NameKind.Property, name, tickets.Id, "tickets.id");
            Add(NameKind.Property, name, tickets.Text, "tickets.text", isOptional: true);
        }
        foreach (string name in (IEnumerable<string>)[.. tickets.Answered, .. tickets.Solved])
            Add(NameKind.Property, name, tickets.Id, "tickets.id");
    }

    private void AddBilling(BillingDefinition billing)
    {
        AddEvents(billing.Failed, "billing.failed");
        AddEvents(billing.Recovered, "billing.recovered");
        foreach (string name in billing.Failed)
        {
            if (billing.Amount is { } amount)
                Add(NameKind.Property, name, amount, "billing.amount", isOptional: true);
        }
    }

    private void AddTraits(ValueModel model)
    {
        foreach (string trait in PersonTraits)
            Add(NameKind.PersonTrait, null, trait, PersonUse, isOptional: true);
        var kind = model.Accounts == AccountsMode.Group ? NameKind.AccountTrait : NameKind.PersonTrait;
        foreach (string trait in FactDefinition.Names)
            Add(kind, null, trait, AccountUse, isOptional: true);
        foreach (var segment in model.Segments)
        {
            foreach (string trait in segment.Traits.Keys)
                Add(kind, null, trait, $"segments.{segment.Id}", isOptional: true);
        }
        foreach (var rule in model.People.LeaveOut)
        {
            foreach (string trait in rule.Traits.Keys)
                Add(NameKind.PersonTrait, null, trait, $"people.leaveOut.{rule.Name}", isOptional: true);
        }
    }

    /// <summary>Names that say who wants no mail: taken in any spelling, so that they are held apart.</summary>
    private static IEnumerable<NameInUse> OptOuts(OptOutDefinition optOut)
    {
        var usual = new OptOutDefinition();
        return
        [
            .. optOut.Traits.Select(trait => OptOut(NameKind.PersonTrait, trait.Name, "traits", usual.Traits.Contains(trait))),
            .. optOut.Events.Select(name => OptOut(NameKind.Event, name, "events", usual.Events.Contains(name))),
            .. optOut.Returned.Select(name => OptOut(NameKind.Event, name, "returned", usual.Returned.Contains(name))),
        ];

        static NameInUse OptOut(NameKind kind, string name, string part, bool isUsual) =>
            new(kind, null, name, [$"optOut.{part}"], IsOptional: true) { IsInAnySpelling = true, IsUsual = isUsual };
    }

    private void AddEvents(IReadOnlyList<string> events, string use, bool isOptional = false)
    {
        foreach (string name in events)
            Add(NameKind.Event, null, name, use, isOptional);
    }

    private void Add(NameKind kind, string? eventName, string name, string use, bool isOptional = false)
    {
        string key = KeyOf(eventName, name);
        if (!_uses.TryGetValue((kind, key), out var known))
            _uses[(kind, key)] = known = new Use(eventName, name);
        if (!known.Uses.Contains(use, StringComparer.Ordinal))
            known.Uses.Add(use);
        known.IsOptional &= isOptional;
    }

    private sealed class Use(string? eventName, string name)
    {
        public string? Event { get; } = eventName;

        public string Name { get; } = name;

        public List<string> Uses { get; } = [];

        public bool IsOptional { get; set; } = true;
    }
}
