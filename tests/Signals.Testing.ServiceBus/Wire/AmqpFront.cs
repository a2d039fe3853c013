using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Sasl;
using Microsoft.Azure.Amqp.Transport;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>
/// Listens, and leads every link that a client opens to what its address names: a queue, its dead letter, its management, or $cbs.
/// </summary>
internal sealed class AmqpFront : IRuntimeProvider
{
    private const string Tokens = "$cbs";
    private const string Management = "/$management";

    private readonly ServiceBusDouble _broker;
    private readonly AmqpConnectionListener _listener;
    private readonly ConcurrentDictionary<AmqpConnection, bool> _connections = new();
    private readonly ConcurrentDictionary<string, RequestNode> _nodes = new(StringComparer.OrdinalIgnoreCase);

    public AmqpFront(ServiceBusDouble broker, int port)
    {
        _broker = broker;
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(new AmqpVersion(1, 0, 0));
        // By this mechanism clients say that they will bring their tokens to $cbs.
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        var amqp = new AmqpTransportProvider();
        amqp.Versions.Add(new AmqpVersion(1, 0, 0));
        var settings = new AmqpSettings { RuntimeProvider = this };
        settings.TransportProviders.Add(sasl);
        settings.TransportProviders.Add(amqp);
        _listener = new AmqpConnectionListener(
            [$"amqp://127.0.0.1:{port}"],
            settings,
            new AmqpConnectionSettings { ContainerId = "signals-broker", MaxFrameSize = 64 * 1024 }
        );
    }

    public void Open() => _listener.Open();

    public void Close()
    {
        _listener.Close();
        DropConnections();
    }

    public void DropConnections()
    {
        foreach (var connection in _connections.Keys)
            connection.Abort();
    }

    public AmqpConnection CreateConnection(
        TransportBase transport,
        ProtocolHeader protocolHeader,
        bool isInitiator,
        AmqpSettings amqpSettings,
        AmqpConnectionSettings connectionSettings
    )
    {
        var connection = new AmqpConnection(transport, protocolHeader, isInitiator: false, amqpSettings, connectionSettings);
        _connections[connection] = true;
        connection.SafeAddClosed((_, _) => _connections.TryRemove(connection, out bool _));
        return connection;
    }

    public AmqpSession CreateSession(AmqpConnection connection, AmqpSessionSettings settings) => new(connection, settings, this);

    public AmqpLink CreateLink(AmqpSession session, AmqpLinkSettings settings)
    {
        settings.MaxMessageSize = _broker.Settings.MaxMessageBytes;
        return settings.Role == true ? new ReceivingAmqpLink(session, settings) : new SendingAmqpLink(session, settings);
    }

    public IAsyncResult BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state) =>
        TaskToAsyncResult.Begin(OpenAsync(link), callback, state);

    public void EndOpenLink(IAsyncResult result) => TaskToAsyncResult.End(result);

    private async Task OpenAsync(AmqpLink link)
    {
        string address = AddressOf(link);
        bool isRequests =
            address.Equals(Tokens, StringComparison.OrdinalIgnoreCase) || address.EndsWith(Management, StringComparison.OrdinalIgnoreCase);
        if (isRequests)
            _nodes.GetOrAdd(address, CreateNode).Attach(link);
        else if (await Faulty.BeforeAsync(_broker.Faults.Take(link.IsReceiver ? BrokerCall.OpenSender : BrokerCall.OpenReceiver)))
            Attach(link, _broker.Find(address));
        else
            await Task.Delay(Timeout.Infinite);
    }

    private void Attach(AmqpLink link, BrokerQueue queue)
    {
        if (link is ReceivingAmqpLink sender)
            _ = new SenderEnd(queue, sender, _broker.Faults);
        else
            _ = new ReceiverEnd(queue, (SendingAmqpLink)link, _broker.Faults);
    }

    private RequestNode CreateNode(string address) =>
        address.Equals(Tokens, StringComparison.OrdinalIgnoreCase)
            ? new TokenNode(_broker.Faults)
            : new ManagementNode(_broker.Find(address[..^Management.Length]), _broker.Faults);

    private static string AddressOf(AmqpLink link)
    {
        var address = link.IsReceiver ? (link.Settings.Target as Target)?.Address : (link.Settings.Source as Source)?.Address;
        return address?.ToString()?.Trim('/') ?? throw new AmqpException(AmqpErrorCode.InvalidField, "A link needs an address.");
    }
}
