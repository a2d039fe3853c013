using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Testing.Folding;

/// <summary>Builds events: by default a live one, received when it happened, with an id of its own.</summary>
public static class EventOf
{
    private static int _lastId;

    public static UsageEvent Track(
        string? user,
        string name,
        DateTimeOffset? at = null,
        object? properties = null,
        string? id = null,
        string? group = null,
        string? anonymous = null
    ) => Of(EventType.Track, at, properties, id) with { UserId = user, AnonymousId = anonymous, GroupId = group, Name = name };

    public static UsageEvent Identify(
        string? user,
        DateTimeOffset? at = null,
        object? traits = null,
        string? id = null,
        string? group = null,
        string? anonymous = null
    ) => Of(EventType.Identify, at, traits, id) with { UserId = user, AnonymousId = anonymous, GroupId = group };

    public static UsageEvent Group(
        string? user,
        string group,
        DateTimeOffset? at = null,
        object? traits = null,
        string? id = null,
        string? anonymous = null
    ) => Of(EventType.Group, at, traits, id) with { UserId = user, AnonymousId = anonymous, GroupId = group };

    public static UsageEvent Alias(string previous, string user, DateTimeOffset? at = null, string? id = null) =>
        Of(EventType.Alias, at, null, id) with
        {
            UserId = user,
            PreviousId = previous,
        };

    /// <summary>The event received at another moment than it happened.</summary>
    public static UsageEvent ReceivedAt(this UsageEvent usageEvent, DateTimeOffset receivedAt) =>
        usageEvent with
        {
            ReceivedAt = receivedAt,
        };

    private static UsageEvent Of(EventType type, DateTimeOffset? at, object? payload, string? id) =>
        new()
        {
            Type = type,
            MessageId = id ?? $"event-{Interlocked.Increment(ref _lastId)}",
            Timestamp = at ?? FoldApp.Noon,
            ReceivedAt = at ?? FoldApp.Noon,
            Payload = payload is null ? default : JsonSerializer.SerializeToUtf8Bytes(payload),
        };
}
