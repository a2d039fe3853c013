using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Tests.Messaging;

/// <summary>What the contract does not ask: a broker that shows less than it has, leases that run out, faults midway.</summary>
public sealed class ServiceBusDeadLettersTests
{
    private readonly ServiceBusApp _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FakeQueue Usage => _app.Bus.Queue("usage");

    [Fact]
    public async Task A_peek_that_shows_fewer_than_there_are_is_not_taken_for_all()
    {
        await DeadLetterAsync(5);
        Usage.PeekLimit = 2;

        var page = await _app.DeadLetters.ListAsync("usage", 4, null, Cancellation);
        var last = await _app.DeadLetters.ListAsync("usage", 4, page.Next, Cancellation);

        Assert.Equal(["m0", "m1", "m2", "m3"], page.Messages.Select(letter => letter.MessageId));
        Assert.Equal("m4", Assert.Single(last.Messages).MessageId);
        Assert.Null(last.Next);
    }

    [Fact]
    public async Task A_letter_that_others_are_reached_past_keeps_its_count_of_deliveries()
    {
        await DeadLetterAsync(3);
        var before = await LettersAsync();

        for (int round = 0; round < 3; round++)
            Assert.False(await ReplayAllSinceAsync(_app.Clock.GetUtcNow().AddDays(1)) > 0);
        Assert.True(await _app.DeadLetters.DiscardAsync("usage", before[2].Id, Cancellation));

        Assert.Equal(before.Take(2), await LettersAsync());
    }

    [Fact]
    public async Task What_kept_a_letters_count_does_not_go_back_into_its_queue()
    {
        await DeadLetterAsync(2);
        var letters = await LettersAsync();
        await _app.DeadLetters.DiscardAsync("usage", letters[1].Id, Cancellation);

        Assert.True(await _app.DeadLetters.ReplayAsync("usage", letters[0].Id, Cancellation));

        Assert.DoesNotContain("dead-deliveries", Usage.Taken[^1].ApplicationProperties.Keys);
        Assert.Equal(
            ("m0", 1),
            Assert.Single(await _app.Queue.ReceiveAsync("usage", 5, FakeServiceBus.Lock, Cancellation)) is var again
                ? (again.MessageId, again.DeliveryCount)
                : default
        );
    }

    [Fact]
    public async Task A_lease_that_runs_out_before_the_letter_is_completed_is_taken_again_and_one_copy_is_sent()
    {
        await DeadLetterAsync(2);
        var letters = await LettersAsync();
        Usage.CompleteFaults.Enqueue(Lost());

        Assert.True(await _app.DeadLetters.ReplayAsync("usage", letters[1].Id, Cancellation));

        Assert.Equal("m0", Assert.Single(await LettersAsync()).MessageId);
        Assert.Equal("m1", Assert.Single(await _app.Queue.ReceiveAsync("usage", 5, FakeServiceBus.Lock, Cancellation)).MessageId);
    }

    [Fact]
    public async Task A_letter_whose_lease_always_runs_out_is_replayed_all_the_same_and_not_discarded()
    {
        await DeadLetterAsync(1);
        var letter = Assert.Single(await LettersAsync());
        for (int fault = 0; fault < 6; fault++)
            Usage.CompleteFaults.Enqueue(Lost());

        Assert.True(await _app.DeadLetters.ReplayAsync("usage", letter.Id, Cancellation));
        await Assert.ThrowsAsync<TransientStoreException>(() => _app.DeadLetters.DiscardAsync("usage", letter.Id, Cancellation));

        Assert.Equal("m0", Assert.Single(await _app.Queue.ReceiveAsync("usage", 5, FakeServiceBus.Lock, Cancellation)).MessageId);
    }

    [Fact]
    public async Task Leases_that_run_out_while_all_are_replayed_end_nothing()
    {
        await DeadLetterAsync(5);
        Usage.CompleteFaults.Enqueue(Lost());
        Usage.CompleteFaults.Enqueue(Lost());

        Assert.Equal(5, await ReplayAllSinceAsync(DateTimeOffset.MinValue));

        Assert.Empty(await LettersAsync());
        Assert.Equal(
            ["m0", "m1", "m2", "m3", "m4"],
            (await _app.Queue.ReceiveAsync("usage", 9, FakeServiceBus.Lock, Cancellation))
                .Select(message => message.MessageId)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_fault_midway_tells_how_many_were_given_back_and_leaves_the_others_there()
    {
        await DeadLetterAsync(150);
        Usage.SendFaults[Usage.Sends + 120] = new ServiceBusException("throttled", ServiceBusFailureReason.ServiceBusy);

        int first = await ReplayAllSinceAsync(DateTimeOffset.MinValue);
        int left = (await LettersAsync(200)).Count;
        _app.Clock.Advance(FakeServiceBus.Lock);
        int second = await ReplayAllSinceAsync(DateTimeOffset.MinValue);

        Assert.InRange(first, 100, 149);
        Assert.InRange(left, 150 - first, 149);
        Assert.InRange(second, 1, left);
        Assert.Empty(await LettersAsync());
        Assert.Equal(150, Usage.Taken.Count(message => message.MessageId.Contains("~r", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fault_before_the_first_was_given_back_is_a_passing_one()
    {
        await DeadLetterAsync(1);
        Usage.SendFaults[Usage.Sends + 1] = new ServiceBusException("throttled", ServiceBusFailureReason.ServiceBusy);

        await Assert.ThrowsAsync<TransientStoreException>(() => ReplayAllSinceAsync(DateTimeOffset.MinValue));

        Assert.Single(await LettersAsync());
    }

    private static ServiceBusException Lost() => new("The lock supplied is invalid.", ServiceBusFailureReason.MessageLockLost);

    private Task<int> ReplayAllSinceAsync(DateTimeOffset since) => _app.DeadLetters.ReplayAllAsync("usage", since, Cancellation);

    private async Task<IReadOnlyList<DeadLetter>> LettersAsync(int take = 50) =>
        (await _app.DeadLetters.ListAsync("usage", take, null, Cancellation)).Messages;

    private async Task DeadLetterAsync(int count)
    {
        await _app.Queue.SendAsync(
            "usage",
            [.. Enumerable.Range(0, count).Select(i => new OutgoingMessage($"m{i}", "body"u8.ToArray()))],
            Cancellation
        );
        var received = await _app.Queue.ReceiveAsync("usage", count, FakeServiceBus.Lock, Cancellation);
        await _app.Queue.SettleAsync([.. received.Select(message => new SettledMessage(message, Settlement.Dead("broken")))], Cancellation);
    }
}
