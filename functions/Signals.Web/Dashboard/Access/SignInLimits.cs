using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// How often sign-in may be tried in vain: so many times a minute from one address, and so many from all of them together.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    public const int PerAddress = 20;
    public const int Together = 100;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The part of an IPv6 address that one customer of a provider holds.</summary>
    private const int NetworkBytes = 8;

    // The address comes first: who is refused there takes nothing from everybody else's share.
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => Options(PerAddress))
        ),
        PartitionedRateLimiter.Create<HttpContext, string>(_ =>
            RateLimitPartition.GetFixedWindowLimiter("together", _ => Options(Together))
        )
    );

    /// <summary>Counts an attempt; false when there were too many.</summary>
    public bool Allows(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static FixedWindowRateLimiterOptions Options(int permits) => new() { PermitLimit = permits, Window = Window };

    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
