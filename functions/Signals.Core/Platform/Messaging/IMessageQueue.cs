namespace Signals.Core.Platform.Messaging;

/// <summary>
/// At-least-once queues with Service Bus's semantics: leases (peek-lock), delivery counts, not-before, dead letter.
/// Handlers are idempotent; order is not promised.
/// </summary>
/// <remarks>
/// A broker that is busy or unreachable throws <see cref="Core.Platform.Storage.TransientStoreException"/>; nothing was acknowledged then.
/// </remarks>
public interface IMessageQueue
{
    /// <summary>Returns once every message is durable. A message id already in the queue is accepted and ignored.</summary>
    Task SendAsync(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);

    /// <summary>
    /// Leases up to <paramref name="maxMessages"/> messages that are due, oldest first; an empty list when there are none now.
    /// A message whose lease ran out is delivered again with a higher delivery count.
    /// </summary>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int maxMessages, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Keeps the lease for another <paramref name="lease"/>; false when it was already lost.</summary>
    Task<bool> RenewAsync(QueueMessage message, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Ends leases as told, one by one: a lost lease is skipped (the message comes again), the others are settled.</summary>
    Task SettleAsync(IReadOnlyList<SettledMessage> messages, CancellationToken cancellationToken);

    /// <summary>How many messages and items wait, and how many were dead-lettered.</summary>
    Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Ends when the queue answers, at the least cost the broker has for it.</summary>
    Task ProbeAsync(string queue, CancellationToken cancellationToken) => GetDepthAsync(queue, cancellationToken);
}

/// <summary>A message to send. <paramref name="Items"/> says how many things (events, say) the body holds, for counting.</summary>
public sealed record OutgoingMessage(string MessageId, ReadOnlyMemory<byte> Body, int Items = 1, DateTimeOffset? NotBefore = null)
{
    /// <summary>The largest body, so that a message fits Service Bus standard (256 KB with its headers).</summary>
    public const int MaxBodyBytes = 192 * 1024;
}

/// <summary>A leased message. <paramref name="DeliveryCount"/> is 1 the first time.</summary>
public sealed record QueueMessage(
    string Queue,
    string MessageId,
    ReadOnlyMemory<byte> Body,
    int Items,
    int DeliveryCount,
    DateTimeOffset EnqueuedAt,
    string LeaseToken
)
{
    /// <summary>The trace that sent it (W3C <c>traceparent</c>), where the adapter carries one.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>Messages and items that wait (leased ones included), and those in the dead letter.</summary>
public sealed record QueueDepth(
    long Messages,
    long Items,
    long DeadLetteredMessages,
    long DeadLetteredItems,
    DateTimeOffset? OldestEnqueuedAt
)
{
    /// <summary>True when the broker would not tell more than it was asked to look at: there are this many, and some beyond.</summary>
    public bool IsAtLeast { get; init; }
}
