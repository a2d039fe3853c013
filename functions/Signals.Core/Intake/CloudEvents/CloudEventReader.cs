using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.CloudEvents;

/// <summary>
/// Reads CloudEvents 1.0 as track calls: <c>type</c> is the event's name, <c>data</c> its properties, <c>time</c> its timestamp,
/// <c>source</c> and <c>id</c> together its message id. The person is <c>data.userId</c>, else <c>subject</c>; the account is
/// <c>data.groupId</c>, else the extension <c>groupid</c>. Events in Azure Event Grid's own schema are read the same: <c>eventType</c>,
/// <c>eventTime</c> and <c>topic</c> stand for <c>type</c>, <c>time</c> and <c>source</c>.
/// </summary>
public static class CloudEventReader
{
    private const string BodyList = "";

    /// <summary>One event in JSON (<c>application/cloudevents+json</c>). Throws <see cref="MalformedBodyException"/>.</summary>
    public static ReadEvents ReadStructured(Memory<byte> body, DateTimeOffset receivedAt, IntakeRules? rules = null)
    {
        body = EventEnvelope.Prepare(body);
        return ReadAll(body, [CheckWhole(body)], null, receivedAt, rules);
    }

    /// <summary>A list of events (<c>application/cloudevents-batch+json</c>). Throws <see cref="MalformedBodyException"/>.</summary>
    public static ReadEvents ReadBatch(Memory<byte> body, DateTimeOffset receivedAt, IntakeRules? rules = null)
    {
        body = EventEnvelope.Prepare(body);
        return ReadAll(body, ItemsOf(body), BodyList, receivedAt, rules);
    }

    /// <summary>An event whose attributes came apart from its data, in headers. Data that is no JSON object is quarantined.</summary>
    public static ReadEvents ReadBinary(
        CloudEventAttributes attributes,
        Memory<byte> data,
        DateTimeOffset receivedAt,
        IntakeRules? rules = null
    )
    {
        if (!data.IsEmpty)
            data = EventEnvelope.Prepare(data);
        var place = EventPlace.Alone;
        var builder = new EventBuilder(receivedAt.ToUnixTimeMilliseconds(), imported: false, rules ?? IntakeRules.Usual);
        var fault = EventReader.Unreadable(data.Span, place);
        UsageEvent? usage = null;
        try
        {
            usage = fault is null ? CloudEventMapper.Map(attributes, data, place, builder, out fault) : null;
        }
        catch (JsonException broken)
        {
            fault = EventReader.NotJson(broken, place);
        }
        return usage is not null
            ? new ReadEvents(new EventBatch([usage], []), [])
            : new ReadEvents(new EventBatch([], [EventReader.Quarantine(fault!, data.Span, receivedAt)]), [fault!]);
    }

    private static ReadEvents ReadAll(Memory<byte> body, List<Range> items, string? list, DateTimeOffset receivedAt, IntakeRules? rules)
    {
        var builder = new EventBuilder(receivedAt.ToUnixTimeMilliseconds(), imported: false, rules ?? IntakeRules.Usual);
        List<UsageEvent> events = [];
        List<QuarantinedEvent> quarantined = [];
        List<EventFault> faults = [];
        for (int i = 0; i < items.Count; i++)
        {
            var json = body[items[i]];
            if (ReadOne(json, new EventPlace(i, list), builder, out var fault) is { } usage)
            {
                events.Add(usage);
                continue;
            }
            quarantined.Add(EventReader.Quarantine(fault!, json.Span, receivedAt));
            faults.Add(fault!);
        }
        return new ReadEvents(new EventBatch(events, quarantined), faults);
    }

    private static UsageEvent? ReadOne(Memory<byte> json, in EventPlace place, EventBuilder builder, out EventFault? fault)
    {
        fault = EventReader.Unreadable(json.Span, place);
        if (fault is not null)
            return null;
        try
        {
            var attributes = CloudEventParser.Read(json.Span, place, out var data, out fault);
            return fault is null ? CloudEventMapper.Map(attributes, json.Slice(data.Start, data.Length), place, builder, out fault) : null;
        }
        catch (JsonException broken)
        {
            fault = EventReader.NotJson(broken, place);
            return null;
        }
    }

    private static Range CheckWhole(Memory<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span, EventEnvelope.Options);
            reader.Read();
            var slice = JsonText.GetSlice(ref reader);
            reader.Read();
            return slice.Start..(slice.Start + slice.Length);
        }
        catch (JsonException fault)
        {
            throw EventEnvelope.NotJson(fault);
        }
    }

    private static List<Range> ItemsOf(Memory<byte> body)
    {
        try
        {
            List<Range> items = [];
            var reader = new Utf8JsonReader(body.Span, EventEnvelope.Options);
            reader.Read();
            EventEnvelope.ReadItems(ref reader, "The body", EventLimits.MaxImportEvents, items);
            reader.Read();
            return items;
        }
        catch (JsonException fault)
        {
            throw EventEnvelope.NotJson(fault);
        }
    }
}
