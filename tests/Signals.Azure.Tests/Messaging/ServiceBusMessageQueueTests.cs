using System.Diagnostics;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Tests.Messaging;

public sealed class ServiceBusMessageQueueTests
{
    private readonly ServiceBusApp _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Exception> PassingFaults =>
        new(
            (Exception[])
                [
                    new ServiceBusException("throttled", ServiceBusFailureReason.ServiceBusy),
                    new ServiceBusException("no answer after the message was written", ServiceBusFailureReason.ServiceTimeout),
                    new ServiceBusException("no such queue", ServiceBusFailureReason.MessagingEntityNotFound),
                    new ServiceBusException("the queue is full", ServiceBusFailureReason.QuotaExceeded),
                    new UnauthorizedAccessException("no right to send"),
                    new AuthenticationFailedException("the identity cannot be asked"),
                    new TaskCanceledException("a time limit of the client"),
                    new IOException("the connection broke"),
                ]
        );

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task A_broker_that_cannot_be_used_now_is_a_passing_fault(Exception fault)
    {
        _app.Bus.Queue("usage").SendFaults[1] = fault;

        var passing = await Assert.ThrowsAsync<TransientStoreException>(() => _app.Queue.SendAsync("usage", [Message("m1")], Cancellation));

        Assert.Same(fault, passing.InnerException);
        Assert.Contains("'usage'", passing.Message, StringComparison.Ordinal);
        Assert.Equal(fault is ServiceBusException { Reason: ServiceBusFailureReason.ServiceBusy }, passing.RetryAfter is not null);
    }

    [Fact]
    public async Task A_callers_own_cancellation_stays_one()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        _app.Bus.Queue("usage").SendFaults[1] = new TaskCanceledException();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _app.Queue.SendAsync("usage", [Message("m1")], cancelled.Token));
    }

    [Fact]
    public async Task Messages_are_cut_into_batches_that_the_broker_takes()
    {
        OutgoingMessage[] messages = [.. Enumerable.Range(0, 7).Select(i => new OutgoingMessage($"m{i}", new byte[100_000]))];

        await _app.Queue.SendAsync("usage", messages, Cancellation);

        Assert.Equal(4, _app.Bus.Queue("usage").Sends);
        Assert.Equal(messages.Select(message => message.MessageId), _app.Bus.Queue("usage").Taken.Select(message => message.MessageId));
    }

    [Fact]
    public async Task A_batch_that_fails_between_others_is_sent_again_whole_and_nothing_is_taken_twice()
    {
        var queue = _app.Bus.Queue("usage");
        queue.SendFaults[2] = new ServiceBusException("throttled", ServiceBusFailureReason.ServiceBusy);
        OutgoingMessage[] messages = [.. Enumerable.Range(0, 5).Select(i => new OutgoingMessage($"m{i}", new byte[100_000]))];
        await Assert.ThrowsAsync<TransientStoreException>(() => _app.Queue.SendAsync("usage", messages, Cancellation));
        Assert.Equal(["m0", "m1"], queue.Taken.Select(message => message.MessageId));

        await _app.Queue.SendAsync("usage", messages, Cancellation);

        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], queue.Taken.Select(message => message.MessageId));
    }

    [Fact]
    public async Task A_message_that_no_batch_holds_is_named()
    {
        _app.Bus.Queue("usage").MaxBatchBytes = 1000;

        var fault = await Assert.ThrowsAsync<ArgumentException>(() =>
            _app.Queue.SendAsync("usage", [Message("small"), new OutgoingMessage("large", new byte[2000])], Cancellation)
        );

        Assert.Contains("'large'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_carries_its_count_its_time_and_its_trace()
    {
        using var trace = new Activity("send").SetIdFormat(ActivityIdFormat.W3C).Start();

        await _app.Queue.SendAsync(
            "usage",
            [new OutgoingMessage("m1", "body"u8.ToArray(), Items: 3, NotBefore: ServiceBusApp.Noon.AddHours(1))],
            Cancellation
        );

        var sent = Assert.Single(_app.Bus.Queue("usage").Taken);
        Assert.Equal(3, sent.ApplicationProperties["items"]);
        Assert.Equal(trace.Id, sent.ApplicationProperties["traceparent"]);
        Assert.Equal(ServiceBusApp.Noon.AddHours(1), sent.ScheduledEnqueueTime);
        _app.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(trace.Id, Assert.Single(await _app.Queue.ReceiveAsync("usage", 1, FakeServiceBus.Lock, Cancellation)).TraceParent);
    }

    [Fact]
    public async Task A_receive_renewal_count_or_probe_that_the_broker_refuses_is_a_passing_fault()
    {
        var busy = new ServiceBusException("throttled", ServiceBusFailureReason.ServiceBusy);
        var receiver = new Mock<ServiceBusReceiver>();
        receiver
            .SetupSequence(it => it.ReceiveMessagesAsync(It.IsAny<int>(), It.IsAny<TimeSpan?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([Received.Message(lockToken: Guid.Empty, lockedUntil: ServiceBusApp.Noon.AddMinutes(1))])
            .ThrowsAsync(busy);
        receiver
            .Setup(it => it.RenewMessageLockAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(busy);
        receiver.Setup(it => it.PeekMessageAsync(It.IsAny<long?>(), It.IsAny<CancellationToken>())).ThrowsAsync(busy);
        receiver.Setup(it => it.PeekMessagesAsync(It.IsAny<int>(), It.IsAny<long?>(), It.IsAny<CancellationToken>())).ThrowsAsync(busy);
        var client = new Mock<ServiceBusClient>();
        client.Setup(it => it.CreateReceiver("usage")).Returns(receiver.Object);
        client.Setup(it => it.CreateReceiver("usage", It.IsAny<ServiceBusReceiverOptions>())).Returns(receiver.Object);
        var senders = new ServiceBusSenders(client.Object);
        IMessageQueue queue = new ServiceBusMessageQueue(
            client.Object,
            senders,
            new ServiceBusSettler(senders, new MessageQueueOptions(), _app.Clock, NullLogger<ServiceBusSettler>.Instance),
            _app.Clock
        );
        var message = Assert.Single(await queue.ReceiveAsync("usage", 1, FakeServiceBus.Lock, Cancellation));

        await Assert.ThrowsAsync<TransientStoreException>(() => queue.ReceiveAsync("usage", 1, FakeServiceBus.Lock, Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => queue.RenewAsync(message, FakeServiceBus.Lock, Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => queue.GetDepthAsync("usage", Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => queue.ProbeAsync("usage", Cancellation));
    }

    [Fact]
    public async Task A_message_of_somebody_else_is_delivered_with_what_can_be_told_of_it()
    {
        var foreign = new ServiceBusMessage("?") { MessageId = "foreign" };
        foreign.ApplicationProperties["items"] = "many";
        foreign.ApplicationProperties["earlier-deliveries"] = 1.5;
        foreign.ApplicationProperties["originally-enqueued"] = "yesterday";
        foreign.ApplicationProperties["original-id"] = 7;
        await _app.Bus.Queue("usage").SendAsync([foreign]);

        var received = Assert.Single(await _app.Queue.ReceiveAsync("usage", 1, FakeServiceBus.Lock, Cancellation));

        Assert.Equal(
            ("foreign", 1, 1, ServiceBusApp.Noon),
            (received.MessageId, received.Items, received.DeliveryCount, received.EnqueuedAt)
        );
    }

    [Fact]
    public async Task The_depth_of_a_long_queue_is_counted_so_far_and_said_to_be_more()
    {
        await _app.Queue.SendAsync("usage", [.. Enumerable.Range(0, 1300).Select(i => Message($"m{i}"))], Cancellation);

        var depth = await _app.Queue.GetDepthAsync("usage", Cancellation);

        Assert.True(depth.IsAtLeast);
        Assert.Equal((1000, 1000, 0), (depth.Messages, depth.Items, depth.DeadLetteredMessages));
    }

    [Fact]
    public async Task A_message_whose_time_has_not_come_does_not_count_as_the_oldest()
    {
        await _app.Queue.SendAsync("reviews", [Message("later") with { NotBefore = ServiceBusApp.Noon.AddHours(1) }], Cancellation);

        var depth = await _app.Queue.GetDepthAsync("reviews", Cancellation);

        Assert.Equal((1, null, false), (depth.Messages, depth.OldestEnqueuedAt, depth.IsAtLeast));
    }

    private static OutgoingMessage Message(string id) => new(id, "body"u8.ToArray());
}
