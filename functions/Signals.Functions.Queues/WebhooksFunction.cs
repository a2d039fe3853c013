using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Functions.Queues;

/// <summary>Tells other systems what happened.</summary>
public sealed class WebhooksFunction(DeliveryHandler handler)
{
    [Function("webhooks")]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.Webhooks, Connection = "ServiceBus", IsBatched = true, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    ) => handler.HandleAsync(QueueNames.Webhooks, messages, new HostActions(actions), cancellationToken);
}
