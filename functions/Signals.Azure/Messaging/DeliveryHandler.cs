using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Signals.Azure.Telemetry;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Messaging;

/// <summary>
/// Hands a trigger's batch to the queue's handler and settles each message by what the handler says of it. Nothing is left to the host's
/// completion: one message's fault neither blocks nor repeats its neighbours.
/// </summary>
public sealed partial class DeliveryHandler(
    IEnumerable<IMessageHandler> handlers,
    ServiceBusSettler settler,
    TimeProvider clock,
    ILogger<DeliveryHandler> logger
)
{
    private static readonly ParallelOptions SettledAtOnce = new() { MaxDegreeOfParallelism = 16 };

    private readonly Dictionary<string, IMessageHandler> _handlers = handlers.ToDictionary(
        handler => handler.Queue,
        StringComparer.Ordinal
    );

    /// <param name="queue">The queue that the trigger reads.</param>
    /// <param name="deliveries">Leased messages.</param>
    /// <param name="actions">Reaches whoever holds the leases: the Functions host.</param>
    /// <param name="cancellationToken">The host stops: what is not handled by then goes back.</param>
    public async Task HandleAsync(
        string queue,
        IReadOnlyList<ServiceBusReceivedMessage> deliveries,
        IDeliveryActions actions,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Settlement> settlements;
        var renewal = LockRenewal.Start(queue, deliveries, actions, clock, logger);
        await using (renewal)
            settlements = await DecideAsync(_handlers[queue], deliveries, cancellationToken);
        await Parallel.ForAsync(
            0,
            deliveries.Count,
            SettledAtOnce,
            async (i, _) =>
            {
                try
                {
                    // Not ended by a stop: what was handled and not settled would be handled again.
                    await settler.SettleAsync(queue, deliveries[i], settlements[i], actions, CancellationToken.None);
                }
                catch (Exception fault)
                {
                    AzureMetrics.RecordSettled(queue, RetryPlan.Unsettled);
                    Log.NotSettled(logger, fault, deliveries[i].MessageId, queue);
                }
            }
        );
    }

    /// <summary>The handler's word on each message that can be read; the others are nobody's.</summary>
    private async Task<IReadOnlyList<Settlement>> DecideAsync(
        IMessageHandler handler,
        IReadOnlyList<ServiceBusReceivedMessage> deliveries,
        CancellationToken cancellationToken
    )
    {
        var readable = deliveries
            .Where(delivery => ServiceBusDelivery.FaultOf(delivery) is null)
            .Select(delivery => ServiceBusDelivery.ToQueueMessage(handler.Queue, delivery))
            .ToList();
        var words = readable.Count == 0 ? [] : await handler.DecideAsync(readable, logger, cancellationToken);
        int next = 0;
        return
        [
            .. deliveries.Select(delivery => ServiceBusDelivery.FaultOf(delivery) is { } fault ? Settlement.Dead(fault) : words[next++]),
        ];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Message {MessageId} of {Queue} could not be settled; it comes again when its lease runs out.")]
        public static partial void NotSettled(ILogger logger, Exception fault, string messageId, string queue);
    }
}
