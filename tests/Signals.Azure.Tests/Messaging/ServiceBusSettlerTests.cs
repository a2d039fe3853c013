using Azure.Messaging.ServiceBus;
using Moq;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Azure.Tests.Messaging;

/// <summary>Settlement as the function app's triggers do it, by whatever actions hold the lease.</summary>
public sealed class ServiceBusSettlerTests
{
    private readonly ServiceBusApp _app = new();
    private readonly Mock<IDeliveryActions> _actions = new(MockBehavior.Strict);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retry_that_waits_sends_a_copy_under_an_id_of_its_own_before_it_completes_the_delivery()
    {
        var delivery = Received.Message(
            messageId: "m1",
            deliveryCount: 1,
            enqueued: ServiceBusApp.Noon.AddMinutes(-5),
            properties: new Dictionary<string, object>(StringComparer.Ordinal) { ["items"] = 4, ["traceparent"] = "00-trace" }
        );
        _actions
            .Setup(it => it.CompleteAsync(delivery, It.IsAny<CancellationToken>()))
            .Callback(() => Assert.Single(_app.Bus.Queue("usage").Taken))
            .Returns(Task.CompletedTask);

        bool settled = await _app.Settler.SettleAsync(
            "usage",
            delivery,
            Settlement.Again("busy", TimeSpan.FromMinutes(2)),
            _actions.Object,
            Cancellation
        );

        var copy = Assert.Single(_app.Bus.Queue("usage").Taken);
        Assert.True(settled);
        Assert.Equal(("m1~1", ServiceBusApp.Noon.AddMinutes(2)), (copy.MessageId, copy.ScheduledEnqueueTime));
        Assert.Equal("00-trace", copy.ApplicationProperties["traceparent"]);
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        var again = Assert.Single(await _app.Queue.ReceiveAsync("usage", 1, FakeServiceBus.Lock, Cancellation));
        Assert.Equal(
            ("m1", 4, 2, ServiceBusApp.Noon.AddMinutes(-5)),
            (again.MessageId, again.Items, again.DeliveryCount, again.EnqueuedAt)
        );
        _actions.VerifyAll();
    }

    [Fact]
    public async Task A_retry_at_once_is_an_abandon()
    {
        var delivery = Received.Message();
        _actions.Setup(it => it.AbandonAsync(delivery, It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        Assert.True(
            await _app.Settler.SettleAsync("usage", delivery, Settlement.Again("stopping", TimeSpan.Zero), _actions.Object, Cancellation)
        );

        Assert.Empty(_app.Bus.Queue("usage").Taken);
        _actions.VerifyAll();
    }

    [Fact]
    public async Task A_dead_letter_keeps_its_reason_apart_from_its_description()
    {
        var delivery = Received.Message();
        _actions
            .Setup(it => it.DeadLetterAsync(delivery, "CannotBeHandled", "not JSON", It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);

        Assert.True(await _app.Settler.SettleAsync("usage", delivery, Settlement.Dead("not JSON"), _actions.Object, Cancellation));

        _actions.VerifyAll();
    }

    [Fact]
    public async Task A_description_is_cut_to_what_the_broker_keeps()
    {
        _actions
            .Setup(it =>
                it.DeadLetterAsync(
                    It.IsAny<ServiceBusReceivedMessage>(),
                    "TooManyDeliveries",
                    It.Is<string>(text => text.Length == MessageLimits.MaxReasonChars),
                    It.IsAny<CancellationToken>()
                )
            )
            .Returns(Task.CompletedTask);

        Assert.True(
            await _app.Settler.SettleAsync(
                "usage",
                Received.Message(deliveryCount: 10),
                Settlement.Again(new string('x', 5000)),
                _actions.Object,
                Cancellation
            )
        );

        _actions.VerifyAll();
    }

    [Fact]
    public async Task A_copy_that_cannot_be_sent_leaves_the_delivery_to_its_lease()
    {
        _app.Bus.Queue("usage").SendFaults[1] = new ServiceBusException("throttled", ServiceBusFailureReason.ServiceBusy);

        bool settled = await _app.Settler.SettleAsync("usage", Received.Message(), Settlement.Again("busy"), _actions.Object, Cancellation);

        Assert.False(settled);
    }

    [Fact]
    public async Task A_lost_lease_is_no_fault()
    {
        _actions
            .Setup(it => it.CompleteAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ServiceBusException("the lock expired", ServiceBusFailureReason.MessageLockLost));

        Assert.False(await _app.Settler.SettleAsync("usage", Received.Message(), Settlement.Done, _actions.Object, Cancellation));
    }

    [Fact]
    public async Task Two_workers_that_both_send_a_delivery_on_send_one_copy()
    {
        _actions
            .Setup(it => it.CompleteAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);

        for (int worker = 0; worker < 2; worker++)
            await _app.Settler.SettleAsync(
                "usage",
                Received.Message(messageId: "m1", deliveryCount: 3),
                Settlement.Again("busy"),
                _actions.Object,
                Cancellation
            );

        Assert.Equal("m1~3", Assert.Single(_app.Bus.Queue("usage").Taken).MessageId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_always_fails_ends_in_the_dead_letter_however_its_copies_are_delivered(bool crashesBetween)
    {
        // A worker that dies before it completes leaves the delivery as well as its copy; both must come to an end.
        var queue = _app.Bus.Queue("usage");
        await _app.Queue.SendAsync("usage", [new OutgoingMessage(new string('m', 128), "body"u8.ToArray(), Items: 2)], Cancellation);
        var counts = new List<int>();

        for (int round = 0; round < 200; round++)
        {
            foreach (var message in await _app.Queue.ReceiveAsync("usage", 10, FakeServiceBus.Lock, Cancellation))
            {
                Assert.Equal(new string('m', 128), message.MessageId);
                counts.Add(message.DeliveryCount);
                if (crashesBetween && counts.Count % 3 == 0)
                    await SendCopyAndDieAsync(queue, message);
                else
                    await _app.Queue.SettleAsync([new SettledMessage(message, Settlement.Again("still broken"))], Cancellation);
            }
            _app.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var depth = await _app.Queue.GetDepthAsync("usage", Cancellation);
        Assert.Equal(0, depth.Messages);
        Assert.InRange(depth.DeadLetteredMessages, 1, crashesBetween ? 4 : 1);
        Assert.Equal(2, depth.DeadLetteredItems / depth.DeadLetteredMessages);
        Assert.Contains(queue.Dead, dead => dead is { Reason: "TooManyDeliveries", Description: "still broken" });
        Assert.All(counts, count => Assert.InRange(count, 1, FakeServiceBus.MaxDeliveries));
        if (!crashesBetween)
            Assert.Equal(Enumerable.Range(1, FakeServiceBus.MaxDeliveries), counts);
    }

    private async Task SendCopyAndDieAsync(FakeQueue queue, QueueMessage message)
    {
        var delivery = queue.Peek(SubQueue.None, 100, 0).Single(held => held.LockToken == message.LeaseToken);
        if (
            RetryPlan.Of("usage", delivery, Settlement.Again("still broken"), _app.Options, _app.Clock.GetUtcNow())
            is RetryPlan.SendCopy plan
        )
            await queue.SendAsync([plan.Copy]);
    }
}
