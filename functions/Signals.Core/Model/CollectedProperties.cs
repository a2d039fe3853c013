using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Signals.Core.Model;

/// <summary>
/// What a fold must collect for one model, beside the counts of every event. Immutable, and cheap enough to ask for each event.
/// </summary>
public sealed class CollectedProperties
{
    private static readonly ConditionalWeakTable<ValueModel, CollectedProperties> ByModel = [];

    private readonly FrozenSet<string> _reachEvents;

    private CollectedProperties(ValueModel model)
    {
        Sums = model.Value.From
            .Where(source => source.Property is not null)
            .GroupBy(source => source.Event, source => source.Property!, StringComparer.Ordinal)
            .ToFrozenDictionary(
                sources => sources.Key,
                sources => (IReadOnlyList<string>)[.. sources.Distinct(StringComparer.Ordinal)],
                StringComparer.Ordinal);
        MentionedEvents = EventsIn(model).ToFrozenSet(StringComparer.Ordinal);
        DistinctProperty = model.Reach?.Distinct;
        _reachEvents = (model.Reach?.Events ?? []).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The numeric properties to sum, by the event that carries them; events without any are absent.</summary>
    public FrozenDictionary<string, IReadOnlyList<string>> Sums { get; }

    /// <summary>Every event name that the model mentions anywhere.</summary>
    public FrozenSet<string> MentionedEvents { get; }

    /// <summary>The property of reach events whose different values are counted; null: none, each event counts.</summary>
    public string? DistinctProperty { get; }

    /// <summary>The numeric properties of an event to sum; empty for most events.</summary>
    public IReadOnlyList<string> SumsOf(string eventName) => Sums.TryGetValue(eventName, out var properties) ? properties : [];

    public bool IsReach(string eventName) => _reachEvents.Contains(eventName);

    // Kept beside the model, not in it: a record's fields travel along with "with", and this would be stale.
    internal static CollectedProperties Of(ValueModel model) => ByModel.GetValue(model, static source => new(source));

    private static IEnumerable<string> EventsIn(ValueModel model) =>
    [
        .. model.Value.From.Select(source => source.Event),
        .. model.Features.SelectMany(feature => feature.Events),
        .. model.Reach?.Events ?? [],
        .. model.Onboarding.SelectMany(step => step.Done.Concat(step.Tried).Concat(step.Failed)),
        .. model.Friction.SelectMany(kind => kind.Events),
        .. model.Feedback.Nps, .. model.Feedback.Csat, .. model.Feedback.Ces,
        .. model.Tickets.Opened, .. model.Tickets.Solved,
        .. model.LeaveIntent,
        .. model.Churn.Events, .. model.Churn.Returned,
        .. model.Billing.Failed, .. model.Billing.Recovered,
        .. model.Facts.Select(fact => fact.Event),
        .. model.Playbooks.Values.Select(playbook => playbook.Goal?.Event).OfType<string>(),
    ];
}
