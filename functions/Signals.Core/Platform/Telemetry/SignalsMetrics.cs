using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Signals.Core.Platform.Telemetry;

/// <summary>
/// What the app counts, as the meter <see cref="Name"/>. Counters say what this process did, redeliveries included; the exact totals of the
/// installation are the API's (<c>GET /api/pipeline</c>).
/// </summary>
public static class SignalsMetrics
{
    /// <summary>The meter's name, for exporters to subscribe to.</summary>
    public const string Name = "Signals";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Accepted = Meter.CreateCounter<long>(
        "signals.events.accepted",
        "{event}",
        "Events that were acknowledged to their senders."
    );

    private static readonly Counter<long> Folded = Meter.CreateCounter<long>(
        "signals.events.folded",
        "{event}",
        "Events that changed the state of an account."
    );

    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>(
        "signals.events.duplicates",
        "{event}",
        "Events whose id was folded before."
    );

    private static readonly Counter<long> Quarantined = Meter.CreateCounter<long>(
        "signals.events.quarantined",
        "{event}",
        "Events that could not be understood."
    );

    private static readonly Histogram<double> FoldLag = Meter.CreateHistogram(
        "signals.fold.lag",
        "s",
        "From the arrival of a message's oldest event to the end of its fold.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400],
        }
    );

    private static readonly Counter<long> Reviews = Meter.CreateCounter<long>(
        "signals.reviews",
        "{review}",
        "Accounts that were assessed anew, by risk level."
    );

    private static readonly Counter<long> Flags = Meter.CreateCounter<long>(
        "signals.flags",
        "{flag}",
        "Causes found in accounts at risk that their last review had not found or not at this level, by level and cause."
    );

    private static readonly Counter<long> Sends = Meter.CreateCounter<long>(
        "signals.sends",
        "{outreach}",
        "Outreach that was taken up for sending, by the state it was left in and its kind."
    );

    private static readonly Counter<long> BlockedMails = Meter.CreateCounter<long>(
        "signals.mail.blocked",
        "{mail}",
        "Mails that wait since the mail service's key, account or settings are at fault, which a person has to mend."
    );

    private static readonly Counter<long> HandlerFailures = Meter.CreateCounter<long>(
        "signals.handler.failures",
        "{batch}",
        "Batches that their handler gave up as a whole, by queue and kind of fault."
    );

    private static readonly Counter<long> Unreadable = Meter.CreateCounter<long>(
        "signals.unreadable",
        "{row}",
        "Rows that were passed over because they could not be read, and steps that failed, by the work that met them."
    );

    /// <summary>Events that are durable in the queue, those for the quarantine among them.</summary>
    public static void RecordAccepted(int events) => Accepted.Add(events);

    /// <summary>
    /// What became of the events of one queue message; <paramref name="lag"/> is null when none of them could be understood.
    /// </summary>
    public static void RecordFold(int folded, int duplicates, int quarantined, TimeSpan? lag)
    {
        Folded.Add(folded);
        Duplicates.Add(duplicates);
        Quarantined.Add(quarantined);
        if (lag is { } elapsed)
            FoldLag.Record(Math.Max(0, elapsed.TotalSeconds));
    }

    /// <summary>An account that was assessed anew.</summary>
    /// <param name="level">Its risk level's name.</param>
    /// <param name="newCauses">Causes that its last review had not found, or not at this level; none for a healthy account.</param>
    public static void RecordReview(string level, IEnumerable<string> newCauses)
    {
        var tag = new KeyValuePair<string, object?>("level", level);
        Reviews.Add(1, tag);
        foreach (string cause in newCauses)
            Flags.Add(1, tag, new("cause", cause));
    }

    /// <summary>A batch that goes back as a whole.</summary>
    internal static void RecordHandlerFailure(string queue, Exception fault) =>
        HandlerFailures.Add(1, new("queue", queue), new("error.type", fault.GetType().Name));

    /// <summary>A mail that waits until a person has mended the key, the account or the settings of the mail service.</summary>
    public static void RecordBlockedMail() => BlockedMails.Add(1);

    /// <param name="work">The work that met the row and went on without it.</param>
    public static void RecordUnreadable(string work) => Unreadable.Add(1, new KeyValuePair<string, object?>("work", work));

    /// <param name="state">The name of the state that it was left in.</param>
    /// <param name="kind"><c>alert</c> or <c>message</c>.</param>
    public static void RecordSend(string state, string kind) => Sends.Add(1, new TagList { { "state", state }, { "kind", kind } });
}
