using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Signals.Testing.ServiceBus.Wire;

namespace Signals.Testing.ServiceBus;

/// <summary>
/// A Service Bus namespace for tests, in this process, on a loopback port of its own: the official client talks to it as to the emulator,
/// over AMQP 1.0. It does what our adapters need of a broker, by a clock that tests may move, and goes wrong when told to.
/// </summary>
public sealed class ServiceBusDouble : IAsyncDisposable
{
    private const string Deadletters = "/$deadletterqueue";

    private readonly BrokerSettings _settings;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, BrokerQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly AmqpFront _front;

    private ServiceBusDouble(int port, BrokerSettings settings, TimeProvider time)
    {
        Port = port;
        _settings = settings;
        _time = time;
        _front = new AmqpFront(this, port);
    }

    public int Port { get; }

    /// <summary>What the client and the function app are given as the setting <c>ServiceBus</c>.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    public BrokerFaults Faults { get; } = new();

    internal BrokerSettings Settings => _settings;

    /// <summary>Starts a namespace without messages.</summary>
    /// <param name="settings">What is set on its queues.</param>
    /// <param name="time">Its clock; null for the system's. Timers must go off as it is moved.</param>
    public static ServiceBusDouble Start(BrokerSettings? settings = null, TimeProvider? time = null)
    {
        for (int tries = 0; ; tries++)
        {
            var broker = new ServiceBusDouble(FreePort(), settings ?? new BrokerSettings(), time ?? TimeProvider.System);
            try
            {
                broker._front.Open();
                return broker;
            }
            catch (SocketException) when (tries < 10)
            {
                // Somebody else took the port meanwhile.
            }
        }
    }

    /// <summary>A queue, which is there once anybody names it.</summary>
    public BrokerQueue Queue(string name) => _queues.GetOrAdd(name, _ => new BrokerQueue(name, _settings, _time));

    /// <summary>Breaks all connections, as a network does; clients may connect again.</summary>
    public void DropConnections() => _front.DropConnections();

    public ValueTask DisposeAsync()
    {
        _front.Close();
        foreach (var queue in _queues.Values)
        {
            queue.Close();
            queue.DeadLetters!.Close();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>The queue, or the dead letter, that an address names.</summary>
    internal BrokerQueue Find(string address) =>
        address.EndsWith(Deadletters, StringComparison.OrdinalIgnoreCase)
            ? Queue(address[..^Deadletters.Length]).DeadLetters!
            : Queue(address);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
