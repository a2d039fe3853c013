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

    /// <summary>
    /// Requests whose events are read and packed at once. 1 or more; default: the machine's processors.
    /// </summary>
    public int RequestsAtOnce { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Bodies, in bytes, that may wait for their turn; beyond it senders are told to come again. 1 MiB or more; default 16 MiB.
    /// </summary>
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bodies, in bytes, that may come and wait in any case, for a second at most: what some senders at once bring is no overload, however
    /// slow the machine is, and not every sender comes again. Default 1.5 MiB: the batches of forty SDKs, or a handful of the largest.
    /// </summary>
    public int MinQueuedBytes { get; set; } = 1536 * 1024;

    /// <summary>
    /// How long a request may wait for its turn; who would wait longer is told to come again, at the door where that can be told. Over
    /// zero; default 50 milliseconds. A few who wait alone (<see cref="MinQueuedBytes"/>) may wait for a second.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Requests whose events wait for the disk, by the bytes of their bodies, beyond which nobody's turn comes. 1 or more; default 4 MiB: a
    /// dozen of the largest batches, which share one flush.
    /// </summary>
    public int MaxStoringBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Memory that bodies may take while they come in, in bytes, of requests whose key is known already. 8 MiB or more; default 64 MiB.
    /// </summary>
    public int MaxBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The same of requests that have shown no key yet: theirs is in the body. 8 MiB or more; default 16 MiB.</summary>
    public int MaxKeylessBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Events that may wait to be folded; beyond it senders are told to come again. Null, the default, sets no limit: a broker has its own.
    /// </summary>
    public long? MaxBacklogEvents { get; set; }

    /// <summary>
    /// How long a long backlog's oldest message may wait before senders are told to come again. Over zero; default 15 minutes.
    /// </summary>
    public TimeSpan MaxBacklogAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>From so many waiting events on, half of the processors are left to folding them. Default 50,000.</summary>
    public long LongBacklogEvents { get; set; } = 50_000;

    /// <summary>When a sender that met a full backlog should come again. Over zero; default 10 seconds.</summary>
    public TimeSpan BacklogRetryAfter { get; set; } = TimeSpan.FromSeconds(10);

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
        const int LeastQueued = 1024 * 1024;
        if (MaxWaitingBytes < LeastWaiting)
            throw new OptionException(nameof(MaxWaitingBytes), MaxWaitingBytes, $"at least {LeastWaiting}");
        foreach (
            var (name, bytes) in ((string, int)[])[(nameof(MaxBodyBytes), MaxBodyBytes), (nameof(MaxKeylessBodyBytes), MaxKeylessBodyBytes)]
        )
        {
            if (bytes < LeastWaiting)
                throw new OptionException(name, bytes, $"at least {LeastWaiting}");
        }
        if (MaxQueuedBytes < LeastQueued)
            throw new OptionException(nameof(MaxQueuedBytes), MaxQueuedBytes, $"at least {LeastQueued}");
        if (RequestsAtOnce < 1)
            throw new OptionException(nameof(RequestsAtOnce), RequestsAtOnce, "1 or more");
        if (MaxWait <= TimeSpan.Zero)
            throw new OptionException(nameof(MaxWait), MaxWait, "more than zero");
        if (MaxStoringBytes < 1)
            throw new OptionException(nameof(MaxStoringBytes), MaxStoringBytes, "1 or more");
        if (MaxBacklogEvents < 1)
            throw new OptionException(nameof(MaxBacklogEvents), MaxBacklogEvents, "1 or more, or none");
        if (MaxBacklogAge <= TimeSpan.Zero)
            throw new OptionException(nameof(MaxBacklogAge), MaxBacklogAge, "more than zero");
        if (BacklogRetryAfter <= TimeSpan.Zero)
            throw new OptionException(nameof(BacklogRetryAfter), BacklogRetryAfter, "more than zero");
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
