using System.Text;
using Signals.Core.Platform.Messaging;
using Xunit;

namespace Signals.Testing.Messaging;

/// <summary>
/// What every <see cref="IMessageQueue"/> does. Fair to a broker: each test has a queue to itself, a receive may need some
/// tries, order is asked for only of messages sent one after another, and time passes as the derived class says.
/// </summary>
public abstract partial class MessageQueueContract
{
    protected abstract IMessageQueue Queue { get; }

    protected abstract IDeadLetters DeadLetters { get; }

    /// <summary>An empty queue of this test alone.</summary>
    protected virtual string QueueName { get; } = $"q-{Guid.NewGuid():N}";

    /// <summary>How long messages are leased here; brokers fix it for the queue.</summary>
    protected virtual TimeSpan Lease => TimeSpan.FromMinutes(1);

    /// <summary>The queue's delivery limit.</summary>
    protected virtual int MaxDeliveryCount => 10;

    /// <summary>How long a message id is remembered when its message is gone; most forget it at once.</summary>
    protected virtual TimeSpan RemembersMessageIds => TimeSpan.Zero;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Brokers tell times in whole milliseconds.</summary>
    private static TimeSpan Precision => TimeSpan.FromMilliseconds(1);

    /// <summary>Lets time pass: moves the clock, or waits.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    protected abstract DateTimeOffset Now { get; }

    private static OutgoingMessage Message(string id, string body = "body", int items = 1, DateTimeOffset? notBefore = null) =>
        new(id, Encoding.UTF8.GetBytes(body), items, notBefore);

    private Task SendAsync(params OutgoingMessage[] messages) => Queue.SendAsync(QueueName, messages, Cancellation);

    /// <summary>Receives until that many messages are there; gives up after some tries and returns what came.</summary>
    private async Task<List<QueueMessage>> ReceiveAsync(int count)
    {
        var received = new List<QueueMessage>();
        for (int tries = 0; tries < 20 && received.Count < count; tries++)
        {
            if (tries > 0)
                await PassAsync(TimeSpan.FromMilliseconds(50));
            received.AddRange(await Queue.ReceiveAsync(QueueName, count - received.Count, Lease, Cancellation));
        }
        return received;
    }

    private async Task<QueueMessage> ReceiveOneAsync() => Assert.Single(await ReceiveAsync(1));

    private async Task AssertNothingIsDueAsync() => Assert.Empty(await Queue.ReceiveAsync(QueueName, 10, Lease, Cancellation));

    private Task SettleAsync(QueueMessage message, Settlement settlement) =>
        Queue.SettleAsync([new SettledMessage(message, settlement)], Cancellation);

    private Task<QueueDepth> DepthAsync() => Queue.GetDepthAsync(QueueName, Cancellation);
}
