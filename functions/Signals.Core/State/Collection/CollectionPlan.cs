using System.Collections.Frozen;
using Signals.Core.Model;
using Signals.Core.State.Answers;
using Signals.Core.State.Histories;

namespace Signals.Core.State.Collection;

/// <summary>
/// What a fold looks for in an event's properties, by event name: only what the model mentions. Every event is counted, mentioned or not.
/// </summary>
public sealed class CollectionPlan
{
    private readonly FrozenDictionary<string, EventPlan> _events;
    private readonly IReadOnlyList<string> _answerKeys;

    public CollectionPlan(ValueModel model)
    {
        var builders = new Dictionary<string, EventPlan>(StringComparer.Ordinal);
        foreach (var source in model.Value.From)
        {
            var plan = Plan(source.Event);
            if (source.Property is { } property)
                plan.Sums[property] = new SumPlan(
                    History.PropertyKey(source.Event, property),
                    source.Least / source.Scale,
                    source.Most / source.Scale
                );
        }
        foreach (var fact in model.Facts)
        {
            foreach (var (trait, property) in fact.Properties)
                Plan(fact.Event).Facts.Add((property, trait));
        }
        foreach (string name in model.Reach?.Events ?? [])
            Plan(name).Distinct = model.Reach!.Distinct;
        AddFeedback(model.Feedback.Nps, FeedbackKind.Nps);
        AddFeedback(model.Feedback.Csat, FeedbackKind.Csat);
        AddFeedback(model.Feedback.Ces, FeedbackKind.Ces);
        foreach (string name in (IEnumerable<string>)[.. model.LeaveIntent, .. model.Churn.Events])
            Plan(name).Feedback ??= FeedbackKind.Leaving;
        foreach (string name in model.Tickets.Opened)
            Plan(name).OpensTicket = true;
        foreach (string name in model.Tickets.Answered)
            Plan(name).AnswersTicket = true;
        foreach (string name in model.Tickets.Solved)
            Plan(name).SolvesTicket = true;
        if (model.Billing.Amount is { } amount)
        {
            foreach (string name in model.Billing.Failed)
                Plan(name).Sums.TryAdd(amount, new SumPlan(History.PropertyKey(name, amount), 0, double.MaxValue));
        }
        foreach (
            string name in model
                .Features.SelectMany(feature => feature.Events)
                .Concat(model.Goals.SelectMany(goal => goal.Events))
                .Concat(model.Expansion.Limits)
                .Concat(model.Segments.SelectMany(segment => segment.Did.Concat(segment.DidNot)).SelectMany(use => use.Events))
        )
            Plan(name);
        _answerKeys = [.. model.Tickets.Answered.Select(name => History.PropertyKey(name, model.Tickets.Id))];
        foreach (string name in Urgent(model))
            Plan(name).Urgent = true;
        _events = builders.ToFrozenDictionary(StringComparer.Ordinal);

        void AddFeedback(IReadOnlyList<string> events, FeedbackKind kind)
        {
            foreach (string name in events)
                Plan(name).Feedback ??= kind;
        }

        EventPlan Plan(string name)
        {
            if (!builders.TryGetValue(name, out var plan))
                builders[name] = plan = new EventPlan(name);
            return plan;
        }
    }

    /// <summary>Every event name that the model mentions.</summary>
    public IEnumerable<string> Events => _events.Keys;

    /// <summary>
    /// Every property of which it matters since when it is read, by its <see cref="History.PropertyKey"/>: those that are summed, and which
    /// tickets were answered.
    /// </summary>
    public IEnumerable<string> SumKeys => _events.Values.SelectMany(plan => plan.Sums.Values).Select(sum => sum.Key).Concat(_answerKeys);

    /// <summary>Null for an event that the model does not mention.</summary>
    public EventPlan? For(string name) => _events.GetValueOrDefault(name);

    private static IEnumerable<string> Urgent(ValueModel model) =>
        [
            .. model.Onboarding.SelectMany(step => (IEnumerable<string>)[.. step.Done, .. step.Tried, .. step.Failed]),
            .. model.Friction.SelectMany(kind => kind.Events),
            .. model.Feedback.Nps,
            .. model.Feedback.Csat,
            .. model.Feedback.Ces,
            .. model.Tickets.Opened,
            .. model.Tickets.Answered,
            .. model.Tickets.Solved,
            .. model.LeaveIntent,
            .. model.Churn.Events,
            .. model.Churn.Returned,
            .. model.Billing.Failed,
            .. model.Billing.Recovered,
            .. model.People.Removed,
            .. model.People.Added,
        ];
}

/// <summary>What to take from one event.</summary>
public sealed class EventPlan(string name)
{
    public string Name { get; } = name;

    /// <summary>Numeric properties to sum.</summary>
    public Dictionary<string, SumPlan> Sums { get; } = new(StringComparer.Ordinal);

    /// <summary>Properties that are account facts, with the trait each one sets.</summary>
    public List<(string Property, string Trait)> Facts { get; } = [];

    /// <summary>The property whose different values are counted.</summary>
    public string? Distinct { get; set; }

    public FeedbackKind? Feedback { get; set; }

    public bool OpensTicket { get; set; }

    public bool AnswersTicket { get; set; }

    public bool SolvesTicket { get; set; }

    /// <summary>True when it is about a ticket, whose id it says.</summary>
    public bool IsOfTicket => OpensTicket || AnswersTicket || SolvesTicket;

    /// <summary>Worth a review soon: something went wrong, was said, or was achieved.</summary>
    public bool Urgent { get; set; }

    /// <summary>True when the event's properties need not be read at all.</summary>
    public bool ReadsNothing => Sums.Count == 0 && Facts.Count == 0 && Distinct is null && Feedback is null && !IsOfTicket;
}

/// <summary>A numeric property's sum: its <see cref="History.PropertyKey"/>, and what one event can say at least and at most.</summary>
public readonly record struct SumPlan(string Key, double Least, double Most)
{
    /// <summary>
    /// False for what no event can be about: a clock that went back, -1 for "unknown", more hours than a day has. Rounding of a scale such
    /// as 0.0166667 does not decide.
    /// </summary>
    public bool Holds(double amount) => amount >= Least - Slack(Least) && amount <= Most + Slack(Most);

    private static double Slack(double bound) => Math.Abs(bound) * 1e-5;
}
