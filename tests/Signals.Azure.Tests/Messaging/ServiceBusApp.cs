using Microsoft.Extensions.Logging.Abstractions;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;

namespace Signals.Azure.Tests.Messaging;

/// <summary>The queue as a host composes it, over a namespace in memory.</summary>
internal sealed class ServiceBusApp
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public ServiceBusApp()
    {
        Bus = new FakeServiceBus(Clock);
        var senders = new ServiceBusSenders(Bus);
        Settler = new ServiceBusSettler(senders, Options, Clock, NullLogger<ServiceBusSettler>.Instance);
        Queue = new ServiceBusMessageQueue(Bus, senders, Settler, Clock);
        DeadLetters = new ServiceBusDeadLetters(Bus, senders, Clock, NullLogger<ServiceBusDeadLetters>.Instance);
    }

    public VirtualClock Clock { get; } = new(Noon);

    public MessageQueueOptions Options { get; } = new() { MaxDeliveryCount = FakeServiceBus.MaxDeliveries };

    public FakeServiceBus Bus { get; }

    public ServiceBusSettler Settler { get; }

    public ServiceBusMessageQueue Queue { get; }

    public ServiceBusDeadLetters DeadLetters { get; }
}
