using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Model.Doors;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.Intake.Doors;

/// <summary>
/// Turns another service's posts into events as its door in the model says. Pure: the same post gives the same events with the same ids, so
/// that one that comes again is a duplicate. What cannot be understood is quarantined with a reason, and takes nothing else along.
/// </summary>
public sealed class DoorReader(ValueModel model, IntakeRules rules)
{
    /// <summary>What a post may nest, and how many events it may hold.</summary>
    public const int MaxItems = 1_000;

    private const int KeyBytes = 16;

    /// <exception cref="JsonException">The body is no JSON, nests too deep, or holds too many events.</exception>
    public DoorReading Read(Door door, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        using var document = ForeignJson.Parse(body, new JsonDocumentOptions { MaxDepth = EventLimits.MaxEventDepth });
        receivedAt = EventTime.WholeMilliseconds(receivedAt);
        var extract = new DoorExtract(model, door);
        var events = new List<UsageEvent>();
        var quarantined = new List<QuarantinedEvent>();
        var items = new List<DoorItem>();
        foreach (var payload in ItemsOf(door, document.RootElement))
        {
            var item = ReadOne(door, extract, payload, receivedAt);
            items.Add(item);
            events.AddRange(item.Events);
            if (item.Outcome == DoorOutcome.Quarantined)
                quarantined.Add(Quarantine(door, payload, item.Reason!, receivedAt));
        }
        return new DoorReading(new EventBatch(events, quarantined), items);
    }

    private DoorItem ReadOne(Door door, DoorExtract extract, JsonElement payload, DateTimeOffset receivedAt)
    {
        string? type = door.Type is { } named ? extract.Take(named, payload).Text : null;
        var fitting = door.Rules.Where(rule => LeaveOutRule.MatchesAny(rule.On, type ?? "")).ToList();
        if (fitting.Count == 0)
        {
            return type is not null && LeaveOutRule.MatchesAny(door.Ignore, type)
                ? new DoorItem(type, DoorOutcome.Ignored, [], null)
                : new DoorItem(type, DoorOutcome.Quarantined, [], UnknownType(door, type));
        }
        var maker = new DoorEvents(model, rules, door, extract, payload, receivedAt);
        if (maker.Begin(KeyOf(door, extract, payload)) is { } fault)
            return new DoorItem(type, DoorOutcome.Quarantined, [], fault);
        foreach (var rule in fitting.Where(rule => rule.When.All(condition => condition.Holds(payload))))
            maker.Add(rule);
        var outcome =
            maker.Fault is not null ? DoorOutcome.Quarantined
            : maker.Made.Count == 0 ? DoorOutcome.NothingToTell
            : DoorOutcome.Taken;
        return new DoorItem(type, outcome, maker.Made, maker.Fault);
    }

    private static string UnknownType(Door door, string? type)
    {
        var known = door.Rules.SelectMany(rule => rule.On).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        string where = door.Type is { } named ? $"type ({named.Written})" : "type";
        string found = type is null ? "nothing" : $"'{Excerpt(type)}'";
        return $"{where}: found {found}, expected one that door '{door.Id}' takes ({string.Join(", ", known)}) or ignores";
    }

    /// <summary>The service's id of an event, else a hash of what it says.</summary>
    private static string KeyOf(Door door, DoorExtract extract, JsonElement payload) =>
        door.Key is { } key && extract.Take(key, payload).Text is { } own
            ? own
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload.GetRawText())).AsSpan(0, KeyBytes));

    private static IEnumerable<JsonElement> ItemsOf(Door door, JsonElement root)
    {
        var items = door.Items.Select(path => path.All(root)).FirstOrDefault(found => found.Count > 0);
        if (items is null)
            items = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Take(MaxItems + 1)] : [root];
        return items.Count <= MaxItems
            ? items
            : throw new JsonException($"Found more than {MaxItems} events, expected at most {MaxItems}.");
    }

    private static QuarantinedEvent Quarantine(Door door, JsonElement payload, string reason, DateTimeOffset receivedAt) =>
        EventReader.Quarantine(
            EventPlace.Alone.Fault("", "", "") with
            {
                Path = $"doors.{door.Id}",
            },
            Encoding.UTF8.GetBytes(payload.GetRawText()),
            receivedAt
        ) with
        {
            Reason = $"door '{door.Id}': {reason}",
        };

    private static string Excerpt(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
