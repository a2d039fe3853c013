using System.Collections.Concurrent;
using Signals.Core.Platform.Messaging;

namespace Signals.Testing;

/// <summary>Keeps what is sent, for tests of senders; it can be made to fail or to hold sends back.</summary>
public sealed class RecordingQueue : IMessageQueue
{
    private readonly ConcurrentQueue<(string Queue, OutgoingMessage Message)> _sent = new();

    /// <summary>Runs before a send counts as durable; it may throw or wait.</summary>
    public Func<Task> BeforeSend { get; set; } = () => Task.CompletedTask;

    /// <summary>How many times <see cref="SendAsync"/> was called.</summary>
    public int Sends { get; private set; }

    public IReadOnlyList<OutgoingMessage> Sent(string queue) =>
        [.. _sent.Where(sent => string.Equals(sent.Queue, queue, StringComparison.Ordinal)).Select(sent => sent.Message)];

    public async Task SendAsync(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        Sends++;
        await BeforeSend();
        foreach (var message in messages)
            _sent.Enqueue((queue, message));
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue,
        int maxMessages,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("This queue only records what is sent.");

    public Task<bool> RenewAsync(QueueMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This queue only records what is sent.");

    public Task SettleAsync(IReadOnlyList<SettledMessage> messages, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This queue only records what is sent.");

    public Task<QueueDepth> GetDepthAsync(string queue, CancellationToken cancellationToken)
    {
        var sent = Sent(queue);
        return Task.FromResult(new QueueDepth(sent.Count, sent.Sum(message => (long)message.Items), 0, 0, null));
    }
}
