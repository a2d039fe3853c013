using Signals.Core.Platform.Messaging;

namespace Signals.Testing.Cost;

/// <summary>
/// Counts operations as Service Bus bills them: a message sent or delivered is one for each 64 KB begun, properties included; completing,
/// putting aside and renewing are one each. A retry with a delay is a scheduled copy and a completion, as the adapter does it.
/// </summary>
public sealed class MeteredMessageQueue(IMessageQueue inner, BillingMeter meter) : IMessageQueue
{
    private const int BilledBytes = 64 * 1024;

    /// <summary>Message id, properties and AMQP framing take less.</summary>
    private const int HeaderBytes = 512;

    public Task SendAsync(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            meter.Count(BilledKind.Send, queue, Steps(message.Body));
        return inner.SendAsync(queue, messages, cancellationToken);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue,
        int maxMessages,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var messages = await inner.ReceiveAsync(queue, maxMessages, lease, cancellationToken);
        foreach (var message in messages)
            meter.Count(BilledKind.Deliver, queue, Steps(message.Body));
        return messages;
    }

    public Task<bool> RenewAsync(QueueMessage message, TimeSpan lease, CancellationToken cancellationToken)
    {
        meter.Count(BilledKind.Settle, message.Queue);
        return inner.RenewAsync(message, lease, cancellationToken);
    }

    public Task SettleAsync(IReadOnlyList<SettledMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var (message, settlement) in messages)
        {
            meter.Count(BilledKind.Settle, message.Queue);
            if (settlement is Settlement.Retry)
                meter.Count(BilledKind.Send, message.Queue, Steps(message.Body));
        }
        return inner.SettleAsync(messages, cancellationToken);
    }

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken) =>
        inner.GetDepthAsync(queue, cancellationToken);

    private static int Steps(ReadOnlyMemory<byte> body) => (body.Length + HeaderBytes + BilledBytes - 1) / BilledBytes;
}
