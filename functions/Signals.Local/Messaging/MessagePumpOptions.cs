using static Signals.Local.Storage.OptionCheck;

namespace Signals.Local.Messaging;

/// <summary>How the local pump reads its queues.</summary>
public sealed class MessagePumpOptions
{
    /// <summary>Batches of one queue that are handled at once, 1 to 64. Default: 2.</summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>Queues with a number of their own, by name.</summary>
    public Dictionary<string, int> Concurrencies { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// How long a batch is leased, at least a second; it is renewed every third of that while its handler runs. Default: 1 minute.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the pump rests when the queue itself cannot be read. Default: 1 second.</summary>
    public TimeSpan RestAfterFault { get; set; } = TimeSpan.FromSeconds(1);

    internal int ConcurrencyOf(string queue) => Concurrencies.GetValueOrDefault(queue, Concurrency);

    internal void Validate()
    {
        Require(Concurrency is >= 1 and <= 64, "MessagePumpOptions.Concurrency", Concurrency, "1 to 64");
        foreach (var (queue, concurrency) in Concurrencies)
            Require(concurrency is >= 1 and <= 64, $"MessagePumpOptions.Concurrencies[{queue}]", concurrency, "1 to 64");
        Require(Lease >= TimeSpan.FromSeconds(1), "MessagePumpOptions.Lease", Lease, "a second or more");
        Require(RestAfterFault > TimeSpan.Zero, "MessagePumpOptions.RestAfterFault", RestAfterFault, "more than zero");
    }
}
