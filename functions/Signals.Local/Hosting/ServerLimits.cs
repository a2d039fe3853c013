using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Signals.Local.Hosting;

/// <summary>
/// What whoever comes may take of the server before it is known who they are. A request line that is too long is answered 414, headers that
/// are too many or too large 431, headers that do not come in time 408; a body that trickles is cut off where it is read.
/// </summary>
public sealed record ServerLimits
{
    /// <summary>Least that may be set: a browser alone opens several.</summary>
    public const int LeastConnections = 16;

    /// <summary>Most that may be set.</summary>
    public const int MostConnections = 100_000;

    /// <summary>
    /// The pool's threads a processor. It gives one back only when its work ends; with as many as there are processors a probe would wait
    /// for whoever reads a large batch or folds. The system lets more of them take turns, and first those that need little.
    /// </summary>
    private const int ThreadsOfProcessor = 4;

    private const int RequestLineBytes = 8 * 1024;
    private const int HeaderBytes = 32 * 1024;
    private const int HeaderCount = 100;

    /// <summary>
    /// SIGNALS_MAX_CONNECTIONS: connections that are served at once. A quarter more are told to come again; the next are closed.
    /// Default: 4,000.
    /// </summary>
    public int Connections { get; init; } = 4_000;

    /// <summary>From the first byte of a request to the last of its headers; over a second. Default: 15 seconds.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Bytes a second that a body must come with, and how long it may be slower, over a second. Default: 240, from 5 seconds on.
    /// </summary>
    public MinDataRate BodyRate { get; init; } = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    internal void Set(KestrelServerOptions kestrel, ConnectionLimit connections)
    {
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = Connections + Math.Max(LeastConnections, Connections / 4);
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.RequestHeadersTimeout = HeaderTime;
        limits.MinRequestBodyDataRate = BodyRate;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(connections.Count));
    }

    /// <summary>Has threads at hand for what is quickly answered, however many are at work.</summary>
    internal static void SetThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int waiters);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsOfProcessor * Environment.ProcessorCount), waiters);
    }
}
