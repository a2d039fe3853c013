using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Messaging;

/// <summary>
/// Queues of a Service Bus namespace. Leases are the broker's: how long one lasts is set on the queue, and what callers ask for is not
/// heard. A message id is remembered for the queue's duplicate detection window, also after its message is gone.
/// </summary>
public sealed class ServiceBusMessageQueue(
    ServiceBusClient client,
    ServiceBusSenders senders,
    ServiceBusSettler settler,
    TimeProvider clock
) : IMessageQueue
{
    /// <summary>A receive that finds nothing ends after this time; the broker needs some to answer at all.</summary>
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Deliveries that nobody settled are forgotten this long after their lease; until then the broker says whether it still holds.
    /// </summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, ServiceBusReceiver> _receivers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Deliveries in hand by lock token: the broker settles what it gave, not what callers made of it.</summary>
    private readonly ConcurrentDictionary<string, ServiceBusReceivedMessage> _held = new(StringComparer.Ordinal);

    /// <summary>
    /// Sends as many batches as the broker's size limit asks for. When one of them fails, those before it are durable all the same: the
    /// caller sends everything again, and the message ids keep the first ones from being taken twice.
    /// </summary>
    public async Task SendAsync(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        MessageLimits.CheckSend(queue, messages);
        if (messages.Count == 0)
            return;
        try
        {
            await SendBatchesAsync(senders.Of(queue), messages, cancellationToken);
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(queue, fault);
        }
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue,
        int maxMessages,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        MessageLimits.CheckReceive(queue, maxMessages, lease);
        ForgetLapsed();
        try
        {
            var received = await TimeLimits.WithinAsync(
                TimeLimits.Answer,
                clock,
                token => Receiver(queue).ReceiveMessagesAsync(maxMessages, ReceiveWait, token),
                cancellationToken
            );
            foreach (var delivery in received)
                _held[delivery.LockToken] = delivery;
            return [.. received.Select(delivery => ServiceBusDelivery.ToQueueMessage(queue, delivery))];
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(queue, fault);
        }
    }

    public async Task<bool> RenewAsync(QueueMessage message, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        if (!_held.TryGetValue(message.LeaseToken, out var delivery))
            return false;
        try
        {
            await TimeLimits.WithinAsync(
                TimeLimits.Answer,
                clock,
                token => Receiver(message.Queue).RenewMessageLockAsync(delivery, token),
                cancellationToken
            );
            return true;
        }
        catch (Exception fault) when (ServiceBusFaults.IsLeaseLost(fault))
        {
            _held.TryRemove(message.LeaseToken, out _);
            return false;
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(message.Queue, fault);
        }
    }

    public Task SettleAsync(IReadOnlyList<SettledMessage> messages, CancellationToken cancellationToken) =>
        Task.WhenAll(messages.Select(settled => SettleAsync(settled, cancellationToken)));

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        return new QueuePeek(client, queue, clock).CountAsync(cancellationToken);
    }

    public Task ProbeAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        return new QueuePeek(client, queue, clock).ProbeAsync(cancellationToken);
    }

    /// <summary>Each batch has its time: a send of many that gets on is not left.</summary>
    private async Task SendBatchesAsync(
        ServiceBusSender sender,
        IReadOnlyList<OutgoingMessage> messages,
        CancellationToken cancellationToken
    )
    {
        int sent = 0;
        while (sent < messages.Count)
        {
            int from = sent;
            sent = await TimeLimits.WithinAsync(
                TimeLimits.Answer,
                clock,
                token => SendBatchAsync(sender, messages, from, token),
                cancellationToken
            );
        }
    }

    /// <summary>Sends as many as one batch holds; returns the first that it did not.</summary>
    private static async Task<int> SendBatchAsync(
        ServiceBusSender sender,
        IReadOnlyList<OutgoingMessage> messages,
        int from,
        CancellationToken cancellationToken
    )
    {
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
        int next = from;
        while (next < messages.Count && batch.TryAddMessage(ServiceBusDelivery.ToServiceBusMessage(messages[next])))
            next++;
        if (next == from)
            throw new ArgumentException(
                $"Message '{messages[from].MessageId}' of {messages[from].Body.Length} bytes is larger than the broker takes "
                    + $"({batch.MaxSizeInBytes} bytes).",
                nameof(messages)
            );
        await sender.SendMessagesAsync(batch, cancellationToken);
        return next;
    }

    private async Task SettleAsync(SettledMessage settled, CancellationToken cancellationToken)
    {
        var message = settled.Message;
        if (_held.TryRemove(message.LeaseToken, out var delivery))
            await settler.SettleAsync(
                message.Queue,
                delivery,
                settled.Settlement,
                new ReceiverActions(Receiver(message.Queue)),
                cancellationToken
            );
    }

    private ServiceBusReceiver Receiver(string queue) =>
        _receivers.GetOrAdd(queue, static (name, client) => client.CreateReceiver(name), client);

    private void ForgetLapsed()
    {
        var lapsed = clock.GetUtcNow() - LongestHold;
        foreach (var (token, delivery) in _held)
        {
            if (delivery.LockedUntil <= lapsed)
                _held.TryRemove(token, out _);
        }
    }
}
