using Azure.Messaging.ServiceBus;

namespace Signals.Azure.Tests.Messaging;

internal static class Received
{
    /// <summary>A delivery as the client hands it over.</summary>
    public static ServiceBusReceivedMessage Message(
        BinaryData? body = null,
        string messageId = "m1",
        IDictionary<string, object>? properties = null,
        int deliveryCount = 1,
        Guid? lockToken = null,
        DateTimeOffset lockedUntil = default,
        long sequence = 1,
        DateTimeOffset enqueued = default,
        bool isScheduled = false
    ) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: body ?? BinaryData.FromString("body"),
            messageId: messageId,
            timeToLive: TimeSpan.FromDays(14),
            properties: properties ?? new Dictionary<string, object>(StringComparer.Ordinal),
            lockTokenGuid: lockToken ?? Guid.NewGuid(),
            deliveryCount: deliveryCount,
            lockedUntil: lockedUntil,
            sequenceNumber: sequence,
            enqueuedTime: enqueued,
            serviceBusMessageState: isScheduled ? ServiceBusMessageState.Scheduled : ServiceBusMessageState.Active
        );
}
