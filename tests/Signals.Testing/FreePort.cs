using System.Net;
using System.Net.Sockets;

namespace Signals.Testing;

/// <summary>A port on this machine on which nobody listens.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
