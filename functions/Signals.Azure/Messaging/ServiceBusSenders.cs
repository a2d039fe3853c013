using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace Signals.Azure.Messaging;

/// <summary>One sender a queue, kept open: opening its link costs a round trip or two. The client closes them.</summary>
public sealed class ServiceBusSenders(ServiceBusClient client)
{
    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new(StringComparer.OrdinalIgnoreCase);

    public ServiceBusSender Of(string queue) => _senders.GetOrAdd(queue, static (name, client) => client.CreateSender(name), client);
}
