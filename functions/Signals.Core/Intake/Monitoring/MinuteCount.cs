namespace Signals.Core.Intake.Monitoring;

/// <summary>What became of events within a minute.</summary>
/// <param name="Minute">Its beginning, UTC.</param>
/// <param name="Accepted">Events acknowledged to their senders.</param>
/// <param name="Folded">Events that changed an account's state; redeliveries are counted again, unlike in
/// <see cref="PipelineTotals"/>.</param>
/// <param name="Duplicates">Events whose id was known.</param>
/// <param name="Quarantined">Events that could not be understood.</param>
/// <param name="LongestLag">The longest time from an event's arrival to the end of its fold; null when nothing was folded.</param>
public sealed record MinuteCount(DateTimeOffset Minute, long Accepted, long Folded, long Duplicates, long Quarantined, TimeSpan? LongestLag)
{
    public static MinuteCount Of(DateTimeOffset minute) => new(minute, 0, 0, 0, 0, null);

    /// <summary>The same minute as two processes, or two moments of it, saw it.</summary>
    public static MinuteCount operator +(MinuteCount one, MinuteCount other) =>
        new(
            one.Minute,
            one.Accepted + other.Accepted,
            one.Folded + other.Folded,
            one.Duplicates + other.Duplicates,
            one.Quarantined + other.Quarantined,
            one.LongestLag is { } lag && !(other.LongestLag > lag) ? lag : other.LongestLag
        );
}
