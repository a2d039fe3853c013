using System.Text;
using Signals.Core.Platform.Messaging;
using Xunit;

namespace Signals.Testing.Messaging;

public abstract partial class MessageQueueContract
{
    [Fact]
    public async Task Dead_letters_are_listed_page_by_page_with_what_they_hold_and_why_they_are_there()
    {
        var sent = await DeadLetterAsync("a", "b", "c");

        var first = await DeadLetters.ListAsync(QueueName, 2, null, Cancellation);
        var last = await DeadLetters.ListAsync(QueueName, 2, first.Next, Cancellation);

        Assert.Equal(["a", "b"], first.Messages.Select(dead => dead.MessageId));
        Assert.Equal("c", Assert.Single(last.Messages).MessageId);
        Assert.Null(last.Next);
        var dead = first.Messages[0];
        Assert.Equal(
            (QueueName, "body of a", 9, 3, 1, sent[0].EnqueuedAt),
            (dead.Queue, dead.Preview, dead.Bytes, dead.Items, dead.Deliveries, dead.EnqueuedAt)
        );
        Assert.Contains("a is broken", dead.Reason, StringComparison.Ordinal);
        var found = await DeadLetters.FindAsync(QueueName, dead.Id, Cancellation);
        Assert.Equal(dead, found);
        Assert.Equal("body of a", Encoding.UTF8.GetString(found!.Body.Span));
    }

    [Fact]
    public async Task A_replayed_dead_letter_is_delivered_under_its_own_id_as_if_it_never_had_been()
    {
        var sent = await DeadLetterAsync("one", "two");
        await PassAsync(TimeSpan.FromSeconds(1));
        var dead = (await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages[0];

        Assert.True(await DeadLetters.ReplayAsync(QueueName, dead.Id, Cancellation));

        var message = await ReceiveOneAsync();
        Assert.Equal(("one", 1, 3, sent[0].EnqueuedAt), (message.MessageId, message.DeliveryCount, message.Items, message.EnqueuedAt));
        Assert.Equal("two", Assert.Single((await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages).MessageId);
        Assert.False(await DeadLetters.ReplayAsync(QueueName, dead.Id, Cancellation));
        Assert.Null(await DeadLetters.FindAsync(QueueName, dead.Id, Cancellation));
    }

    [Fact]
    public async Task A_dead_letter_that_was_replayed_and_fails_again_can_be_replayed_again()
    {
        await DeadLetterAsync("one");
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(1, await DeadLetters.ReplayAllAsync(QueueName, DateTimeOffset.MinValue, Cancellation));
            await SettleAsync(await ReceiveOneAsync(), Settlement.Dead("broken still"));
        }

        Assert.Equal("one", Assert.Single((await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages).MessageId);
    }

    [Fact]
    public async Task A_replayed_message_that_is_given_back_as_it_was_before_is_not_taken_for_a_duplicate()
    {
        await SendAsync(Message("one"));
        await SettleAsync(await ReceiveOneAsync(), Settlement.Again("busy"));
        await PassAsync(TimeSpan.FromSeconds(2));
        await SettleAsync(await ReceiveOneAsync(), Settlement.Dead("broken"));
        await DeadLetters.ReplayAllAsync(QueueName, DateTimeOffset.MinValue, Cancellation);

        await SettleAsync(await ReceiveOneAsync(), Settlement.Again("busy"));
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(("one", 2), await ReceiveOneAsync() is var again ? (again.MessageId, again.DeliveryCount) : default);
    }

    [Fact]
    public async Task All_dead_letters_are_replayed_but_those_that_are_too_old()
    {
        await DeadLetterAsync("old");
        await PassAsync(Lease * 2);
        var sent = await DeadLetterAsync("a", "b");

        Assert.Equal(2, await DeadLetters.ReplayAllAsync(QueueName, sent[0].EnqueuedAt, Cancellation));

        Assert.Equal(["a", "b"], (await ReceiveAsync(2)).Select(message => message.MessageId).Order(StringComparer.Ordinal));
        Assert.Equal("old", Assert.Single((await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages).MessageId);
    }

    [Fact]
    public async Task A_discarded_dead_letter_is_gone_and_its_neighbours_stay()
    {
        await DeadLetterAsync("one", "two");
        var dead = (await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages[0];

        Assert.True(await DeadLetters.DiscardAsync(QueueName, dead.Id, Cancellation));

        Assert.False(await DeadLetters.DiscardAsync(QueueName, dead.Id, Cancellation));
        Assert.Equal("two", Assert.Single((await DeadLetters.ListAsync(QueueName, 5, null, Cancellation)).Messages).MessageId);
        Assert.Equal(1, (await DepthAsync()).DeadLetteredMessages);
        await AssertNothingIsDueAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no number")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("4711")]
    public async Task What_is_no_dead_letter_is_not_found(string id)
    {
        await DeadLetterAsync("one");
        Assert.Null(await DeadLetters.FindAsync(QueueName, id, Cancellation));
        Assert.False(await DeadLetters.ReplayAsync(QueueName, id, Cancellation));
        Assert.False(await DeadLetters.DiscardAsync(QueueName, id, Cancellation));
        Assert.Equal(1, (await DepthAsync()).DeadLetteredMessages);
    }

    /// <summary>Sends messages and puts them aside, one after another; returns them as they were received.</summary>
    private async Task<List<QueueMessage>> DeadLetterAsync(params string[] ids)
    {
        var sent = new List<QueueMessage>();
        foreach (string id in ids)
        {
            await SendAsync(Message(id, $"body of {id}", items: 3));
            sent.Add(await ReceiveOneAsync());
            await SettleAsync(sent[^1], Settlement.Dead($"{id} is broken"));
        }
        return sent;
    }
}
