using Azure.Messaging.ServiceBus;

namespace Signals.Azure.Messaging;

/// <summary>Settles and renews by the receiver that took the lease.</summary>
internal sealed class ReceiverActions(ServiceBusReceiver receiver) : IDeliveryActions
{
    public Task CompleteAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken) =>
        receiver.CompleteMessageAsync(delivery, cancellationToken);

    public Task AbandonAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken) =>
        receiver.AbandonMessageAsync(delivery, cancellationToken: cancellationToken);

    public Task DeadLetterAsync(
        ServiceBusReceivedMessage delivery,
        string reason,
        string description,
        CancellationToken cancellationToken
    ) => receiver.DeadLetterMessageAsync(delivery, reason, description, cancellationToken);

    public Task RenewAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken) =>
        receiver.RenewMessageLockAsync(delivery, cancellationToken);
}
