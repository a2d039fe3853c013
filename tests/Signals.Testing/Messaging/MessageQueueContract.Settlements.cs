using Signals.Core.Platform.Messaging;
using Xunit;

namespace Signals.Testing.Messaging;

public abstract partial class MessageQueueContract
{
    [Fact]
    public async Task A_message_given_back_without_delay_comes_at_once()
    {
        await SendAsync(Message("one"));
        await SettleAsync(await ReceiveOneAsync(), Settlement.Again("busy", TimeSpan.Zero));

        Assert.Equal(2, (await ReceiveOneAsync()).DeliveryCount);
    }

    [Fact]
    public async Task A_message_given_back_with_a_delay_waits_that_long()
    {
        await SendAsync(Message("one"));
        await SettleAsync(await ReceiveOneAsync(), Settlement.Again("busy", Lease));

        await AssertNothingIsDueAsync();
        await PassAsync(Lease + TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await ReceiveOneAsync()).DeliveryCount);
    }

    [Fact]
    public async Task A_message_given_back_without_a_word_on_delay_rests_a_while()
    {
        await SendAsync(Message("one"));
        var message = await ReceiveOneAsync();
        var givenBackAt = Now;
        await SettleAsync(message, Settlement.Again("busy"));

        // A receive may itself wait for about as long as the message rests: not that none comes is asked, but when the first one does. On a
        // busy machine a broker may hand it to a receive that has just given up, and then it is leased until that lease ends.
        List<QueueMessage> again = [];
        for (int tries = 0; tries < 150 && again.Count == 0; tries++)
        {
            again.AddRange(await Queue.ReceiveAsync(QueueName, 10, Lease, Cancellation));
            if (again.Count == 0)
                await PassAsync(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal("one", Assert.Single(again).MessageId);
        Assert.True(Now - givenBackAt >= new MessageQueueOptions().FirstRetryDelay - Precision);
    }

    [Fact]
    public async Task A_message_given_back_too_often_goes_to_the_dead_letter()
    {
        await SendAsync(Message("poison", items: 3));
        for (int delivery = 1; delivery <= MaxDeliveryCount; delivery++)
        {
            var message = await ReceiveOneAsync();
            Assert.Equal(delivery, message.DeliveryCount);
            await SettleAsync(message, Settlement.Again($"fault {delivery}", TimeSpan.Zero));
        }

        var depth = await DepthAsync();
        Assert.Equal((0, 0, 1, 3), (depth.Messages, depth.Items, depth.DeadLetteredMessages, depth.DeadLetteredItems));
        await PassAsync(Lease * 2);
        await AssertNothingIsDueAsync();
    }

    [Fact]
    public async Task A_message_whose_lease_runs_out_too_often_goes_to_the_dead_letter()
    {
        await SendAsync(Message("crasher"));
        for (int delivery = 1; delivery <= MaxDeliveryCount; delivery++)
        {
            await ReceiveOneAsync();
            await PassAsync(Lease + TimeSpan.FromSeconds(1));
        }

        await AssertNothingIsDueAsync();
        Assert.Equal(1, (await DepthAsync()).DeadLetteredMessages);
    }

    [Fact]
    public async Task A_message_that_can_never_be_handled_is_put_aside_at_once()
    {
        await SendAsync(Message("broken"), Message("fine"));
        var received = await ReceiveAsync(2);

        await Queue.SettleAsync(
            [new SettledMessage(received[0], Settlement.Dead("not JSON")), new SettledMessage(received[1], Settlement.Done)],
            Cancellation
        );

        var depth = await DepthAsync();
        Assert.Equal((0, 1), (depth.Messages, depth.DeadLetteredMessages));
    }

    [Fact]
    public async Task Each_message_of_a_batch_gets_its_own_settlement()
    {
        await SendAsync(Message("done"), Message("again"), Message("dead"));
        var received = await ReceiveAsync(3);

        await Queue.SettleAsync(
            [
                new SettledMessage(received[0], Settlement.Done),
                new SettledMessage(received[1], Settlement.Again("busy", TimeSpan.Zero)),
                new SettledMessage(received[2], Settlement.Dead("broken")),
            ],
            Cancellation
        );

        Assert.Equal("again", (await ReceiveOneAsync()).MessageId);
        Assert.Equal((1, 1), ((await DepthAsync()).Messages, (await DepthAsync()).DeadLetteredMessages));
    }

    [Fact]
    public async Task Settling_twice_changes_nothing_more()
    {
        await SendAsync(Message("one"), Message("two"));
        var received = await ReceiveAsync(2);
        await SettleAsync(received[0], Settlement.Done);

        await SettleAsync(received[0], Settlement.Dead("twice"));

        Assert.Equal((1, 0), ((await DepthAsync()).Messages, (await DepthAsync()).DeadLetteredMessages));
    }

    [Fact]
    public async Task The_depth_counts_messages_and_items_that_wait_or_are_leased()
    {
        await SendAsync(Message("one", items: 10));
        await PassAsync(TimeSpan.FromSeconds(1));
        await SendAsync(Message("two", items: 5), Message("later", items: 1, notBefore: Now + Lease));
        var leased = await ReceiveOneAsync();

        var depth = await DepthAsync();

        Assert.Equal((3, 16), (depth.Messages, depth.Items));
        Assert.Equal(leased.EnqueuedAt, depth.OldestEnqueuedAt);
    }

    [Fact]
    public async Task An_empty_queue_has_no_depth_and_no_oldest_message() =>
        Assert.Equal(new QueueDepth(0, 0, 0, 0, null), await DepthAsync());
}
