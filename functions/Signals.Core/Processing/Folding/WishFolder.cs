using System.Collections.Frozen;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// What people say of being recorded and written to: traits, events and consent of the product's own, kept in the person's profile. Anybody
/// may stop it, and be it for another; who holds nothing but a public key does not start it again.
/// </summary>
internal sealed class WishFolder(OptOutDefinition optOut)
{
    private readonly Dictionary<string, OptOutTrait> _traits = optOut.Traits.ToDictionary(trait => trait.Name, PlainName.Comparer);
    private readonly Dictionary<string, OptOutTrait> _unrecordedTraits = optOut.UnrecordedTraits.ToDictionary(
        trait => trait.Name,
        PlainName.Comparer
    );
    private readonly FrozenDictionary<string, bool> _events = RefusalsByEvent(optOut);

    /// <summary>Keeps what an event says by its consent, and by its traits of being recorded at all.</summary>
    public void Fold(PersonState person, UsageEvent usageEvent, EventTie tie)
    {
        if (usageEvent.Consent is { } consent)
        {
            foreach (string category in optOut.Categories)
            {
                if (ConsentText.Find(consent, category) is { } isGiven)
                    Keep(person, ProductWish.FieldOf(category), isGiven ? "true" : "false", !isGiven, usageEvent, tie);
            }
        }
        if (usageEvent.Type == EventType.Identify && _unrecordedTraits.Count > 0)
            FoldUnrecorded(person, usageEvent, tie);
    }

    /// <summary>Keeps what an identify event's traits say of mail.</summary>
    public void FoldTraits(PersonState person, UsageEvent usageEvent, EventTie tie)
    {
        if (_traits.Count == 0)
            return;
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            if (!_traits.TryGetValue(reader.NameText, out var trait))
                continue;
            string? said = reader.Text();
            Keep(person, trait.Name, said, trait.IsRefusal(said), usageEvent, tie);
        }
    }

    /// <summary>Keeps what an event says of mail by its name.</summary>
    public void FoldEvent(PersonState person, UsageEvent usageEvent, EventTie tie)
    {
        if (_events.TryGetValue(usageEvent.Name, out bool isRefusal))
            Keep(person, ProductWish.EventField, isRefusal ? "true" : "false", isRefusal, usageEvent, tie);
    }

    /// <summary>
    /// The category or trait by which it was said that nothing of this event is to be kept; null where it may be. By a trait it is what had
    /// been said when the event happened: what happened before and arrives later is kept, as what arrived in time was.
    /// </summary>
    public string? RefusalOf(PersonState person, UsageEvent usageEvent)
    {
        if (usageEvent.Consent is { } consent)
        {
            foreach (string category in optOut.Unrecorded)
            {
                if (ConsentText.Find(consent, category) == false)
                    return category;
            }
        }
        foreach (var trait in _unrecordedTraits.Values)
        {
            if (
                person.Profile.Fields.TryGetValue(ProductWish.UnrecordedField(trait.Name), out var said)
                && trait.IsRefusal(said.Value)
                && said.At <= usageEvent.Timestamp
            )
                return trait.Name;
        }
        return null;
    }

    private void FoldUnrecorded(PersonState person, UsageEvent usageEvent, EventTie tie)
    {
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            if (!_unrecordedTraits.TryGetValue(reader.NameText, out var trait))
                continue;
            string? said = reader.Text();
            if (!usageEvent.FromBrowser || trait.IsRefusal(said))
                person.Profile.Set(ProductWish.UnrecordedField(trait.Name), said, usageEvent.Timestamp, tie.Value);
        }
    }

    /// <summary>A refusal said again is news too: elsewhere the person may have been said to want mail meanwhile.</summary>
    private static void Keep(PersonState person, string field, string? value, bool isRefusal, UsageEvent usageEvent, EventTie tie)
    {
        if (usageEvent.FromBrowser && !isRefusal)
            return;
        person.HasNewWish |= person.Profile.Set(field, value, usageEvent.Timestamp, tie.Value) || isRefusal;
    }

    private static FrozenDictionary<string, bool> RefusalsByEvent(OptOutDefinition optOut)
    {
        var events = new Dictionary<string, bool>(PlainName.Comparer);
        foreach (string name in optOut.Returned)
            events[name] = false;
        foreach (string name in optOut.Events)
            events[name] = true;
        return events.ToFrozenDictionary(PlainName.Comparer);
    }
}
