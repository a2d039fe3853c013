using Azure.Messaging.ServiceBus;

namespace Signals.Azure.Messaging;

/// <summary>
/// How a leased delivery is kept and settled with the broker: by a receiver, or by the message actions of a Service Bus trigger.
/// </summary>
public interface IDeliveryActions
{
    Task CompleteAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken);

    Task AbandonAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken);

    Task DeadLetterAsync(ServiceBusReceivedMessage delivery, string reason, string description, CancellationToken cancellationToken);

    /// <summary>The lease lasts as long again from now. How long that is the broker tells only with a delivery.</summary>
    Task RenewAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken);
}
