namespace Signals.Core.Intake.Ingestion;

/// <summary>How events are taken in.</summary>
public sealed class IngestionOptions
{
    /// <summary>Senders give up after 10 seconds.</summary>
    private static readonly TimeSpan LongestGatherTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Memory that packed events may take while they wait for the queue, in bytes, over all requests; beyond it senders are told to come
    /// again. 8 MiB or more; default 32 MiB.
    /// </summary>
    public int MaxWaitingBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How long a request waits for the queue before its sender is told to come again. Over zero; default 20 seconds.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>When a sender that met a full or unreachable queue should come again. Default 2 seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long events wait for others to share their message before it is sent, and so the most that this adds to an answer; zero to
    /// 5 seconds, default zero. A queue that bills by the message is worth waiting for; <see cref="ForServiceBus"/> is how long.
    /// </summary>
    public TimeSpan GatherTime { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Requests a second, in this process, from which on events wait for others; under it everything is sent at once. Over zero; default 1.
    /// </summary>
    public double GatherAbove { get; set; } = 1;

    /// <summary>
    /// The <see cref="GatherTime"/> for Service Bus: three workers that share 100 calls a second each fill a message with 100 events.
    /// </summary>
    public static readonly TimeSpan ForServiceBus = TimeSpan.FromSeconds(3);

    /// <summary>Throws <see cref="ArgumentException"/> naming the option, what was found and what is expected.</summary>
    public void Validate()
    {
        const int LeastWaiting = 8 * 1024 * 1024;
        if (MaxWaitingBytes < LeastWaiting)
            throw new OptionException(nameof(MaxWaitingBytes), MaxWaitingBytes, $"at least {LeastWaiting}");
        if (SendTimeout <= TimeSpan.Zero)
            throw new OptionException(nameof(SendTimeout), SendTimeout, "more than zero");
        if (RetryAfter <= TimeSpan.Zero)
            throw new OptionException(nameof(RetryAfter), RetryAfter, "more than zero");
        if (GatherTime < TimeSpan.Zero || GatherTime > LongestGatherTime)
            throw new OptionException(nameof(GatherTime), GatherTime, $"zero to {LongestGatherTime}");
        if (!(GatherAbove > 0))
            throw new OptionException(nameof(GatherAbove), GatherAbove, "more than zero");
    }

    private sealed class OptionException(string option, object found, string expected)
        : ArgumentException($"Ingestion option {option}: found {found}, expected {expected}.");
}
