using System.Runtime.InteropServices;
using System.Text.Json;

namespace Signals.Core.Intake.Events;

/// <summary>An event's fields as they stood on the wire, each checked alone. Moments are Unix milliseconds.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EventDraft
{
    public EventType? Type;
    public string? MessageId;
    public string? UserId;
    public string? AnonymousId;
    public string? GroupId;
    public string? PreviousId;
    public string? Name;
    public long? Timestamp;
    public long? OriginalTimestamp;
    public long? SentAt;
    public JsonSlice Properties;
    public JsonSlice Traits;
    public JsonSlice ContextTraits;
    public EventContext Context;
    public EventFault? Fault;
}

/// <summary>The parts of <c>context</c> that are kept.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EventContext
{
    public string? GroupId;
    public string? Locale;
    public string? TimeZone;
    public string? Library;
    public string? Consent;

    /// <summary>The rule of the model that leaves out what this user agent did.</summary>
    public string? LeftOutBy;

    /// <summary>The batch's context fills what the event's own leaves open.</summary>
    public readonly EventContext Over(in EventContext batch) =>
        new()
        {
            GroupId = GroupId ?? batch.GroupId,
            Locale = Locale ?? batch.Locale,
            TimeZone = TimeZone ?? batch.TimeZone,
            Library = Library ?? batch.Library,
            Consent = Consent ?? batch.Consent,
            LeftOutBy = LeftOutBy ?? batch.LeftOutBy,
        };
}

/// <summary>A JSON value's place in its event: where it starts, its bytes, and what it is (<c>None</c> when it was not there).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonSlice(int Start, int Length, JsonTokenType Kind);
