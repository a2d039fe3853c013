namespace Signals.Azure.Messaging;

/// <summary>The application properties that our messages carry beside their body.</summary>
public static class MessageProperties
{
    /// <summary>How many things (events, say) the body holds; int.</summary>
    public const string Items = "items";

    /// <summary>How the body travels; string. Absent where it is as it was given.</summary>
    public const string Encoding = "encoding";

    /// <summary>
    /// The <see cref="Encoding"/> of bodies that are no text: bridges, portals and tools that show, copy or send on bodies as text would
    /// break them.
    /// </summary>
    public const string Base64 = "base64";

    /// <summary>Deliveries that earlier copies of this message used up; int. Absent on the first copy.</summary>
    public const string EarlierDeliveries = "earlier-deliveries";

    /// <summary>Deliveries of a dead letter when it was put aside; int. Absent on one that was never passed over since.</summary>
    public const string DeadDeliveries = "dead-deliveries";

    /// <summary>The message id of the first copy: the broker would drop a copy that bears the same one as a duplicate.</summary>
    public const string OriginalId = "original-id";

    /// <summary>The sequence number of the dead letter that this message was replayed from; long. Absent on one that never was.</summary>
    public const string ReplayOf = "replay-of";

    /// <summary>When the first copy was enqueued, as Unix milliseconds; long.</summary>
    public const string OriginallyEnqueued = "originally-enqueued";
}
