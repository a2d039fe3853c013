using System.Text.Json;
using Signals.Core.Model;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Turns drafts into usage events: what the type asks for is there, the clock is right, the batch's context is merged in.
/// </summary>
internal sealed class EventBuilder(long receivedAt, bool imported, IntakeRules rules)
{
    private static ReadOnlySpan<byte> JsonSpace => " \t\r\n"u8;

    private readonly DateTimeOffset _receivedAt = DateTimeOffset.FromUnixTimeMilliseconds(receivedAt);

    /// <summary>Unix milliseconds.</summary>
    public long ReceivedAt => receivedAt;

    /// <summary>True where history is read as if each event had been received when it happened.</summary>
    public bool IsAsItHappened { get; init; }

    /// <summary>The event, or null and a fault.</summary>
    public UsageEvent? Build(
        in EventDraft draft,
        EventType? route,
        in EventContext batchContext,
        long? batchSentAt,
        ReadOnlyMemory<byte> json,
        in EventPlace place,
        out EventFault? fault
    )
    {
        fault = draft.Fault;
        if (fault is not null)
            return null;
        if ((route ?? draft.Type) is not { } type)
        {
            fault = place.Fault("type", "nothing", EventTypes.Expected);
            return null;
        }
        fault = MissingField(draft, type, place) ?? MeaninglessId(draft, draft.Context.Over(batchContext).GroupId, place);
        var payload = Payload(draft, type, json, place, ref fault);
        if (fault is not null)
            return null;
        long moment = EventClock.Correct(draft, batchSentAt, receivedAt, imported, place, ref fault);
        if (fault is not null)
            return null;
        var context = draft.Context.Over(batchContext);
        var happened = DateTimeOffset.FromUnixTimeMilliseconds(moment);
        var usage = new UsageEvent
        {
            Type = type,
            MessageId = draft.MessageId ?? "",
            UserId = draft.UserId,
            AnonymousId = draft.AnonymousId,
            GroupId = draft.GroupId ?? context.GroupId,
            PreviousId = type == EventType.Alias ? draft.PreviousId : null,
            Name = NameOf(draft, type),
            Timestamp = happened,
            ReceivedAt = IsAsItHappened ? happened : _receivedAt,
            Imported = imported && !IsAsItHappened,
            Payload = payload,
            Locale = context.Locale,
            TimeZone = context.TimeZone,
            Consent = context.Consent,
            Library = context.Library,
            LeftOutBy = context.LeftOutBy,
        };
        return draft.MessageId is null ? usage with { MessageId = ContentId.Of(usage, draft.OriginalTimestamp ?? draft.Timestamp) } : usage;
    }

    private EventFault? MeaninglessId(in EventDraft draft, string? contextGroup, in EventPlace place)
    {
        return Fault("userId", draft.UserId, place)
            ?? Fault("anonymousId", draft.AnonymousId, place)
            ?? Fault("previousId", draft.PreviousId, place)
            ?? Fault("groupId", draft.GroupId ?? contextGroup, place);

        EventFault? Fault(string field, string? id, in EventPlace place) =>
            id is not null && rules.IsMeaningless(id) ? place.Fault(field, $"'{id}'", "the id of somebody or something") : null;
    }

    private static EventFault? MissingField(in EventDraft draft, EventType type, in EventPlace place)
    {
        const string Nothing = "nothing";
        if (type == EventType.Alias && draft.UserId is null)
            return place.Fault("userId", Nothing, "the id that an alias leads to");
        if (draft.UserId is null && draft.AnonymousId is null)
            return place.Fault("userId", Nothing, "a userId or an anonymousId");
        return type switch
        {
            EventType.Track when draft.Name is null => place.Fault("event", Nothing, "the name that a track needs"),
            EventType.Group when draft.GroupId is null => place.Fault("groupId", Nothing, "the id that a group needs"),
            EventType.Alias when draft.PreviousId is null => place.Fault("previousId", Nothing, "the earlier id that an alias needs"),
            _ => null,
        };
    }

    private static string NameOf(in EventDraft draft, EventType type) =>
        type switch
        {
            EventType.Track => draft.Name!,
            EventType.Page => ViewNames.Page,
            EventType.Screen => ViewNames.Screen,
            _ => "",
        };

    private static ReadOnlyMemory<byte> Payload(
        in EventDraft draft,
        EventType type,
        ReadOnlyMemory<byte> json,
        in EventPlace place,
        ref EventFault? fault
    )
    {
        var (field, slice) = type switch
        {
            EventType.Alias => ("", default),
            EventType.Identify when draft.Traits.Kind == JsonTokenType.None => ("context.traits", draft.ContextTraits),
            EventType.Identify or EventType.Group => ("traits", draft.Traits),
            _ => ("properties", draft.Properties),
        };
        switch (slice.Kind)
        {
            case JsonTokenType.None or JsonTokenType.Null:
                return default;
            case JsonTokenType.StartObject:
                return json.Slice(slice.Start, slice.Length);
            case JsonTokenType.StartArray when json.Span.Slice(slice.Start + 1, slice.Length - 2).Trim(JsonSpace).IsEmpty:
                return default;
            default:
                fault ??= place.Fault(field, JsonText.Describe(slice.Kind), "an object");
                return default;
        }
    }
}
