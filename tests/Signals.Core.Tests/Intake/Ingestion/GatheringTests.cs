using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Testing;

namespace Signals.Core.Tests.Intake.Ingestion;

/// <summary>Where messages cost money, single calls wait for others to share one.</summary>
public sealed class GatheringTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly RecordingQueue _queue = new();
    private readonly TimerClock _clock = new(Batches.Now);
    private readonly IngestionOptions _options = new() { GatherTime = TimeSpan.FromSeconds(3) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_that_come_thick_share_a_message_and_are_answered_once_it_is_durable()
    {
        var service = Service();

        var calls = await CallAsync(service, perSecond: 100, seconds: 12);
        _clock.Advance(_options.GatherTime);
        await Task.WhenAll(calls);

        var sent = _queue.Sent(QueueNames.Usage);
        Assert.Equal(1200, sent.Sum(message => message.Items));
        Assert.InRange(sent.Count, 4, 6);
        Assert.Contains(sent, message => message.Items == 300);
    }

    [Fact]
    public async Task Sparse_calls_wait_for_nobody()
    {
        var service = Service();
        for (int i = 0; i < 20; i++)
        {
            await service.AcceptAsync(Batches.Of(1), Cancellation);
            _clock.Advance(2 * Second);
        }
        Assert.Equal(20, _queue.Sent(QueueNames.Usage).Count);
    }

    [Fact]
    public async Task When_calls_become_sparse_again_waiting_ends()
    {
        var service = Service();
        var calls = await CallAsync(service, perSecond: 100, seconds: 2);
        _clock.Advance(_options.GatherTime);
        await Task.WhenAll(calls);
        _clock.Advance(60 * Second);
        int before = _queue.Sends;

        await service.AcceptAsync(Batches.Of(1), Cancellation);

        Assert.Equal(before + 1, _queue.Sends);
    }

    [Fact]
    public async Task A_full_message_leaves_at_once()
    {
        var service = Service();
        var calls = await CallAsync(service, perSecond: 100, seconds: 0.5);

        // About 10 KB each: fewer than twenty fill a message.
        for (int i = 0; i < 20; i++)
            calls.Add(service.AcceptAsync(Batches.Of(1, 10_000), Cancellation));
        await Task.WhenAll(calls[..^3]);

        Assert.Contains(_queue.Sent(QueueNames.Usage), message => message.Items > 50);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_gathering_time()
    {
        var service = Service();
        var calls = await CallAsync(service, perSecond: 10, seconds: 4);
        var last = service.AcceptAsync(Batches.Of(1), Cancellation);

        _clock.Advance(_options.GatherTime);
        await last;
        await Task.WhenAll(calls);

        Assert.Equal(41, _queue.Sent(QueueNames.Usage).Sum(message => message.Items));
    }

    [Fact]
    public async Task A_large_batch_waits_for_nobody()
    {
        var service = Service();
        await EndAsync(await CallAsync(service, perSecond: 100, seconds: 1));

        await service.AcceptAsync(Batches.Of(500), Cancellation);

        Assert.Contains(_queue.Sent(QueueNames.Usage), message => message.Items == 500);
    }

    [Fact]
    public async Task When_everybody_waits_for_an_answer_nobody_waits_long()
    {
        var service = Service();
        await EndAsync(await CallAsync(service, perSecond: 100, seconds: 1));

        // Eight senders that post again only when they were answered.
        var began = _clock.GetUtcNow();
        for (int round = 0; round < 10; round++)
            await EndAsync(
                [.. Enumerable.Range(0, 8).Select(_ => service.AcceptAsync(Batches.Of(15), Cancellation))],
                TimeSpan.FromMilliseconds(50)
            );

        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(5.5));
    }

    [Fact]
    public async Task One_sender_who_waits_for_answers_is_soon_answered_at_once()
    {
        var service = Service();
        var began = _clock.GetUtcNow();
        for (int i = 0; i < 500; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await EndAsync([service.AcceptAsync(Batches.Of(15), Cancellation)], TimeSpan.FromMilliseconds(50));
        }

        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16));
    }

    [Fact]
    public void Without_a_gathering_time_nobody_waits() => Assert.Equal(TimeSpan.Zero, new IngestionOptions().GatherTime);

    [Fact]
    public void A_gathering_time_at_which_senders_give_up_is_refused()
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => new IngestionOptions { GatherTime = TimeSpan.FromSeconds(10) }.Validate());

        Assert.Equal("Ingestion option GatherTime: found 00:00:10, expected zero to 00:00:05.", failure.Message);
    }

    /// <summary>Calls of one event at an even rate; lets what was answered go on between them.</summary>
    private async Task<List<Task>> CallAsync(IngestionService service, int perSecond, double seconds)
    {
        var calls = new List<Task>();
        for (int i = 0; i < perSecond * seconds; i++)
        {
            calls.Add(service.AcceptAsync(Batches.Of(1), Cancellation));
            _clock.Advance(Second / perSecond);
            await Task.Yield();
        }
        return calls;
    }

    /// <summary>Lets time pass until all are answered.</summary>
    private async Task<List<Task>> EndAsync(List<Task> calls, TimeSpan? step = null)
    {
        while (!calls.TrueForAll(call => call.IsCompleted))
        {
            await Task.WhenAny(Task.WhenAll(calls), Task.Delay(1, Cancellation));
            if (calls.TrueForAll(call => call.IsCompleted))
                break;
            _clock.Advance(step ?? Second);
        }
        await Task.WhenAll(calls);
        return calls;
    }

    private IngestionService Service() => new(_queue, _clock, _options, new MinuteCounts(_clock), NullLogger<IngestionService>.Instance);
}
