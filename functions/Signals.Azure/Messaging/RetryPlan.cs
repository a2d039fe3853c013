using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Messaging;

/// <summary>
/// What is done to one delivery so that the broker does what the handler's <see cref="Settlement"/> says. The same for every reader of the
/// queues: the function app's triggers, tools, tests.
/// </summary>
/// <remarks>
/// Service Bus gives a message back at once or not at all; it cannot be abandoned with a delay, and ten deliveries within a second would
/// dead-letter a message because of an outage of a minute. So a retry that is to wait is a scheduled copy that carries the deliveries so
/// far, sent before the delivery is completed: a crash between the two leaves both, which handlers bear, and never none. Every copy has
/// used up one delivery more than the one before, so the chain ends in the dead letter at the queue's limit.
/// </remarks>
public abstract record RetryPlan
{
    private RetryPlan(string outcome) => Outcome = outcome;

    /// <summary>The outcome of a plan that could not be carried out.</summary>
    internal const string Unsettled = "unsettled";

    private const string Completed = "completed";
    private const string Retried = "retried";
    private const string DeadLettered = "dead_lettered";

    /// <summary>How it is counted.</summary>
    internal string Outcome { get; }

    /// <summary>The dead letter's reason when the delivery limit is reached.</summary>
    public const string TooManyDeliveries = "TooManyDeliveries";

    /// <summary>The dead letter's reason when the handler says that the message can never be handled.</summary>
    public const string CannotBeHandled = "CannotBeHandled";

    /// <param name="queue">The queue that the delivery came from; it has its own delivery limit.</param>
    /// <param name="delivery">What was received.</param>
    /// <param name="settlement">The handler's word; not heard for a body that no handler can have read.</param>
    /// <param name="options">Delivery limits and delays.</param>
    /// <param name="now">Delays count from here.</param>
    public static RetryPlan Of(
        string queue,
        ServiceBusReceivedMessage delivery,
        Settlement settlement,
        MessageQueueOptions options,
        DateTimeOffset now
    )
    {
        if (ServiceBusDelivery.FaultOf(delivery) is { } fault)
            return new PutAside(CannotBeHandled, fault);
        int deliveries = ServiceBusDelivery.DeliveryCount(delivery);
        switch (settlement)
        {
            case Settlement.Complete:
                return new Complete();
            case Settlement.DeadLetter dead:
                return new PutAside(CannotBeHandled, MessageLimits.CutReason(dead.Reason));
            case Settlement.Retry retry when deliveries >= options.MaxDeliveriesOf(queue):
                return new PutAside(TooManyDeliveries, MessageLimits.CutReason(retry.Reason));
            case Settlement.Retry retry:
                var delay = retry.Delay ?? options.RetryDelay(deliveries);
                return delay > TimeSpan.Zero ? new SendCopy(ServiceBusDelivery.CopyFor(delivery, now + delay)) : new Abandon();
            default:
                throw new ArgumentOutOfRangeException(nameof(settlement), settlement, "A settlement is Complete, Retry or DeadLetter.");
        }
    }

    /// <summary>Handled: the message goes.</summary>
    public sealed record Complete() : RetryPlan(Completed);

    /// <summary>Given back at once; the broker counts the delivery.</summary>
    public sealed record Abandon() : RetryPlan(Retried);

    /// <summary>To the dead letter, with a reason that can be counted and the words of what happened.</summary>
    public sealed record PutAside(string Reason, string Description) : RetryPlan(DeadLettered);

    /// <summary>The copy is sent, and only then is the delivery completed.</summary>
    public sealed record SendCopy(ServiceBusMessage Copy) : RetryPlan(Retried);
}
