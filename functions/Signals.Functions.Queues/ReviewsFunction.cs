using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Functions.Queues;

/// <summary>Reviews the accounts that are due.</summary>
public sealed class ReviewsFunction(DeliveryHandler handler)
{
    [Function("reviews")]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.Reviews, Connection = "ServiceBus", IsBatched = true, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    ) => handler.HandleAsync(QueueNames.Reviews, messages, new HostActions(actions), cancellationToken);
}
