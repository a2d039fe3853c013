using Azure.Core.Amqp;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Testing.ServiceBus;

namespace Signals.Azure.Tests.Messaging;

/// <summary>A broker that answers late, wrongly or not at all, with the official client between it and the adapter.</summary>
public sealed class BrokerFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(BrokerFault.LostAnswer))]
    [InlineData(nameof(BrokerFault.DroppedAfter))]
    [InlineData(nameof(BrokerFault.DroppedBefore))]
    [InlineData(nameof(BrokerFault.Silence))]
    public async Task Messages_whose_sending_went_wrong_once_are_there_once(string fault)
    {
        await using var app = BrokerApp.WithRetries(3);
        app.Broker.Faults.Next(BrokerCall.Send, Fault(fault));

        await app.Queue.SendAsync("usage", [Message("a"), Message("b")], Cancellation);

        Assert.Equal(["a", "b"], app.Broker.Queue("usage").Accepted);
        Assert.Equal(2, app.Broker.Faults.CallsOf(BrokerCall.Send));
    }

    [Theory]
    [InlineData(BrokerCall.PutToken, "amqp:unauthorized-access")]
    [InlineData(BrokerCall.OpenSender, "amqp:not-found")]
    [InlineData(BrokerCall.OpenSender, "com.microsoft:entity-disabled")]
    [InlineData(BrokerCall.Send, "amqp:resource-limit-exceeded")]
    [InlineData(BrokerCall.Send, "com.microsoft:server-busy")]
    public async Task A_broker_that_refuses_is_a_passing_fault_and_nothing_is_sent(BrokerCall call, string condition)
    {
        await using var app = BrokerApp.WithRetries(0);
        app.Broker.Faults.Always(call, BrokerFault.Refused(condition));

        var fault = await Assert.ThrowsAsync<TransientStoreException>(() => app.Queue.SendAsync("usage", [Message("a")], Cancellation));

        Assert.Equal(condition.EndsWith("busy", StringComparison.Ordinal), fault.RetryAfter is not null);
        Assert.Empty(app.Broker.Queue("usage").Accepted);
    }

    [Fact]
    public async Task A_silent_broker_is_a_passing_fault_whatever_it_is_asked()
    {
        await using var app = BrokerApp.WithRetries(0);
        await app.Queue.SendAsync("usage", [Message("a")], Cancellation);
        var held = Assert.Single(await app.Queue.ReceiveAsync("usage", 1, TimeSpan.FromMinutes(1), Cancellation));
        foreach (var call in Enum.GetValues<BrokerCall>())
            app.Broker.Faults.Always(call, BrokerFault.Silence);

        await Assert.ThrowsAsync<TransientStoreException>(() => app.Queue.SendAsync("usage", [Message("b")], Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => app.Queue.ProbeAsync("usage", Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => app.Queue.GetDepthAsync("usage", Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => app.Queue.RenewAsync(held, TimeSpan.FromMinutes(1), Cancellation));
        await app.Queue.SettleAsync([new SettledMessage(held, Settlement.Done)], Cancellation);
    }

    [Fact]
    public async Task What_was_received_before_the_connection_broke_is_settled_after_it()
    {
        await using var app = BrokerApp.WithRetries(3);
        await app.Queue.SendAsync("usage", [Message("done"), Message("dead")], Cancellation);
        var received = await ReceiveAsync(app, "usage", 2);
        app.Broker.DropConnections();
        Assert.NotNull(await app.Queue.GetDepthAsync("usage", Cancellation));

        await app.Queue.SettleAsync(
            [new SettledMessage(received[0], Settlement.Done), new SettledMessage(received[1], Settlement.Dead("broken"))],
            Cancellation
        );

        Assert.Equal(0, app.Broker.Queue("usage").Count);
        Assert.Equal(
            ("dead", "broken"),
            app.Broker.Queue("usage").DeadLetters!.Messages.Select(message => (message.MessageId, message.Description)).Single()
        );
        Assert.True(app.Broker.Faults.CallsOf(BrokerCall.UpdateDisposition) > 0);
    }

    [Fact]
    public async Task A_delivery_that_is_lost_on_its_way_comes_again_when_its_lock_runs_out()
    {
        await using var app = BrokerApp.WithRetries(0);
        app.Broker.Faults.Next(BrokerCall.Deliver, BrokerFault.LostAnswer);
        await app.Queue.SendAsync("usage", [Message("a")], Cancellation);
        Assert.Empty(await app.Queue.ReceiveAsync("usage", 1, TimeSpan.FromMinutes(1), Cancellation));

        app.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(
            ("a", 2),
            (await ReceiveAsync(app, "usage", 1)).Select(message => (message.MessageId, message.DeliveryCount)).Single()
        );
    }

    [Fact]
    public async Task A_completion_whose_answer_is_lost_is_done_and_nobody_hears_of_a_fault()
    {
        await using var app = BrokerApp.WithRetries(1);
        await app.Queue.SendAsync("usage", [Message("a")], Cancellation);
        var received = Assert.Single(await ReceiveAsync(app, "usage", 1));
        app.Broker.Faults.Next(BrokerCall.Settle, BrokerFault.LostAnswer);

        await app.Queue.SettleAsync([new SettledMessage(received, Settlement.Done)], Cancellation);

        Assert.Equal(0, app.Broker.Queue("usage").Count);
    }

    [Fact]
    public async Task A_retry_that_was_sent_and_could_not_be_completed_is_delivered_once_more_and_no_third_time()
    {
        await using var app = BrokerApp.WithRetries(0);
        await app.Queue.SendAsync("usage", [Message("a")], Cancellation);
        var first = Assert.Single(await ReceiveAsync(app, "usage", 1));
        app.Broker.Faults.Next(BrokerCall.Settle, BrokerFault.Refused("amqp:internal-error"));
        await app.Queue.SettleAsync([new SettledMessage(first, Settlement.Again("busy", TimeSpan.FromMinutes(5)))], Cancellation);
        app.Clock.Advance(TimeSpan.FromMinutes(6));

        // The delivery whose lock ran out, and the copy that was sent in its place: handlers bear both.
        var again = await ReceiveAsync(app, "usage", 2);
        Assert.Equal([("a", 2), ("a", 2)], again.Select(message => (message.MessageId, message.DeliveryCount)));
        await app.Queue.SettleAsync(
            [.. again.Select(message => new SettledMessage(message, Settlement.Again("busy", TimeSpan.FromMinutes(1))))],
            Cancellation
        );
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        // Their copies bear the same id, so the broker keeps one.
        Assert.Equal(
            ("a", 3),
            (await ReceiveAsync(app, "usage", 2)).Select(message => (message.MessageId, message.DeliveryCount)).Single()
        );
    }

    [Fact]
    public async Task The_depth_counts_all_though_the_broker_shows_few_at_a_time()
    {
        await using var app = BrokerApp.WithRetries(0);
        await app.Queue.SendAsync("usage", [.. Enumerable.Range(0, 7).Select(i => Message($"m{i}"))], Cancellation);
        app.Broker.Queue("usage").MostPeeked = 2;

        Assert.Equal((7, 7), await app.Queue.GetDepthAsync("usage", Cancellation) is var depth ? (depth.Messages, depth.Items) : default);
    }

    [Fact]
    public async Task Dead_letters_are_all_listed_though_the_broker_shows_few_at_a_time()
    {
        await using var app = BrokerApp.WithRetries(0);
        await DeadLetterAsync(app, 5);
        app.Broker.Queue("usage").DeadLetters!.MostPeeked = 2;

        var page = await app.DeadLetters.ListAsync("usage", 4, null, Cancellation);
        var last = await app.DeadLetters.ListAsync("usage", 4, page.Next, Cancellation);

        Assert.Equal(["m0", "m1", "m2", "m3"], page.Messages.Select(letter => letter.MessageId));
        Assert.Equal("m4", Assert.Single(last.Messages).MessageId);
    }

    [Fact]
    public async Task Dead_letters_that_are_passed_over_keep_their_count()
    {
        await using var app = BrokerApp.WithRetries(0);
        await DeadLetterAsync(app, 3);
        var before = (await app.DeadLetters.ListAsync("usage", 5, null, Cancellation)).Messages;

        for (int round = 0; round < 3; round++)
            Assert.Equal(0, await app.DeadLetters.ReplayAllAsync("usage", app.Clock.GetUtcNow().AddDays(1), Cancellation));
        Assert.True(await app.DeadLetters.DiscardAsync("usage", before[2].Id, Cancellation));

        Assert.Equal(before.Take(2), (await app.DeadLetters.ListAsync("usage", 5, null, Cancellation)).Messages);
    }

    [Fact]
    public async Task Dead_letters_whose_locks_are_lost_are_replayed_all_the_same_and_once()
    {
        await using var app = BrokerApp.WithRetries(0);
        await DeadLetterAsync(app, 3);
        app.Broker.Faults.Next(BrokerCall.Settle, BrokerFault.Refused("com.microsoft:message-lock-lost"));

        Assert.Equal(3, await app.DeadLetters.ReplayAllAsync("usage", DateTimeOffset.MinValue, Cancellation));

        Assert.Equal(3, app.Broker.Queue("usage").Accepted.Count(id => id.Contains("~r", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_body_that_is_no_data_goes_aside_with_the_reason()
    {
        await using var app = BrokerApp.WithRetries(0);
        await app.SendForeignAsync(
            "usage",
            new AmqpAnnotatedMessage(AmqpMessageBody.FromValue("a value")) { Properties = { MessageId = new AmqpMessageId("odd") } }
        );

        var received = Assert.Single(await ReceiveAsync(app, "usage", 1));
        await app.Queue.SettleAsync([new SettledMessage(received, Settlement.Again("busy", TimeSpan.FromMinutes(1)))], Cancellation);

        var letter = Assert.Single((await app.DeadLetters.ListAsync("usage", 5, null, Cancellation)).Messages);
        Assert.Equal(("odd", "CannotBeHandled: Its body is an AMQP value; expected data."), (letter.MessageId, letter.Reason));
        Assert.True(await app.DeadLetters.ReplayAsync("usage", letter.Id, Cancellation));
    }

    [Fact]
    public async Task A_slow_broker_is_waited_for()
    {
        await using var app = BrokerApp.WithRetries(0);
        var rest = new TaskCompletionSource();
        app.Broker.Faults.Next(BrokerCall.Send, BrokerFault.Slow(rest.Task));

        var sending = app.Queue.SendAsync("usage", [Message("a")], Cancellation);
        Assert.Empty(app.Broker.Queue("usage").Accepted);
        rest.SetResult();
        await sending;

        Assert.Equal(["a"], app.Broker.Queue("usage").Accepted);
    }

    private static BrokerFault Fault(string name) => (BrokerFault)typeof(BrokerFault).GetProperty(name)!.GetValue(null)!;

    private static OutgoingMessage Message(string id) => new(id, "body"u8.ToArray());

    private static async Task DeadLetterAsync(BrokerApp app, int count)
    {
        await app.Queue.SendAsync("usage", [.. Enumerable.Range(0, count).Select(i => Message($"m{i}"))], Cancellation);
        var received = await ReceiveAsync(app, "usage", count);
        foreach (var message in received.OrderBy(message => message.MessageId, StringComparer.Ordinal))
            await app.Queue.SettleAsync([new SettledMessage(message, Settlement.Dead("broken"))], Cancellation);
    }

    /// <summary>Receives until that many are there; gives up after some tries.</summary>
    private static async Task<List<QueueMessage>> ReceiveAsync(BrokerApp app, string queue, int count)
    {
        var received = new List<QueueMessage>();
        for (int tries = 0; tries < 5 && received.Count < count; tries++)
            received.AddRange(await app.Queue.ReceiveAsync(queue, count - received.Count, TimeSpan.FromMinutes(1), Cancellation));
        return received;
    }
}
