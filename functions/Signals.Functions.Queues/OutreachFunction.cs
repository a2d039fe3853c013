using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Functions.Queues;

/// <summary>Sends planned messages and alerts.</summary>
public sealed class OutreachFunction(DeliveryHandler handler)
{
    [Function("outreach")]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.Outreach, Connection = "ServiceBus", IsBatched = true, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    ) => handler.HandleAsync(QueueNames.Outreach, messages, new HostActions(actions), cancellationToken);
}
