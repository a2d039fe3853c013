using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.CloudEvents;

/// <summary>Turns a CloudEvent's attributes and data into a track call.</summary>
internal static class CloudEventMapper
{
    /// <summary>The event, or null and a fault. Throws <see cref="JsonException"/> when the data is no JSON.</summary>
    public static UsageEvent? Map(
        CloudEventAttributes attributes,
        ReadOnlyMemory<byte> data,
        in EventPlace place,
        EventBuilder builder,
        out EventFault? fault
    )
    {
        fault = CheckAttributes(attributes, place);
        if (fault is not null)
            return null;
        var draft = new EventDraft
        {
            Type = EventType.Track,
            Name = JsonText.Bound(attributes.Type!, "type", EventLimits.MaxNameChars, place, ref fault),
            UserId = attributes.Subject is null
                ? null
                : JsonText.Bound(attributes.Subject, "subject", EventLimits.MaxIdChars, place, ref fault),
            GroupId = attributes.GroupId is null
                ? null
                : JsonText.Bound(attributes.GroupId, "groupid", EventLimits.MaxIdChars, place, ref fault),
            MessageId = JsonText.BoundMessageId($"{attributes.Source}#{attributes.Id}"),
            Timestamp = ReadTime(attributes.Time, place, ref fault),
            Fault = fault,
        };
        ReadData(data.Span, ref draft, place);
        if (draft.Fault is null && draft.UserId is null && draft.AnonymousId is null)
            draft.Fault = place.Fault("subject", "nothing", "the user's id here or in data.userId");
        return builder.Build(draft, null, default, null, data, place, out fault);
    }

    private static EventFault? CheckAttributes(CloudEventAttributes attributes, in EventPlace place)
    {
        if (attributes.SpecVersion is not CloudEventAttributes.Version)
            return place.Fault(
                "specversion",
                attributes.SpecVersion is { } found ? JsonText.Quote(found) : "nothing",
                CloudEventAttributes.Version
            );
        if (string.IsNullOrWhiteSpace(attributes.Id))
            return place.Fault("id", "nothing", "the event's id");
        if (string.IsNullOrWhiteSpace(attributes.Source))
            return place.Fault("source", "nothing", "the event's source");
        if (string.IsNullOrWhiteSpace(attributes.Type))
            return place.Fault("type", "nothing", "the event's type");
        return IsJson(attributes.DataContentType)
            ? null
            : place.Fault("datacontenttype", JsonText.Quote(attributes.DataContentType!), "application/json");
    }

    private static bool IsJson(string? mediaType)
    {
        var type = mediaType.AsSpan();
        int parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.IsEmpty
            || type.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static long? ReadTime(string? time, in EventPlace place, ref EventFault? fault)
    {
        if (string.IsNullOrEmpty(time))
            return null;
        if (EventTime.TryParse(Encoding.UTF8.GetBytes(time), out long moment))
            return moment;
        fault ??= place.Fault("time", JsonText.Quote(time), "an RFC 3339 date and time");
        return null;
    }

    private static void ReadData(ReadOnlySpan<byte> data, ref EventDraft draft, in EventPlace place)
    {
        if (draft.Fault is not null || data.IsEmpty)
            return;
        var reader = new Utf8JsonReader(data, EventParser.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            draft.Fault = place.Fault("data", JsonText.Describe(ref reader), "a JSON object");
            return;
        }
        while (draft.Fault is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isUser = reader.ValueTextEquals("userId"u8);
            bool isAnonymous = reader.ValueTextEquals("anonymousId"u8);
            bool isGroup = reader.ValueTextEquals("groupId"u8);
            reader.Read();
            if (isUser)
                draft.UserId = JsonText.GetId(ref reader, "data.userId", place, ref draft.Fault) ?? draft.UserId;
            else if (isAnonymous)
                draft.AnonymousId = JsonText.GetId(ref reader, "data.anonymousId", place, ref draft.Fault);
            else if (isGroup)
                draft.GroupId = JsonText.GetId(ref reader, "data.groupId", place, ref draft.Fault) ?? draft.GroupId;
            else
                reader.Skip();
        }
        if (draft.Fault is null)
            reader.Read();
        draft.Properties = new JsonSlice(0, data.Length, JsonTokenType.StartObject);
    }
}
