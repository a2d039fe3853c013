using Azure.Messaging.ServiceBus;

namespace Signals.Azure.Messaging;

/// <summary>How a leased delivery is settled with the broker: by a receiver, or by the message actions of a Service Bus trigger.</summary>
public interface IDeliveryActions
{
    Task CompleteAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken);

    Task AbandonAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken);

    Task DeadLetterAsync(ServiceBusReceivedMessage delivery, string reason, string description, CancellationToken cancellationToken);
}
