using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Testing.Messaging;

namespace Signals.Core.Tests.Platform.Storage;

public sealed class InMemoryMessageQueueTests : MessageQueueContract
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryMessageQueue _queue;

    public InMemoryMessageQueueTests() => _queue = new InMemoryMessageQueue(_clock);

    protected override IMessageQueue Queue => _queue;

    protected override IDeadLetters DeadLetters => _queue;

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_dead_letter_keeps_the_last_reason()
    {
        await _queue.SendAsync(QueueName, [new OutgoingMessage("one", new byte[1])], Cancellation);
        for (int i = 1; i <= 10; i++)
        {
            var message = Assert.Single(await _queue.ReceiveAsync(QueueName, 1, Lease, Cancellation));
            await _queue.SettleAsync([new SettledMessage(message, Settlement.Again($"fault {i}", TimeSpan.Zero))], Cancellation);
        }

        Assert.Equal("fault 10", Assert.Single(_queue.PutAside(QueueName)).Reason);
    }
}
