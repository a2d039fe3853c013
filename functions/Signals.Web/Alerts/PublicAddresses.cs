using System.Net;
using System.Net.Sockets;

namespace Signals.Web.Alerts;

/// <summary>
/// Connects to what can be reached from everywhere, and to nothing inside: not to this machine, its neighbours, or what a cloud tells its
/// machines (169.254.169.254). The address that was looked at is the one connected to, so that a name which answers differently the second
/// time gains nothing.
/// </summary>
/// <param name="allowed">Networks inside that may be reached all the same.</param>
internal sealed class PublicAddresses(IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>IANA's special-purpose registries of IPv4 and IPv6 addresses: what is not for the whole Internet.</summary>
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="PrivateAddressException">The name leads inside.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        string host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        // What a proxy of this machine's settings connects to is the proxy's to decide.
        bool isProxy = !string.Equals(
            host,
            context.InitialRequestMessage.RequestUri?.IdnHost.Trim('[', ']'),
            StringComparison.OrdinalIgnoreCase
        );
        IPAddress[] reachable = isProxy ? addresses : [.. addresses.Where(MayReach)];
        if (reachable.Length == 0)
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public bool MayReach(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return allowed.Any(network => network.Contains(address)) || !Inside.Any(network => network.Contains(address));
    }
}

/// <summary>A name that leads to an address inside a private network.</summary>
internal sealed class PrivateAddressException() : Exception("the address is inside a private network, and no setting allows it");
