namespace Signals.Core.Intake.Events;

/// <summary>
/// Corrects the sender's clock by Segment's formula: <c>timestamp = receivedAt - (sentAt - originalTimestamp)</c>. A sender that
/// does not say when it sent is taken to have the right time; one that does not say when it happened, that it happens now.
/// </summary>
/// <remarks>
/// What then lies up to 24 hours ahead is set to the time of reception; what lies further ahead, or before 2000, is no usable
/// date. Imported history keeps its own dates: its <c>sentAt</c>, if any, tells of another delivery long ago. A <c>sentAt</c> from before
/// 2000, unless the event's own date is too, and one from before the event by more than it may be rounded, was never set: it corrects
/// nothing.
/// </remarks>
internal static class EventClock
{
    /// <summary>Senders that write whole seconds seem to send before it happened.</summary>
    private const long MaxRoundingMilliseconds = 60_000;

    private static readonly long Earliest = EventLimits.Earliest.ToUnixTimeMilliseconds();

    /// <summary>The corrected moment in Unix milliseconds, or a fault that names the date.</summary>
    public static long Correct(
        in EventDraft draft,
        long? batchSentAt,
        long receivedAt,
        bool imported,
        in EventPlace place,
        ref EventFault? fault
    )
    {
        long? happened = imported
            ? Set(draft.Timestamp) ?? Set(draft.OriginalTimestamp) ?? draft.Timestamp ?? draft.OriginalTimestamp
            : Set(draft.OriginalTimestamp) ?? Set(draft.Timestamp) ?? draft.OriginalTimestamp ?? draft.Timestamp;
        long? sentAt =
            imported ? null
            : happened < Earliest ? draft.SentAt ?? batchSentAt
            : Set(draft.SentAt) ?? Set(batchSentAt);
        long moment = (happened, sentAt) switch
        {
            (null, _) => receivedAt,
            ({ } at, null) => at,
            ({ } at, { } sent) when sent < at - MaxRoundingMilliseconds => at,
            ({ } at, { } sent) => receivedAt - (sent - at),
        };
        if (moment > receivedAt + (long)EventLimits.MaxAhead.TotalMilliseconds)
            fault = place.Fault("timestamp", Describe(moment), "a date at most 24 hours ahead");
        else if (moment < Earliest)
            fault = place.Fault("timestamp", Describe(moment), "a date from 2000 on");
        return Math.Min(moment, receivedAt);
    }

    /// <summary>Null for a clock that was never set: 0, 1970, the year 1.</summary>
    private static long? Set(long? moment) => moment >= Earliest ? moment : null;

    private static string Describe(long moment) =>
        moment >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && moment <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(moment).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")
            : "a date beyond the calendar";
}
