namespace Signals.Core.Platform.Messaging;

/// <summary>How queues treat messages that fail, alike on every adapter.</summary>
public sealed class MessageQueueOptions
{
    /// <summary>
    /// Deliveries after which a message that is given back, or whose lease runs out, goes to the dead letter. Default: 10.
    /// </summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Queues with a limit of their own, by name.</summary>
    public IReadOnlyDictionary<string, int> MaxDeliveryCounts { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The delay after the first failed delivery; it doubles with each. Default: 1 second.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No default delay is longer. Default: 5 minutes.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromMinutes(5);

    public int MaxDeliveriesOf(string queue) => MaxDeliveryCounts.GetValueOrDefault(queue, MaxDeliveryCount);

    /// <summary>The delay of a message given back without one, after its <paramref name="deliveryCount"/>th delivery.</summary>
    public TimeSpan RetryDelay(int deliveryCount)
    {
        double factor = Math.Pow(2, Math.Clamp(deliveryCount - 1, 0, 40));
        return TimeSpan.FromTicks((long)Math.Min(LongestRetryDelay.Ticks, FirstRetryDelay.Ticks * factor));
    }
}
