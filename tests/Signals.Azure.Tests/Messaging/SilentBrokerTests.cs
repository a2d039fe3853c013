using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Testing;

namespace Signals.Azure.Tests.Messaging;

/// <summary>A broker that takes requests and never answers, and a client that does not heed its token.</summary>
public sealed class SilentBrokerTests
{
    private static readonly Task<IReadOnlyList<ServiceBusReceivedMessage>> NoMessages = new TaskCompletionSource<
        IReadOnlyList<ServiceBusReceivedMessage>
    >().Task;

    private readonly TimerClock _clock = new(ServiceBusApp.Noon);
    private readonly Mock<ServiceBusSender> _sender = new();
    private readonly Mock<ServiceBusReceiver> _receiver = new();
    private readonly ServiceBusSettler _settler;
    private readonly ServiceBusMessageQueue _queue;
    private readonly ServiceBusDeadLetters _deadLetters;

    public SilentBrokerTests()
    {
        var client = new Mock<ServiceBusClient>();
        client.Setup(it => it.CreateSender("usage")).Returns(_sender.Object);
        client.Setup(it => it.CreateReceiver("usage")).Returns(_receiver.Object);
        client.Setup(it => it.CreateReceiver("usage", It.IsAny<ServiceBusReceiverOptions>())).Returns(_receiver.Object);
        _sender
            .Setup(it => it.CreateMessageBatchAsync(It.IsAny<CancellationToken>()))
            .Returns(() => ValueTask.FromResult(ServiceBusModelFactory.ServiceBusMessageBatch(1000, [])));
        _sender.Setup(it => it.SendMessagesAsync(It.IsAny<ServiceBusMessageBatch>(), It.IsAny<CancellationToken>())).Returns(NoMessages);
        _sender.Setup(it => it.SendMessageAsync(It.IsAny<ServiceBusMessage>(), It.IsAny<CancellationToken>())).Returns(NoMessages);
        _receiver
            .Setup(it => it.ReceiveMessagesAsync(It.IsAny<int>(), It.IsAny<TimeSpan?>(), It.IsAny<CancellationToken>()))
            .Returns(NoMessages);
        _receiver
            .Setup(it => it.PeekMessageAsync(It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .Returns(new TaskCompletionSource<ServiceBusReceivedMessage>().Task);
        _receiver.Setup(it => it.PeekMessagesAsync(It.IsAny<int>(), It.IsAny<long?>(), It.IsAny<CancellationToken>())).Returns(NoMessages);
        _receiver
            .Setup(it => it.RenewMessageLockAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Returns(NoMessages);
        var senders = new ServiceBusSenders(client.Object);
        _settler = new ServiceBusSettler(senders, new MessageQueueOptions(), _clock, NullLogger<ServiceBusSettler>.Instance);
        _queue = new ServiceBusMessageQueue(client.Object, senders, _settler, _clock);
        _deadLetters = new ServiceBusDeadLetters(client.Object, senders, _clock, NullLogger<ServiceBusDeadLetters>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Deeds => ["send", "receive", "count", "list", "find", "replay", "replay all", "discard"];

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task A_deed_that_is_not_answered_is_a_passing_fault_before_who_waits_for_it_leaves(string deed)
    {
        var doing = DoAsync(deed);

        _clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(doing.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TransientStoreException>(() => doing);
    }

    [Fact]
    public async Task A_probe_ends_sooner()
    {
        var probing = _queue.ProbeAsync("usage", Cancellation);

        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TransientStoreException>(() => probing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task A_settlement_that_is_not_answered_leaves_the_message_to_its_lease(int delaySeconds)
    {
        var actions = new Mock<IDeliveryActions>();
        actions.Setup(it => it.AbandonAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>())).Returns(NoMessages);

        var settling = _settler.SettleAsync(
            "usage",
            Received.Message(),
            Settlement.Again("busy", TimeSpan.FromSeconds(delaySeconds)),
            actions.Object,
            CancellationToken.None
        );
        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.False(await settling);
    }

    [Fact]
    public async Task A_send_of_many_batches_that_gets_on_is_not_left()
    {
        _sender
            .Setup(it => it.CreateMessageBatchAsync(It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                var messages = new List<ServiceBusMessage>();
                return ValueTask.FromResult(
                    ServiceBusModelFactory.ServiceBusMessageBatch(
                        1000,
                        messages,
                        tryAddCallback: message =>
                        {
                            if (messages.Count > 0)
                                return false;
                            messages.Add(message);
                            return true;
                        }
                    )
                );
            });
        int sent = 0;
        _sender
            .Setup(it => it.SendMessagesAsync(It.IsAny<ServiceBusMessageBatch>(), It.IsAny<CancellationToken>()))
            .Callback(() =>
            {
                sent++;
                _clock.Advance(TimeSpan.FromSeconds(10));
            })
            .Returns(Task.CompletedTask);

        await _queue.SendAsync(
            "usage",
            [.. Enumerable.Range(0, 4).Select(i => new OutgoingMessage($"m{i}", "body"u8.ToArray()))],
            Cancellation
        );

        Assert.Equal(4, sent);
    }

    private Task DoAsync(string deed) =>
        deed switch
        {
            "send" => _queue.SendAsync("usage", [new OutgoingMessage("m1", "body"u8.ToArray())], Cancellation),
            "receive" => _queue.ReceiveAsync("usage", 1, FakeServiceBus.Lock, Cancellation),
            "count" => _queue.GetDepthAsync("usage", Cancellation),
            "list" => _deadLetters.ListAsync("usage", 5, null, Cancellation),
            "find" => _deadLetters.FindAsync("usage", "1", Cancellation),
            "replay" => _deadLetters.ReplayAsync("usage", "1", Cancellation),
            "replay all" => _deadLetters.ReplayAllAsync("usage", DateTimeOffset.MinValue, Cancellation),
            _ => _deadLetters.DiscardAsync("usage", "1", Cancellation),
        };
}
