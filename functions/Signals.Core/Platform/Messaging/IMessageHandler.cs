namespace Signals.Core.Platform.Messaging;

/// <summary>Handles deliveries of one queue. Both hosts call it: the local pump and the Service Bus trigger.</summary>
public interface IMessageHandler
{
    /// <summary>The queue this handler reads.</summary>
    string Queue { get; }

    /// <summary>The most messages it wants at once.</summary>
    int BatchSize { get; }

    /// <summary>
    /// Returns one settlement a message, in the order given. An exception gives every message back;
    /// a handler throws only when the fault is not one message's own.
    /// </summary>
    Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken);
}
