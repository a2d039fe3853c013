using System.Diagnostics;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Testing;

namespace Signals.Azure.Tests.Messaging;

public sealed class DeliveryHandlerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TimerClock _clock = new(Now);
    private readonly List<string> _log = [];
    private readonly Mock<IDeliveryActions> _actions = new();
    private readonly Mock<ServiceBusSender> _sender = new();

    public DeliveryHandlerTests()
    {
        _actions
            .Setup(actions => actions.CompleteAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusReceivedMessage message, CancellationToken _) => Note($"complete {message.MessageId}"))
            .Returns(Task.CompletedTask);
        _actions
            .Setup(actions => actions.AbandonAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusReceivedMessage message, CancellationToken _) => Note($"abandon {message.MessageId}"))
            .Returns(Task.CompletedTask);
        _actions
            .Setup(actions =>
                actions.DeadLetterAsync(
                    It.IsAny<ServiceBusReceivedMessage>(),
                    It.IsAny<string>(),
                    It.IsAny<string>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .Callback(
                (ServiceBusReceivedMessage message, string reason, string description, CancellationToken _) =>
                    Note($"dead-letter {message.MessageId}: {reason}, {description}")
            )
            .Returns(Task.CompletedTask);
        _actions
            .Setup(actions => actions.RenewAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusReceivedMessage message, CancellationToken _) => Note($"renew {message.MessageId}"))
            .Returns(Task.CompletedTask);
        _sender
            .Setup(sender => sender.SendMessageAsync(It.IsAny<ServiceBusMessage>(), It.IsAny<CancellationToken>()))
            .Callback(
                (ServiceBusMessage message, CancellationToken _) =>
                    Note($"send {message.MessageId} at {message.ScheduledEnqueueTime - Now}")
            )
            .Returns(Task.CompletedTask);
    }

    [Fact]
    public async Task Each_message_is_settled_by_what_the_handler_says_of_it()
    {
        await HandleAsync(
            Answer(
                Settlement.Done,
                Settlement.Dead("not ours"),
                Settlement.Again("busy", TimeSpan.Zero),
                Settlement.Again("busy", TimeSpan.FromSeconds(30)),
                Settlement.Done
            ),
            Message("a"),
            Message("b"),
            Message("c"),
            Message("d"),
            Message("e")
        );

        Assert.Equal(
            ["abandon c", "complete a", "complete d", "complete e", "dead-letter b: CannotBeHandled, not ours", "send d~1 at 00:00:30"],
            _log.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_message_at_its_delivery_limit_goes_aside_with_its_last_reason_and_the_others_go_on()
    {
        await HandleAsync(Answer(Settlement.Again("still busy"), Settlement.Done), Message("worn", deliveries: 10), Message("fresh"));

        Assert.Equal(["complete fresh", "dead-letter worn: TooManyDeliveries, still busy"], _log.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_is_nobodys_own_gives_all_messages_back_when_the_store_says()
    {
        await HandleAsync(
            (_, _) => throw new TransientStoreException("throttled", retryAfter: TimeSpan.FromSeconds(7)),
            Message("a"),
            Message("b")
        );

        Assert.Equal(["complete a", "complete b", "send a~1 at 00:00:07", "send b~1 at 00:00:07"], _log.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_forgets_a_message_completes_none()
    {
        await HandleAsync(Answer(Settlement.Done), Message("a", deliveries: 10), Message("b", deliveries: 10));

        Assert.All(_log, line => Assert.StartsWith("dead-letter", line, StringComparison.Ordinal));
        Assert.Equal(2, _log.Count);
    }

    [Fact]
    public async Task What_a_stop_interrupts_goes_back_at_once()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await HandleAsync((_, token) => Task.FromCanceled<IReadOnlyList<Settlement>>(token), stop.Token, Message("a"));

        Assert.Equal(["abandon a"], _log);
    }

    [Theory]
    [InlineData(ServiceBusFailureReason.MessageLockLost)]
    [InlineData(ServiceBusFailureReason.ServiceCommunicationProblem)]
    [InlineData(null)]
    public async Task A_message_that_cannot_be_settled_is_left_to_come_again_and_the_others_are_settled(ServiceBusFailureReason? reason)
    {
        Exception fault = reason is { } told
            ? new ServiceBusException("not settled", told)
            : new InvalidOperationException("A fault of ours.");
        _actions
            .Setup(actions =>
                actions.CompleteAsync(It.Is<ServiceBusReceivedMessage>(message => message.MessageId == "b"), It.IsAny<CancellationToken>())
            )
            .ThrowsAsync(fault);

        await HandleAsync(Answer(Settlement.Done, Settlement.Done, Settlement.Done), Message("a"), Message("b"), Message("c"));

        Assert.Equal(["complete a", "complete c"], _log.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leases_are_renewed_while_the_handler_runs_but_for_those_that_are_lost()
    {
        var handled = new TaskCompletionSource<IReadOnlyList<Settlement>>();
        _actions
            .Setup(actions =>
                actions.RenewAsync(It.Is<ServiceBusReceivedMessage>(message => message.MessageId == "b"), It.IsAny<CancellationToken>())
            )
            .Callback((ServiceBusReceivedMessage message, CancellationToken _) => Note($"lose {message.MessageId}"))
            .ThrowsAsync(new ServiceBusException("The lock supplied is invalid.", ServiceBusFailureReason.MessageLockLost));
        var running = HandleAsync((_, _) => handled.Task, Message("a"), Message("b"));

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(_log);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(30));
        handled.SetResult([Settlement.Done, Settlement.Done]);
        await running;
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["complete a", "complete b", "lose b", "renew a", "renew a"], _log.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_while_there_is_time()
    {
        var handled = new TaskCompletionSource<IReadOnlyList<Settlement>>();
        _actions
            .SetupSequence(actions => actions.RenewAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ServiceBusException("no answer", ServiceBusFailureReason.ServiceCommunicationProblem))
            .ThrowsAsync(new InvalidOperationException("no answer that is understood"))
            .Returns(() => RenewedAsync())
            .Returns(() => RenewedAsync());
        var running = HandleAsync((_, _) => handled.Task, Message("a"));

        _clock.Advance(TimeSpan.FromSeconds(44));
        Assert.Empty(_log);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["renew"], _log);
        _clock.Advance(TimeSpan.FromSeconds(30));
        handled.SetResult([Settlement.Done]);
        await running;

        Assert.Equal(["renew", "renew", "complete a"], _log);

        Task RenewedAsync()
        {
            Note("renew");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Long_leases_are_renewed_no_more_often_than_they_need_it_and_each_in_its_own_time()
    {
        var handled = new TaskCompletionSource<IReadOnlyList<Settlement>>();
        var running = HandleAsync(
            (_, _) => handled.Task,
            Message("fresh", lease: TimeSpan.FromMinutes(5)),
            Message("waited", lease: TimeSpan.FromSeconds(20))
        );

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["renew waited"], _log);
        _clock.Advance(TimeSpan.FromSeconds(139));
        Assert.Single(_log);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["renew waited", "renew fresh"], _log);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["renew waited", "renew fresh", "renew waited"], _log);
        handled.SetResult([Settlement.Done, Settlement.Done]);
        await running;
    }

    [Fact]
    public async Task A_body_that_no_handler_can_read_goes_aside_with_the_reason_and_its_neighbours_are_handled()
    {
        var value = new AmqpAnnotatedMessage(AmqpMessageBody.FromValue("a value"))
        {
            Properties = { MessageId = new AmqpMessageId("odd") },
            Header = { DeliveryCount = 1 },
        };
        value.MessageAnnotations["x-opt-enqueued-time"] = Now.UtcDateTime;
        value.MessageAnnotations["x-opt-locked-until"] = Now.UtcDateTime.AddMinutes(1);
        var odd = ServiceBusReceivedMessage.FromAmqpMessage(value, BinaryData.FromBytes(Guid.NewGuid().ToByteArray()));
        List<string> read = [];

        await HandleAsync(
            (messages, _) =>
            {
                read.AddRange(messages.Select(message => message.MessageId));
                return Task.FromResult<IReadOnlyList<Settlement>>([
                    .. messages.Select(message => Settlement.Again(message.MessageId, TimeSpan.Zero)),
                ]);
            },
            Message("a"),
            odd,
            Message("b")
        );

        Assert.Equal(["a", "b"], read);
        Assert.Equal(
            ["abandon a", "abandon b", "dead-letter odd: CannotBeHandled, Its body is an AMQP value; expected data."],
            _log.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_handlers_trace_is_linked_to_each_send_that_its_messages_came_from()
    {
        Activity? handling = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == QueueTraces.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        string[] sends =
        [
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ];

        await HandleAsync(
            (messages, _) =>
            {
                handling = Activity.Current;
                return Task.FromResult<IReadOnlyList<Settlement>>([.. messages.Select(_ => Settlement.Done)]);
            },
            Message("a", trace: sends[0]),
            Message("b", trace: sends[0]),
            Message("c", trace: sends[1]),
            Message("d"),
            Message("e", trace: "nonsense")
        );

        Assert.Equal(("process usage", ActivityKind.Consumer), (handling?.OperationName, handling?.Kind));
        Assert.Equal(sends, handling!.Links.Select(link => $"00-{link.Context.TraceId}-{link.Context.SpanId}-01"));
    }

    private static Func<IReadOnlyList<QueueMessage>, CancellationToken, Task<IReadOnlyList<Settlement>>> Answer(
        params IReadOnlyList<Settlement> settlements
    ) => (_, _) => Task.FromResult(settlements);

    private static ServiceBusReceivedMessage Message(string id, int deliveries = 1, string? trace = null, TimeSpan? lease = null) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString(id),
            messageId: id,
            deliveryCount: deliveries,
            lockTokenGuid: Guid.NewGuid(),
            lockedUntil: Now + (lease ?? TimeSpan.FromMinutes(1)),
            enqueuedTime: Now,
            properties: trace is null ? null : new Dictionary<string, object>(StringComparer.Ordinal) { [QueueTraces.Property] = trace }
        );

    private Task HandleAsync(
        Func<IReadOnlyList<QueueMessage>, CancellationToken, Task<IReadOnlyList<Settlement>>> answer,
        params IReadOnlyList<ServiceBusReceivedMessage> messages
    ) => HandleAsync(answer, TestContext.Current.CancellationToken, messages);

    private Task HandleAsync(
        Func<IReadOnlyList<QueueMessage>, CancellationToken, Task<IReadOnlyList<Settlement>>> answer,
        CancellationToken stop,
        params IReadOnlyList<ServiceBusReceivedMessage> messages
    )
    {
        var handler = new Mock<IMessageHandler>();
        handler.Setup(mock => mock.Queue).Returns(QueueNames.Usage);
        handler.Setup(mock => mock.HandleAsync(It.IsAny<IReadOnlyList<QueueMessage>>(), It.IsAny<CancellationToken>())).Returns(answer);
        var client = new Mock<ServiceBusClient>();
        client.Setup(mock => mock.CreateSender(QueueNames.Usage)).Returns(_sender.Object);
        var settler = new ServiceBusSettler(
            new ServiceBusSenders(client.Object),
            new MessageQueueOptions(),
            _clock,
            NullLogger<ServiceBusSettler>.Instance
        );
        return new DeliveryHandler([handler.Object], settler, _clock, NullLogger<DeliveryHandler>.Instance).HandleAsync(
            QueueNames.Usage,
            messages,
            _actions.Object,
            stop
        );
    }

    private void Note(string line)
    {
        lock (_log)
            _log.Add(line);
    }
}
