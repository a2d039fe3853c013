using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.State.Histories;

namespace Signals.Core.State.Seen;

/// <summary>
/// The names that came, counted by kind: of events, properties, traits and SDKs, and the rules that put events aside. Names only, never a
/// value. Not for several threads at once.
/// </summary>
public sealed class SeenNames(NamesInUse uses)
{
    /// <summary>The character between an event and its property in a counted name, as in <see cref="History.PropertyKey"/>.</summary>
    internal const char Separator = '\u001f';

    private const int MaxKeyChars = 256;

    /// <summary>Of a longer event name the beginning is told with its properties.</summary>
    private const int MaxEventChars = NameTally.MaxNameChars - 20;

    private readonly NameTally[] _tallies = [.. Enum.GetValues<NameKind>().Select(kind => new NameTally(uses.Keys(kind)))];

    /// <summary>True when nothing came.</summary>
    public bool IsEmpty => _tallies.All(tally => tally.IsEmpty);

    public NameTally this[NameKind kind] => _tallies[(int)kind];

    public void Add(UsageEvent usageEvent)
    {
        var at = usageEvent.ReceivedAt;
        if (usageEvent.Library is { } library)
            this[NameKind.Sdk].Add(library, at);
        switch (usageEvent.Type)
        {
            case EventType.Identify:
                AddMembers(this[NameKind.PersonTrait], "", usageEvent);
                break;
            case EventType.Group:
                AddMembers(this[NameKind.AccountTrait], "", usageEvent);
                break;
            case EventType.Alias:
                break;
            default:
                this[NameKind.Event].Add(usageEvent.Name, at);
                AddMembers(
                    this[uses.ReadsPropertiesOf(usageEvent.Name) ? NameKind.Property : NameKind.OtherProperty],
                    usageEvent.Name,
                    usageEvent
                );
                break;
        }
    }

    /// <summary>Counts a rule that put an event aside.</summary>
    public void Add(QuarantinedEvent quarantined) =>
        this[NameKind.Quarantined].Add(QuarantineRule.Of(quarantined.Reason), quarantined.ReceivedAt);

    public void MergeFrom(SeenNames other)
    {
        foreach (var kind in Enum.GetValues<NameKind>())
            this[kind].MergeFrom(other[kind]);
    }

    /// <summary>Counts the names of an object's members; <paramref name="eventName"/> is empty for traits.</summary>
    private static void AddMembers(NameTally tally, string eventName, UsageEvent usageEvent)
    {
        if (usageEvent.Payload.IsEmpty)
            return;
        Span<char> key = stackalloc char[MaxKeyChars];
        int prefix = 0;
        if (eventName.Length > 0)
        {
            prefix = Math.Min(eventName.Length, MaxEventChars);
            eventName.AsSpan(0, prefix).CopyTo(key);
            key[prefix++] = Separator;
        }
        var reader = new Utf8JsonReader(usageEvent.Payload.Span, new JsonReaderOptions { MaxDepth = EventLimits.MaxEventDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var room = key[prefix..];
            int chars;
            if (reader.ValueSpan.Length <= room.Length)
                chars = reader.CopyString(room);
            else
                Encoding.UTF8.TryGetChars(reader.ValueSpan[..room.Length], room, out chars);
            tally.Add(key[..(prefix + chars)], usageEvent.ReceivedAt);
            reader.Skip();
        }
    }
}
