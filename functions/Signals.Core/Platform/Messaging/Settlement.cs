namespace Signals.Core.Platform.Messaging;

/// <summary>How a handler leaves one message: one poison message never decides for its neighbours.</summary>
public abstract record Settlement
{
    private Settlement() { }

    public static Settlement Done { get; } = new Complete();

    public static Settlement Again(string reason, TimeSpan? delay = null) => new Retry(reason, delay);

    public static Settlement Dead(string reason) => new DeadLetter(reason);

    /// <summary>Handled; the message goes.</summary>
    public sealed record Complete : Settlement;

    /// <summary>Given back; after the queue's delivery limit it goes to the dead letter with the last reason.</summary>
    public sealed record Retry(string Reason, TimeSpan? Delay) : Settlement;

    /// <summary>Can never be handled; kept aside with the reason.</summary>
    public sealed record DeadLetter(string Reason) : Settlement;
}

/// <summary>What is to become of a leased message.</summary>
public sealed record SettledMessage(QueueMessage Message, Settlement Settlement);
