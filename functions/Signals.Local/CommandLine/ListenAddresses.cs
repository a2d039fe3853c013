using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Signals.Local.CommandLine;

/// <summary>What <c>--urls</c> may say, and what is said when nobody can listen there.</summary>
internal static class ListenAddresses
{
    private const string Expected = "addresses such as http://127.0.0.1:5080, separated by semicolons";

    /// <summary>Throws <see cref="UsageException"/> for what is no address to listen on.</summary>
    public static void Check(string urls)
    {
        string[] each = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (each.Length == 0)
            throw new UsageException($"--urls: found nothing, expected {Expected}");
        foreach (string url in each)
        {
            if (Complaint(url) is { } complaint)
                throw new UsageException($"--urls: {complaint}");
        }
    }

    /// <summary>What to mend when the server could not begin to listen; null for a fault of another kind.</summary>
    public static string? Refusal(Exception fault, string urls) =>
        Causes(fault).OfType<AddressInUseException>().Any()
            ? $"--urls: another process listens on {urls}; stop it, or choose another port: --urls {Next(urls)}"
        : Causes(fault).OfType<SocketException>().FirstOrDefault() is { } socket
            ? socket.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"--urls: another process listens on {urls}; stop it, or choose another port: --urls {Next(urls)}",
                SocketError.AccessDenied =>
                    $"--urls: this user may not listen on {urls} (ports under 1024 are the system's); choose another port",
                SocketError.AddressNotAvailable =>
                    $"--urls: this machine has no such address as in {urls}; http://0.0.0.0:5080 listens on all it has",
                _ => $"--urls: nobody can listen on {urls} ({socket.Message})",
            }
        : fault is InvalidOperationException && urls.Contains("https:", StringComparison.OrdinalIgnoreCase)
            ? $"--urls: https needs a certificate ({fault.Message.Split('\n')[0].TrimEnd('.')}); serve http and put a TLS proxy in front"
        : null;

    private static string? Complaint(string url)
    {
        if (int.TryParse(url, NumberStyles.None, CultureInfo.InvariantCulture, out int port))
            return $"found \"{url}\", expected an address and not a port alone: "
                + $"http://127.0.0.1:{(port is > 0 and <= 65535 ? port : 5080)}";
        if (!url.Contains("://", StringComparison.Ordinal))
            return $"found \"{url}\", expected an address with its scheme: http://{url}";
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return $"found \"{url}\", expected {Expected}";
        }
        if (address.Scheme is not ("http" or "https"))
            return $"found the scheme \"{address.Scheme}\" in \"{url}\", expected http (or https, with a certificate)";
        if (address.Port is < 0 or > 65535)
            return $"found port {address.Port} in \"{url}\", expected 0 to 65535 (0: any that is free)";
        return address.PathBase.Length > 0
            ? $"found the path \"{address.PathBase}\" in \"{url}\", expected an address without one; SIGNALS_EVENTS_PATH takes "
                + $"events under a path"
            : null;
    }

    /// <summary>The same addresses, one port further.</summary>
    private static string Next(string urls)
    {
        var address = BindingAddress.Parse(urls.Split(';')[0]);
        return $"{address.Scheme}://{address.Host}:{(address.Port < 65535 ? address.Port + 1 : 5080)}";
    }

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
            yield return fault;
    }
}
