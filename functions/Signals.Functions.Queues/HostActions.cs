using Azure.Messaging.ServiceBus;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Signals.Azure.Messaging;

namespace Signals.Functions.Queues;

/// <summary>Settles and renews through the Functions host, which holds the leases.</summary>
internal sealed class HostActions(ServiceBusMessageActions actions) : IDeliveryActions
{
    public Task CompleteAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken) =>
        TranslateAsync(actions.CompleteMessageAsync(delivery, cancellationToken));

    public Task AbandonAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken) =>
        TranslateAsync(actions.AbandonMessageAsync(delivery, propertiesToModify: null, cancellationToken));

    public Task DeadLetterAsync(
        ServiceBusReceivedMessage delivery,
        string reason,
        string description,
        CancellationToken cancellationToken
    ) => TranslateAsync(actions.DeadLetterMessageAsync(delivery, propertiesToModify: null, reason, description, cancellationToken));

    public Task RenewAsync(ServiceBusReceivedMessage delivery, CancellationToken cancellationToken) =>
        TranslateAsync(actions.RenewMessageLockAsync(delivery, cancellationToken));

    /// <summary>
    /// The host tells what the broker said by gRPC: a lock that it does not know (any more) as a failed precondition, other faults in
    /// words.
    /// </summary>
    private static async Task TranslateAsync(Task deed)
    {
        try
        {
            await deed;
        }
        catch (RpcException fault)
        {
            bool lost =
                fault.StatusCode == StatusCode.FailedPrecondition
                || fault.Status.Detail.Contains(nameof(ServiceBusFailureReason.MessageLockLost), StringComparison.Ordinal);
            throw new ServiceBusException(
                isTransient: !lost,
                fault.Status.Detail,
                reason: lost ? ServiceBusFailureReason.MessageLockLost : ServiceBusFailureReason.ServiceCommunicationProblem,
                innerException: fault
            );
        }
    }
}
