using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Messaging;

/// <summary>Which of the client's exceptions say that the broker is busy, out of reach or closed to us for now.</summary>
internal static class ServiceBusFaults
{
    /// <summary>How long a sender should rest when the namespace throttles it.</summary>
    private static readonly TimeSpan BusyRest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Every fault of the broker or of the way to it, a missing right or queue included: a person mends those while messages wait. Not a
    /// message that is too large, which no waiting mends.
    /// </summary>
    public static bool IsPassing(Exception fault, CancellationToken cancellationToken) =>
        fault switch
        {
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            ServiceBusException { Reason: ServiceBusFailureReason.MessageSizeExceeded } => false,
            ServiceBusException or UnauthorizedAccessException or AuthenticationFailedException or RequestFailedException => true,
            TimeoutException or SocketException or IOException => true,
            _ => false,
        };

    public static bool IsLeaseLost(Exception fault) =>
        fault is ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.MessageNotFound };

    public static TransientStoreException ToTransient(string queue, Exception fault) =>
        new(
            $"The queue '{queue}' cannot be used now: {fault.Message}",
            fault,
            fault is ServiceBusException { Reason: ServiceBusFailureReason.ServiceBusy } ? BusyRest : null
        );
}
