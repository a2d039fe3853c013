using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Testing;

namespace Signals.Core.Tests.Intake.Ingestion;

public sealed class IngestionServiceTests
{
    private readonly RecordingQueue _queue = new();
    private readonly IngestionOptions _options = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Returns_only_once_the_events_are_durable()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        var service = Service();

        var accepting = service.AcceptAsync(Batches.Of(3), Cancellation);
        Assert.False(accepting.IsCompleted);
        durable.SetResult();
        await accepting;

        Assert.Equal(3, _queue.Sent(QueueNames.Usage).Sum(message => message.Items));
    }

    [Fact]
    public async Task What_arrives_during_a_send_shares_the_next_message()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        var service = Service();

        var first = service.AcceptAsync(Batches.Of(1), Cancellation);
        var others = Enumerable.Range(0, 99).Select(_ => service.AcceptAsync(Batches.Of(1), Cancellation)).ToList();
        durable.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, _queue.Sends);
        Assert.Equal([1, 99], _queue.Sent(QueueNames.Usage).Select(message => message.Items));
    }

    [Fact]
    public async Task The_callers_buffer_may_change_while_its_events_wait()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        var service = Service();
        byte[] payload = "{\"a\":1}"u8.ToArray();

        var first = service.AcceptAsync(Batches.Of(1), Cancellation);
        var waiting = service.AcceptAsync(new EventBatch([Batches.Event(1) with { Payload = payload }], []), Cancellation);
        payload.AsSpan().Clear();
        durable.SetResult();
        await Task.WhenAll(first, waiting);

        var sent = EventBatchCodec.Unpack(_queue.Sent(QueueNames.Usage)[1].Body).Events;
        Assert.Equal("{\"a\":1}"u8.ToArray(), Assert.Single(sent).Payload.ToArray());
    }

    [Fact]
    public async Task A_failed_send_fails_those_who_were_in_it_and_no_others()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        var service = Service();

        var first = service.AcceptAsync(Batches.Of(1), Cancellation);
        var second = service.AcceptAsync(Batches.Of(1), Cancellation);
        _queue.BeforeSend = () => Task.CompletedTask;
        durable.SetException(new TransientStoreException("busy"));

        await Assert.ThrowsAsync<TransientStoreException>(() => first);
        await second;
        Assert.Single(_queue.Sent(QueueNames.Usage));
    }

    [Fact]
    public async Task Who_sends_much_has_a_message_of_their_own_and_the_others_share_one_in_the_same_send()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        var service = Service();

        var calls = new[] { Batches.Of(1), Batches.Of(2), Batches.Of(3, 20_000), Batches.Of(4) }
            .Select(batch => service.AcceptAsync(batch, Cancellation))
            .ToList();
        durable.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(2, _queue.Sends);
        Assert.Equal([1, 6, 3], _queue.Sent(QueueNames.Usage).Select(message => message.Items));
    }

    [Fact]
    public async Task Too_much_waiting_is_refused_until_it_has_gone()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        _options.MaxWaitingBytes = 8 * 1024 * 1024;
        var service = Service();
        var megabyte = Batches.Of(35, 30_000);

        // Each is packed while it waits, and a quarter smaller.
        var waiting = Enumerable.Range(0, 10).Select(_ => service.AcceptAsync(megabyte, Cancellation)).ToList();
        var refused = await Assert.ThrowsAsync<TransientStoreException>(() => service.AcceptAsync(megabyte, Cancellation));
        durable.SetResult();
        await Task.WhenAll(waiting);
        await service.AcceptAsync(megabyte, Cancellation);

        Assert.Equal(_options.RetryAfter, refused.RetryAfter);
        Assert.Equal(11 * 35, _queue.Sent(QueueNames.Usage).Sum(message => message.Items));
    }

    [Fact]
    public async Task A_sender_that_leaves_does_not_take_others_events_along()
    {
        var durable = new TaskCompletionSource();
        _queue.BeforeSend = () => durable.Task;
        var service = Service();
        using var leaving = new CancellationTokenSource();

        var first = service.AcceptAsync(Batches.Of(1), leaving.Token);
        var second = service.AcceptAsync(Batches.Of(1), Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        durable.SetResult();
        await second;

        Assert.Equal(2, _queue.Sent(QueueNames.Usage).Sum(message => message.Items));
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_is_a_passing_fault()
    {
        _queue.BeforeSend = () => new TaskCompletionSource().Task;
        _options.SendTimeout = TimeSpan.FromMilliseconds(1);

        await Assert.ThrowsAsync<TransientStoreException>(() => Service().AcceptAsync(Batches.Of(1), Cancellation));
    }

    [Fact]
    public async Task Nothing_to_send_is_not_sent()
    {
        await Service().AcceptAsync(new EventBatch([], []), Cancellation);

        Assert.Equal(0, _queue.Sends);
    }

    [Fact]
    public void Options_say_what_is_wrong_with_them()
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => new IngestionOptions { MaxWaitingBytes = 5 }.Validate());

        Assert.Equal("Ingestion option MaxWaitingBytes: found 5, expected at least 8388608.", failure.Message);
    }

    private IngestionService Service() =>
        new(_queue, new VirtualClock(Batches.Now), _options, new MinuteCounts(TimeProvider.System), NullLogger<IngestionService>.Instance);
}
