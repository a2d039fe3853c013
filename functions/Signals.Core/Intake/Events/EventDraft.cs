using System.Runtime.InteropServices;
using System.Text.Json;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Where an event stood in its body, for faults: an item of <paramref name="List"/>, or the body itself when that is null.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventPlace(int Index, string? List)
{
    public static EventPlace Alone { get; } = new(0, null);

    public EventFault Fault(string field, string found, string expected) => new(Index, Path(field), found, expected);

    private string Path(string field) =>
        (List, field) switch
        {
            (null, "") => "event",
            (null, _) => field,
            (_, "") => $"{List}[{Index}]",
            _ => $"{List}[{Index}].{field}",
        };
}

/// <summary>A JSON value's place in its event: where it starts, its bytes, and what it is (<c>None</c> when it was not there).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonSlice(int Start, int Length, JsonTokenType Kind);

/// <summary>The parts of <c>context</c> that are kept.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EventContext
{
    public string? GroupId;
    public string? Locale;
    public string? TimeZone;
    public string? Library;
    public string? Consent;

    /// <summary>The batch's context fills what the event's own leaves open.</summary>
    public readonly EventContext Over(in EventContext batch) =>
        new()
        {
            GroupId = GroupId ?? batch.GroupId,
            Locale = Locale ?? batch.Locale,
            TimeZone = TimeZone ?? batch.TimeZone,
            Library = Library ?? batch.Library,
            Consent = Consent ?? batch.Consent,
        };
}

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
