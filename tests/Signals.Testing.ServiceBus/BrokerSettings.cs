namespace Signals.Testing.ServiceBus;

/// <summary>What is set on each queue of a namespace; by default as our own queues are set.</summary>
public sealed record BrokerSettings
{
    /// <summary>How long a delivery is locked for its receiver.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Deliveries after which a message goes to the dead letter.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long a message id is remembered, so that a second message with it is taken and dropped.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The largest message, and the largest batch, in bytes as they travel.</summary>
    public ulong MaxMessageBytes { get; init; } = 256 * 1024;
}
