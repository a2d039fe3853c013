namespace Signals.Core.Intake.Events;

/// <summary>What the wire may carry. Sizes are of decompressed JSON, in bytes; Segment's own limits where it has them.</summary>
public static class EventLimits
{
    /// <summary>One event: a whole single call, or one item of a batch.</summary>
    public const int MaxEventBytes = 32 * 1024;

    public const int MaxBatchBytes = 500 * 1024;
    public const int MaxBatchEvents = 2500;

    /// <summary>An import chunk: room for 5,000 events of ordinary size (800 bytes), small enough to hold in memory.</summary>
    public const int MaxImportBytes = 4 * 1024 * 1024;

    public const int MaxImportEvents = 5000;

    /// <summary>How deep one event may nest. Readers of its payload keep to the same number.</summary>
    public const int MaxEventDepth = 64;

    /// <summary>How deep a whole body may nest before it is refused unread.</summary>
    public const int MaxBodyDepth = 1000;

    /// <summary>Characters of a user, anonymous, group or previous id.</summary>
    public const int MaxIdChars = 256;

    /// <summary>Characters of an event's name.</summary>
    public const int MaxNameChars = 256;

    /// <summary>Characters of a message id; longer ones are replaced by their hash.</summary>
    public const int MaxMessageIdChars = 100;

    /// <summary>Characters of a locale, time zone or library; longer ones are left out.</summary>
    public const int MaxLabelChars = 100;

    /// <summary>Bytes of a user agent that is looked at.</summary>
    public const int MaxUserAgentChars = 1_000;

    /// <summary>Older events are quarantined: a clock that was never set, not history.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Events further ahead of their reception are quarantined; those less far ahead are set to the time of reception.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);
}
