namespace Signals.Azure.Messaging;

/// <summary>The application properties that our messages carry beside their body.</summary>
public static class MessageProperties
{
    /// <summary>How many things (events, say) the body holds; int.</summary>
    public const string Items = "items";

    /// <summary>Deliveries that earlier copies of this message used up; int. Absent on the first copy.</summary>
    public const string EarlierDeliveries = "earlier-deliveries";

    /// <summary>The message id of the first copy: the broker would drop a copy that bears the same one as a duplicate.</summary>
    public const string OriginalId = "original-id";

    /// <summary>When the first copy was enqueued, as Unix milliseconds; long.</summary>
    public const string OriginallyEnqueued = "originally-enqueued";
}
