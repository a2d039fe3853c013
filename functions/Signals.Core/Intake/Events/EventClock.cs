namespace Signals.Core.Intake.Events;

/// <summary>
/// Corrects the sender's clock by Segment's formula: <c>timestamp = receivedAt - (sentAt - originalTimestamp)</c>. A sender that
/// does not say when it sent is taken to have the right time; one that does not say when it happened, that it happens now.
/// </summary>
/// <remarks>
/// What then lies up to 24 hours ahead is set to the time of reception; what lies further ahead, or before 2000, is no usable
/// date. Imported history keeps its own dates: its <c>sentAt</c>, if any, tells of another delivery long ago.
/// </remarks>
internal static class EventClock
{
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
        long? happened = imported ? draft.Timestamp ?? draft.OriginalTimestamp : draft.OriginalTimestamp ?? draft.Timestamp;
        long? sentAt = imported ? null : draft.SentAt ?? batchSentAt;
        long moment = (happened, sentAt) switch
        {
            (null, _) => receivedAt,
            ({ } at, null) => at,
            ({ } at, { } sent) => receivedAt - (sent - at),
        };
        if (moment > receivedAt + (long)EventLimits.MaxAhead.TotalMilliseconds)
            fault = place.Fault("timestamp", Describe(moment), "a date at most 24 hours ahead");
        else if (moment < EventLimits.Earliest.ToUnixTimeMilliseconds())
            fault = place.Fault("timestamp", Describe(moment), "a date from 2000 on");
        return Math.Min(moment, receivedAt);
    }

    private static string Describe(long moment) =>
        moment >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && moment <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(moment).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")
            : "a date beyond the calendar";
}
