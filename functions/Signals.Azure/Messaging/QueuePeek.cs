using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Messaging;

/// <summary>
/// Looks into a queue without taking anything. How many items its messages hold the broker does not know, and how many messages it tells
/// only by its management interface: what can be seen is counted instead, up to a bound, and it is said when there is more.
/// </summary>
internal sealed class QueuePeek(ServiceBusClient client, string queue, TimeProvider clock)
{
    /// <summary>
    /// Messages that are looked at in the queue, and again in its dead letter: four requests and some megabytes each at most.
    /// </summary>
    internal const int MaxMessages = 1000;

    private const int PageSize = 250;

    private const long MaxBytes = 8 * 1024 * 1024;

    public async Task<QueueDepth> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var counts = await TimeLimits.WithinAsync(
                TimeLimits.Answer,
                clock,
                token => Task.WhenAll(CountAsync(SubQueue.None, token), CountAsync(SubQueue.DeadLetter, token)),
                cancellationToken
            );
            var (waiting, dead) = (counts[0], counts[1]);
            return new QueueDepth(waiting.Messages, waiting.Items, dead.Messages, dead.Items, waiting.Oldest)
            {
                IsAtLeast = waiting.HasMore || dead.HasMore,
            };
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(queue, fault);
        }
    }

    /// <summary>One request that shows whether the queue can be read.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TimeLimits.WithinAsync(TimeLimits.Probe, clock, PeekAsync, cancellationToken);
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(queue, fault);
        }
    }

    private async Task PeekAsync(CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue);
        await receiver.PeekMessageAsync(cancellationToken: cancellationToken);
    }

    private async Task<Count> CountAsync(SubQueue part, CancellationToken cancellationToken)
    {
        // A receiver remembers how far it has peeked: each count starts from the front with its own.
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = part });
        var count = new Count(0, 0, null, HasMore: false);
        long bytes = 0;
        long? from = null;
        while (true)
        {
            var page = await receiver.PeekMessagesAsync(PageSize, from, cancellationToken);
            if (page.Count == 0)
                return count;
            if (count.Messages >= MaxMessages || bytes >= MaxBytes)
                return count with { HasMore = true };
            foreach (var message in page)
            {
                count = new Count(
                    count.Messages + 1,
                    count.Items + ServiceBusDelivery.ItemsOf(message),
                    Earlier(count.Oldest, ServiceBusDelivery.WaitsSince(message)),
                    HasMore: false
                );
                bytes += ServiceBusDelivery.BodyOf(message).Length;
            }
            from = page[^1].SequenceNumber + 1;
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private readonly record struct Count(long Messages, long Items, DateTimeOffset? Oldest, bool HasMore);
}
