using Azure.Messaging.ServiceBus;
using Signals.Azure.Settings;

namespace Signals.Azure.Messaging;

internal static class ServiceBusClients
{
    /// <summary>Retries within the client end in time for an SDK that waits for its answer, and for a lease.</summary>
    private static readonly ServiceBusRetryOptions Retries = new()
    {
        MaxRetries = 2,
        Delay = TimeSpan.FromSeconds(0.5),
        MaxDelay = TimeSpan.FromSeconds(4),
        TryTimeout = TimeSpan.FromSeconds(10),
    };

    public static ServiceBusClient Create(ServiceAccess access)
    {
        var options = new ServiceBusClientOptions { RetryOptions = Retries };
        return access.ConnectionString is { } connection
            ? new ServiceBusClient(connection, options)
            : new ServiceBusClient(access.Address, access.Credential(), options);
    }
}
