using System.Net;
using Microsoft.AspNetCore.Http;
using Signals.Core.Response.Mail;

namespace Signals.Web.Ingestion;

/// <summary>
/// Where the SDK that asks reaches this app: <paramref name="Protocol"/> is <c>http</c> or <c>https</c>, <paramref name="Host"/> the host
/// with its port and the path before <c>/v1</c>, as in <c>signals.example</c> or <c>www.example.com/ev</c>.
/// </summary>
internal sealed record SdkAddress(string Protocol, string Host)
{
    /// <summary>
    /// The address as the sender has it. A proxy that takes TLS off, or a path, leaves the app with less: then the address that customers
    /// see says it where the host is the same, and so does the origin of a page, for a page on https asks nobody over http but this
    /// machine.
    /// </summary>
    public static SdkAddress Of(HttpRequest request, PublicAddress? address)
    {
        string host = request.Host.Value ?? "";
        string path = request.PathBase.ToUriComponent();
        if (
            Uri.TryCreate(address?.Url, UriKind.Absolute, out var ours)
            && string.Equals(ours.Authority, host, StringComparison.OrdinalIgnoreCase)
        )
            return new SdkAddress(ours.Scheme, host + ours.AbsolutePath.TrimEnd('/') + path);
        bool isSecure =
            request.IsHttps
            || (!IsThisMachine(request.Host.Host) && request.Headers.Origin.ToString().StartsWith("https://", StringComparison.Ordinal));
        return new SdkAddress(isSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, host + path);
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
