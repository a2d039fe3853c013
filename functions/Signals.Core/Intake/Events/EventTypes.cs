using System.Text.Json;

namespace Signals.Core.Intake.Events;

/// <summary>The names of Segment's calls on the wire.</summary>
internal static class EventTypes
{
    public static readonly IReadOnlyList<string> All = ["track", "identify", "page", "screen", "group", "alias"];

    public const string Expected = "track, identify, page, screen, group or alias";

    public static EventType? Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("track"u8))
            return EventType.Track;
        if (reader.ValueTextEquals("identify"u8))
            return EventType.Identify;
        if (reader.ValueTextEquals("page"u8))
            return EventType.Page;
        if (reader.ValueTextEquals("screen"u8))
            return EventType.Screen;
        if (reader.ValueTextEquals("group"u8))
            return EventType.Group;
        return reader.ValueTextEquals("alias"u8) ? EventType.Alias : null;
    }
}
