using Signals.Core.Model;

namespace Signals.Core.Intake.Events;

/// <summary>
/// One usage event as accepted: validated, clock corrected, batch context merged in. Text is bounded by the 32 KB event limit.
/// </summary>
public sealed record UsageEvent
{
    public required EventType Type { get; init; }

    /// <summary>The sender's id, or one derived from the content when it sent none (so that a resend is still a duplicate).</summary>
    public required string MessageId { get; init; }

    /// <summary>At least one of <see cref="UserId"/> and <see cref="AnonymousId"/> is present.</summary>
    public string? UserId { get; init; }

    public string? AnonymousId { get; init; }

    /// <summary>The account named by <c>context.groupId</c>, or by a group call itself.</summary>
    public string? GroupId { get; init; }

    /// <summary>alias: the id that <see cref="UserId"/> was known by before.</summary>
    public string? PreviousId { get; init; }

    /// <summary>
    /// The event's name: track's <c>event</c>; <see cref="ViewNames.Page"/> and <see cref="ViewNames.Screen"/> for views; empty for
    /// identify, group, alias.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>When it happened, clock corrected, UTC, whole milliseconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Came through <c>/v1/history</c> or a file: history, which never triggers mail by itself.</summary>
    public bool Imported { get; init; }

    /// <summary>
    /// Came with a key that everybody can read, so that anybody may have made it up: not believed about who looks after an account, what is
    /// paid, and who is who.
    /// </summary>
    public bool FromBrowser { get; init; }

    /// <summary>
    /// Another service told it of somebody: it counts, and is nothing that they did in the product. Who an id of such a service is, it may
    /// say too.
    /// </summary>
    public bool FromService { get; init; }

    /// <summary>track, page, screen: <c>properties</c>; identify, group: <c>traits</c>. A UTF-8 JSON object, or empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary><c>context.locale</c> and <c>context.timezone</c>, where the SDK sent them.</summary>
    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    /// <summary><c>context.consent.categoryPreferences</c> as <see cref="ConsentText"/> keeps it.</summary>
    public string? Consent { get; init; }

    /// <summary><c>context.library</c> as "name/version".</summary>
    public string? Library { get; init; }

    /// <summary>
    /// The rule of the model that leaves out what this event's user agent did; null for nearly all. Such an event is counted and belongs to
    /// nobody.
    /// </summary>
    public string? LeftOutBy { get; init; }
}

/// <summary>Segment's six calls. The numbers are stored in packed batches.</summary>
public enum EventType
{
    Track = 0,
    Identify = 1,
    Page = 2,
    Screen = 3,
    Group = 4,
    Alias = 5,
}
