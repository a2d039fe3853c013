using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Signals.Web.Security;

/// <summary>
/// The TLS proxies that stand before this app: what they say of who asked and how (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>) is
/// believed, and nobody else's word of it, for anybody can write such a header.
/// </summary>
public sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>What is expected of a setting that names proxies.</summary>
    public const string Expected = "addresses or networks separated by commas, such as 127.0.0.1, 10.1.0.0/16";

    /// <summary>Nobody's word is believed.</summary>
    public static TrustedProxies None { get; } = new([]);

    /// <summary>Reads a list; null when something in it is neither an address nor a network.</summary>
    public static TrustedProxies? Parse(string? text) => ParseNetworks(text) is { } networks ? new TrustedProxies(networks) : null;

    /// <summary>Addresses and networks of a list; null when something in it is neither.</summary>
    public static IReadOnlyList<IPNetwork>? ParseNetworks(string? text)
    {
        var networks = new List<IPNetwork>();
        foreach (string one in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(one, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(one, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return null;
        }
        return networks;
    }

    /// <summary>Puts client address and scheme right, from as many named proxies as stand one behind the other.</summary>
    internal void Use(IApplicationBuilder app)
    {
        if (Networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
