using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Signals.Azure.Telemetry;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Messaging;

/// <summary>Carries out what a handler decided for one delivery.</summary>
public sealed partial class ServiceBusSettler(
    ServiceBusSenders senders,
    MessageQueueOptions options,
    TimeProvider clock,
    ILogger<ServiceBusSettler> logger
)
{
    /// <summary>
    /// True when the broker has taken it. False when the lease was lost, or the broker cannot be reached or does not answer in time:
    /// nothing is lost then, the message comes again when its lease runs out. Other faults are thrown.
    /// </summary>
    /// <param name="queue">The queue that the delivery came from.</param>
    /// <param name="delivery">What was received.</param>
    /// <param name="settlement">The handler's word.</param>
    /// <param name="actions">Whoever holds the lease.</param>
    /// <param name="cancellationToken">What was handled and is not settled is handled again: give one that outlives a stop of the
    /// host.</param>
    public async Task<bool> SettleAsync(
        string queue,
        ServiceBusReceivedMessage delivery,
        Settlement settlement,
        IDeliveryActions actions,
        CancellationToken cancellationToken
    )
    {
        var plan = RetryPlan.Of(queue, delivery, settlement, options, clock.GetUtcNow());
        try
        {
            await TimeLimits.WithinAsync(
                TimeLimits.Answer,
                clock,
                token => CarryOutAsync(queue, delivery, plan, actions, token),
                cancellationToken
            );
            AzureMetrics.RecordSettled(queue, plan.Outcome);
            return true;
        }
        catch (Exception fault) when (ServiceBusFaults.IsLeaseLost(fault))
        {
            AzureMetrics.RecordSettled(queue, RetryPlan.Unsettled);
            Log.LeaseLost(logger, queue, delivery.MessageId);
            return false;
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            AzureMetrics.RecordSettled(queue, RetryPlan.Unsettled);
            Log.NotSettled(logger, queue, delivery.MessageId, fault);
            return false;
        }
    }

    private async Task CarryOutAsync(
        string queue,
        ServiceBusReceivedMessage delivery,
        RetryPlan plan,
        IDeliveryActions actions,
        CancellationToken cancellationToken
    )
    {
        switch (plan)
        {
            case RetryPlan.Complete:
                await actions.CompleteAsync(delivery, cancellationToken);
                break;
            case RetryPlan.Abandon:
                await actions.AbandonAsync(delivery, cancellationToken);
                break;
            case RetryPlan.PutAside aside:
                Log.PutAside(logger, queue, delivery.MessageId, aside.Reason, MaskedAddresses.In(aside.Description));
                await actions.DeadLetterAsync(delivery, aside.Reason, aside.Description, cancellationToken);
                break;
            case RetryPlan.SendCopy again:
                await senders.Of(queue).SendMessageAsync(again.Copy, cancellationToken);
                await actions.CompleteAsync(delivery, cancellationToken);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Message {MessageId} of {Queue} lost its lease while it was handled; it comes again.")]
        public static partial void LeaseLost(ILogger logger, string queue, string messageId);

        [LoggerMessage(LogLevel.Warning, "Message {MessageId} of {Queue} could not be settled; it comes again.")]
        public static partial void NotSettled(ILogger logger, string queue, string messageId, Exception fault);

        [LoggerMessage(LogLevel.Error, "Message {MessageId} of {Queue} goes to the dead letter, {Reason}: {Description}")]
        public static partial void PutAside(ILogger logger, string queue, string messageId, string reason, string? description);
    }
}
