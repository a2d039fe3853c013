using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Azure.Messaging;
using Signals.Azure.Settings;
using Signals.Core.Platform.Messaging;
using Signals.Testing;
using Signals.Testing.ServiceBus;

namespace Signals.Azure.Tests.Messaging;

/// <summary>
/// The queue as a host composes it, with the official client, on a broker of its own under a clock that is moved by hand.
/// </summary>
public sealed class BrokerApp : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceBusClient _client;

    public BrokerApp()
        : this(broker => ServiceBusClients.Create(new ServiceAccess(broker.ConnectionString))) { }

    private BrokerApp(Func<ServiceBusDouble, ServiceBusClient> connect)
    {
        Broker = ServiceBusDouble.Start(time: Clock);
        _client = connect(Broker);
        var senders = new ServiceBusSenders(_client);
        Settler = new ServiceBusSettler(senders, new MessageQueueOptions(), Clock, NullLogger<ServiceBusSettler>.Instance);
        Queue = new ServiceBusMessageQueue(_client, senders, Settler, Clock);
        DeadLetters = new ServiceBusDeadLetters(_client, senders, Clock, NullLogger<ServiceBusDeadLetters>.Instance);
    }

    public TimerClock Clock { get; } = new(Noon);

    public ServiceBusDouble Broker { get; }

    public ServiceBusSettler Settler { get; }

    public ServiceBusMessageQueue Queue { get; }

    public ServiceBusDeadLetters DeadLetters { get; }

    /// <summary>One whose client tries again at once, so often, and waits for no answer longer than a second.</summary>
    public static BrokerApp WithRetries(int retries) =>
        new(broker => new ServiceBusClient(
            broker.ConnectionString,
            new ServiceBusClientOptions
            {
                RetryOptions = new ServiceBusRetryOptions
                {
                    MaxRetries = retries,
                    Delay = TimeSpan.FromMilliseconds(20),
                    TryTimeout = TimeSpan.FromSeconds(1),
                },
            }
        ));

    /// <summary>Sends what nobody of ours would.</summary>
    public async Task SendForeignAsync(string queue, AmqpAnnotatedMessage message)
    {
        var envelope = new ServiceBusMessage();
        envelope.GetRawAmqpMessage().Body = message.Body;
        envelope.MessageId = message.Properties.MessageId?.ToString();
        await _client.CreateSender(queue).SendMessageAsync(envelope);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
