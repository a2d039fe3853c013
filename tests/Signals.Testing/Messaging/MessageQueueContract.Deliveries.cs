using System.Text;
using Signals.Core.Platform.Messaging;
using Xunit;

namespace Signals.Testing.Messaging;

public abstract partial class MessageQueueContract
{
    [Fact]
    public async Task A_message_arrives_as_it_was_sent()
    {
        await SendAsync(Message("one", "é 中 body", items: 7));

        var received = await ReceiveOneAsync();

        Assert.Equal((QueueName, "one", 7, 1), (received.Queue, received.MessageId, received.Items, received.DeliveryCount));
        Assert.Equal("é 中 body", Encoding.UTF8.GetString(received.Body.Span));
        Assert.True(received.EnqueuedAt <= Now && received.EnqueuedAt > Now.AddMinutes(-5));
        Assert.NotEmpty(received.LeaseToken);
    }

    [Fact]
    public async Task An_empty_queue_gives_an_empty_list() => await AssertNothingIsDueAsync();

    [Fact]
    public async Task Sending_nothing_is_no_fault()
    {
        await SendAsync();

        await AssertNothingIsDueAsync();
    }

    [Fact]
    public async Task Messages_come_oldest_first_and_no_more_than_asked_for()
    {
        await SendAsync(Message("1"), Message("2"));
        await SendAsync(Message("3"));

        var first = await Queue.ReceiveAsync(QueueName, 2, Lease, Cancellation);
        var rest = await ReceiveAsync(3 - first.Count);

        Assert.True(first.Count <= 2);
        Assert.Equal(["1", "2", "3"], first.Concat(rest).Select(message => message.MessageId));
    }

    [Fact]
    public async Task A_leased_message_is_given_to_nobody_else()
    {
        await SendAsync(Message("one"));
        await ReceiveOneAsync();

        await AssertNothingIsDueAsync();
    }

    [Fact]
    public async Task A_completed_message_never_comes_again()
    {
        await SendAsync(Message("one"));
        await SettleAsync(await ReceiveOneAsync(), Settlement.Done);

        await PassAsync(Lease * 2);

        await AssertNothingIsDueAsync();
        Assert.Equal(0, (await DepthAsync()).Messages);
    }

    [Fact]
    public async Task A_message_whose_lease_ran_out_comes_again_with_a_higher_count()
    {
        await SendAsync(Message("one"));
        var first = await ReceiveOneAsync();

        await PassAsync(Lease + TimeSpan.FromSeconds(1));

        var second = await ReceiveOneAsync();
        Assert.Equal(("one", 2), (second.MessageId, second.DeliveryCount));
        Assert.NotEqual(first.LeaseToken, second.LeaseToken);
    }

    [Fact]
    public async Task A_message_whose_lease_ran_out_goes_before_younger_ones()
    {
        await SendAsync(Message("old"));
        await ReceiveOneAsync();
        await SendAsync(Message("young"));

        await PassAsync(Lease + TimeSpan.FromSeconds(1));

        Assert.Equal("old", (await ReceiveOneAsync()).MessageId);
    }

    [Fact]
    public async Task A_renewed_lease_holds_on()
    {
        await SendAsync(Message("one"));
        var message = await ReceiveOneAsync();

        await PassAsync(Lease * 0.6);
        bool renewed = await Queue.RenewAsync(message, Lease, Cancellation);
        await PassAsync(Lease * 0.6);

        Assert.True(renewed);
        await AssertNothingIsDueAsync();
        await SettleAsync(message, Settlement.Done);
        Assert.Equal(0, (await DepthAsync()).Messages);
    }

    [Fact]
    public async Task A_lost_lease_can_be_neither_renewed_nor_settled()
    {
        await SendAsync(Message("one"));
        var lost = await ReceiveOneAsync();
        await PassAsync(Lease + TimeSpan.FromSeconds(1));

        bool renewed = await Queue.RenewAsync(lost, Lease, Cancellation);
        await SettleAsync(lost, Settlement.Done);

        Assert.False(renewed);
        Assert.Equal("one", (await ReceiveOneAsync()).MessageId);
    }

    [Fact]
    public async Task The_former_holder_cannot_settle_what_another_holds()
    {
        await SendAsync(Message("one"));
        var former = await ReceiveOneAsync();
        await PassAsync(Lease + TimeSpan.FromSeconds(1));
        var holder = await ReceiveOneAsync();

        await SettleAsync(former, Settlement.Dead("too late"));

        Assert.True(await Queue.RenewAsync(holder, Lease, Cancellation));
        Assert.Equal(0, (await DepthAsync()).DeadLetteredMessages);
    }

    [Fact]
    public async Task A_lost_lease_among_others_does_not_keep_them_from_being_settled()
    {
        await SendAsync(Message("lost"));
        var lost = await ReceiveOneAsync();
        await PassAsync(Lease + TimeSpan.FromSeconds(1));
        var again = await ReceiveOneAsync();
        await SendAsync(Message("kept"));
        var kept = await ReceiveOneAsync();

        await Queue.SettleAsync([new SettledMessage(lost, Settlement.Done), new SettledMessage(kept, Settlement.Done)], Cancellation);

        Assert.Equal(1, (await DepthAsync()).Messages);
        Assert.True(await Queue.RenewAsync(again, Lease, Cancellation));
    }

    [Fact]
    public async Task A_message_is_not_delivered_before_its_time()
    {
        await SendAsync(Message("later", notBefore: Now + (Lease * 2)), Message("now"));

        var first = await ReceiveOneAsync();
        Assert.Equal("now", first.MessageId);
        await SettleAsync(first, Settlement.Done);
        await AssertNothingIsDueAsync();
        await PassAsync((Lease * 2) + TimeSpan.FromSeconds(1));

        var due = await ReceiveOneAsync();
        Assert.Equal(("later", 1), (due.MessageId, due.DeliveryCount));
    }

    [Fact]
    public async Task Of_many_receivers_at_once_each_message_goes_to_one()
    {
        await SendAsync([.. Enumerable.Range(0, 60).Select(i => Message($"m{i}"))]);

        var received = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => Queue.ReceiveAsync(QueueName, 5, Lease, Cancellation), Cancellation))
        );
        var ids = received.SelectMany(messages => messages).Select(message => message.MessageId).ToList();
        ids.AddRange((await ReceiveAsync(60 - ids.Count)).Select(message => message.MessageId));

        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"m{i}").Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_message_id_that_is_present_is_accepted_and_ignored()
    {
        await SendAsync(Message("one", "first"), Message("one", "twice in a batch"));
        await SendAsync(Message("one", "again"), Message("two"));

        var received = await ReceiveAsync(2);

        Assert.Equal(["one", "two"], received.Select(message => message.MessageId));
        Assert.Equal("first", Encoding.UTF8.GetString(received[0].Body.Span));
        await SendAsync(Message("one", "while it is leased"));
        await AssertNothingIsDueAsync();
    }

    [Fact]
    public async Task A_message_id_may_be_used_again_once_its_message_is_gone()
    {
        await SendAsync(Message("one", "first"));
        await SettleAsync(await ReceiveOneAsync(), Settlement.Done);
        await PassAsync(RemembersMessageIds);

        await SendAsync(Message("one", "second"));

        Assert.Equal("second", Encoding.UTF8.GetString((await ReceiveOneAsync()).Body.Span));
    }

    [Fact]
    public async Task The_largest_body_arrives_and_a_larger_one_is_refused()
    {
        var body = new byte[OutgoingMessage.MaxBodyBytes];
        new Random(1).NextBytes(body);
        await SendAsync(new OutgoingMessage("largest", body));

        Assert.Equal(body, (await ReceiveOneAsync()).Body.ToArray());
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(new OutgoingMessage("larger", new byte[body.Length + 1])));
    }

    [Fact]
    public async Task An_empty_body_arrives()
    {
        await SendAsync(new OutgoingMessage("empty", ReadOnlyMemory<byte>.Empty, Items: 0));

        var received = await ReceiveOneAsync();

        Assert.Equal((0, 0), (received.Body.Length, received.Items));
    }

    [Fact]
    public async Task A_batch_with_a_message_that_cannot_be_sent_sends_none()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(Message("good"), Message("")));
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(Message("good"), Message(new string('x', 129))));

        await AssertNothingIsDueAsync();
    }
}
