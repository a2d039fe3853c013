using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Functions.Queues;

/// <summary>Folds usage events into the accounts' state.</summary>
public sealed class UsageFunction(DeliveryHandler handler)
{
    [Function("usage")]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.Usage, Connection = "ServiceBus", IsBatched = true, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    ) => handler.HandleAsync(QueueNames.Usage, messages, new HostActions(actions), cancellationToken);
}
