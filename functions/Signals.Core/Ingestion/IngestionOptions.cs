namespace Signals.Core.Ingestion;

/// <summary>How events are taken in.</summary>
public sealed class IngestionOptions
{
    /// <summary>Memory that packed events may take while they wait for the queue, in bytes, over all requests; beyond it senders are told to come again. 8 MiB or more; default 32 MiB.</summary>
    public int MaxWaitingBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How long a request waits for the queue before its sender is told to come again. Over zero; default 20 seconds.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>When a sender that met a full or unreachable queue should come again. Default 2 seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);

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
    }

    private sealed class OptionException(string option, object found, string expected)
        : ArgumentException($"Ingestion option {option}: found {found}, expected {expected}.");
}
