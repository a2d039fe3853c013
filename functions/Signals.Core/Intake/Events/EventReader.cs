using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Reads Segment-spec events. What cannot be understood is quarantined with a reason that names path, found and expected; it never
/// takes its neighbours along.
/// </summary>
/// <remarks>
/// Payloads are slices of the body: they are good for as long as the caller leaves it alone. Escapes that no text can hold are
/// mended in the body itself. An instance keeps strings that come again and is not for several threads at once.
/// </remarks>
/// <param name="rules">What the model leaves out.</param>
/// <param name="idsKept">How many ids of people are kept as strings, a power of two.</param>
public sealed partial class EventReader(IntakeRules? rules = null, int idsKept = TextCache.UsualSlots)
{
    private readonly EventParser _parser = new(rules ?? IntakeRules.Usual, idsKept);
    private EventBuilder? _happened;

    /// <summary>Reads every event of a body.</summary>
    public static ReadEvents Read(EventEnvelope envelope, DateTimeOffset receivedAt, bool imported = false)
    {
        var reader = new EventReader(envelope.Rules);
        var builder = new EventBuilder(receivedAt.ToUnixTimeMilliseconds(), imported, envelope.Rules);
        var events = new List<UsageEvent>(envelope.Count);
        List<QuarantinedEvent> quarantined = [];
        List<EventFault> faults = [];
        for (int i = 0; i < envelope.Count; i++)
        {
            var json = envelope.Item(i);
            if (reader.Read(json, envelope.PlaceOf(i), builder, envelope, out var fault) is { } usage)
            {
                events.Add(usage);
                continue;
            }
            quarantined.Add(Quarantine(fault!, json.Span, receivedAt));
            faults.Add(fault!);
        }
        return new ReadEvents(new EventBatch(events, quarantined), faults);
    }

    /// <summary>Reads one event that stands alone, such as a line of a file; its <c>type</c> is in it.</summary>
    public ReadEvent ReadLine(Memory<byte> json, DateTimeOffset receivedAt, bool imported = true)
    {
        BrokenEscapes.Mend(json.Span);
        var builder = new EventBuilder(receivedAt.ToUnixTimeMilliseconds(), imported, rules ?? IntakeRules.Usual);
        return Read(json, EventPlace.Alone, builder, null, out var fault) is { } usage
            ? new ReadEvent(usage, null, null)
            : new ReadEvent(null, Quarantine(fault!, json.Span, receivedAt), fault);
    }

    /// <summary>
    /// Reads one event of a file as if it had been received at the moment it happened. One without a time happened at
    /// <paramref name="now"/>.
    /// </summary>
    public ReadEvent ReadAsItHappened(Memory<byte> json, DateTimeOffset now)
    {
        BrokenEscapes.Mend(json.Span);
        long moment = now.ToUnixTimeMilliseconds();
        if (_happened is null || _happened.ReceivedAt != moment)
            _happened = new EventBuilder(moment, imported: true, rules ?? IntakeRules.Usual) { IsAsItHappened = true };
        return Read(json, EventPlace.Alone, _happened, null, out var fault) is { } usage
            ? new ReadEvent(usage, null, null)
            : new ReadEvent(null, Quarantine(fault!, json.Span, now), fault);
    }

    /// <summary>A quarantined event: the reason, and as much of its bytes as can be read as text.</summary>
    internal static QuarantinedEvent Quarantine(EventFault fault, ReadOnlySpan<byte> json, DateTimeOffset receivedAt)
    {
        string raw = Encoding.UTF8.GetString(json[..Math.Min(json.Length, EventLimits.MaxEventBytes)]).Replace('\0', '\uFFFD');
        if (Encoding.UTF8.GetByteCount(raw) > EventLimits.MaxEventBytes)
            raw = CutToBytes(raw, EventLimits.MaxEventBytes);
        // Where somebody was is nothing that anybody needs to mend an event.
        raw = NetworkAddress().Replace(raw, "${name}\"\"");
        return new QuarantinedEvent(fault.Reason, raw, EventTime.WholeMilliseconds(receivedAt));
    }

    [GeneratedRegex(
        "(?<name>\"(ip|ipAddress|remoteAddress)\"\\s*:\\s*)\"[^\"]*\"",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex NetworkAddress();

    private static string CutToBytes(string text, int maxBytes)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int end = maxBytes;
        while ((bytes[end] & 0xC0) == 0x80)
            end--;
        return Encoding.UTF8.GetString(bytes.AsSpan(0, end));
    }

    private UsageEvent? Read(Memory<byte> json, in EventPlace place, EventBuilder builder, EventEnvelope? envelope, out EventFault? fault)
    {
        fault = Unreadable(json.Span, place);
        if (fault is not null)
            return null;
        try
        {
            var draft = _parser.Read(json.Span, place);
            return builder.Build(draft, envelope?.Route, envelope?.Context ?? default, envelope?.SentAt, json, place, out fault);
        }
        catch (JsonException broken)
        {
            fault = NotJson(broken, place);
            return null;
        }
    }

    internal static EventFault NotJson(JsonException fault, in EventPlace place) =>
        place.Fault("", $"JSON that cannot be read ({fault.Message})", $"valid JSON of at most {EventLimits.MaxEventDepth} levels");

    internal static EventFault? Unreadable(ReadOnlySpan<byte> json, in EventPlace place)
    {
        if (json.Length > EventLimits.MaxEventBytes)
            return place.Fault("", $"{json.Length} bytes", $"at most {EventLimits.MaxEventBytes}");
        return Utf8.IsValid(json) ? null : place.Fault("", "bytes that are not UTF-8", "text in UTF-8");
    }
}
