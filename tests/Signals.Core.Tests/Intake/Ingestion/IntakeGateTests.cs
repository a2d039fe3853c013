using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Testing;

namespace Signals.Core.Tests.Intake.Ingestion;

public sealed class IntakeGateTests
{
    private const int Large = 700 * 1024;

    private readonly TimerClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingQueue _queue = new();
    private readonly IngestionOptions _options = new()
    {
        RequestsAtOnce = 2,
        MaxQueuedBytes = 1024 * 1024,
        MaxBacklogEvents = 1000,
        LongBacklogEvents = 100,
        RetryAfter = TimeSpan.FromSeconds(3),
        BacklogRetryAfter = TimeSpan.FromSeconds(30),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_work_at_once_as_may_and_the_others_in_the_order_they_came()
    {
        var gate = Gate();
        var first = await gate.EnterAsync(Large, Cancel);
        var second = await gate.EnterAsync(Large, Cancel);
        var third = gate.EnterAsync(1, Cancel).AsTask();
        var fourth = gate.EnterAsync(1, Cancel).AsTask();
        Assert.False(third.IsCompleted);

        second.Dispose();
        second.Dispose();

        await third;
        Assert.False(fourth.IsCompleted);
        first.Dispose();
        await fourth;
    }

    [Fact]
    public async Task Who_would_wait_behind_too_many_bytes_is_turned_away_before_and_after_the_body()
    {
        var gate = Gate();
        var working = new[] { await gate.EnterAsync(Large, Cancel), await gate.EnterAsync(Large, Cancel) };
        var waiting = new[] { gate.EnterAsync(Large, Cancel).AsTask(), gate.EnterAsync(Large, Cancel).AsTask() };

        Assert.Equal(_options.RetryAfter, Assert.Throws<TransientStoreException>(gate.CheckRoom).RetryAfter);
        await Assert.ThrowsAsync<TransientStoreException>(async () => await gate.EnterAsync(1, Cancel));

        foreach (var turn in working)
            turn.Dispose();
        await Task.WhenAll(waiting);
        gate.CheckRoom();
    }

    [Fact]
    public async Task Who_leaves_while_waiting_gives_the_turn_to_the_next()
    {
        using var left = new CancellationTokenSource();
        var gate = Gate();
        var first = await gate.EnterAsync(1, Cancel);
        await gate.EnterAsync(1, Cancel);
        var impatient = gate.EnterAsync(Large, left.Token).AsTask();
        var next = gate.EnterAsync(1, Cancel).AsTask();

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        first.Dispose();

        await next;
    }

    [Fact]
    public async Task A_long_backlog_leaves_half_of_the_turns_to_folding()
    {
        await QueueAsync(101);
        var gate = Gate();
        await LookAsync(gate);

        await gate.EnterAsync(1, Cancel);

        Assert.False(gate.EnterAsync(1, Cancel).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_full_backlog_turns_everybody_away_until_it_is_folded()
    {
        await QueueAsync(1001);
        var gate = Gate();

        var fault = await LookAsync(gate);

        Assert.Equal(_options.BacklogRetryAfter, fault!.RetryAfter);
    }

    [Fact]
    public async Task A_queue_with_a_limit_of_its_own_is_never_asked()
    {
        _options.MaxBacklogEvents = null;
        await QueueAsync(1_000_000);
        var gate = Gate();

        Assert.Null(await LookAsync(gate));
    }

    private IntakeGate Gate()
    {
        _options.Validate();
        return new IntakeGate(new Backlog(_queue, _options, _clock), _options);
    }

    private Task QueueAsync(int events) => _queue.SendAsync(QueueNames.Usage, [new OutgoingMessage("m", new byte[] { 1 }, events)], Cancel);

    /// <summary>Has the backlog looked at, which nobody waits for; what the door says then.</summary>
    private async Task<TransientStoreException?> LookAsync(IntakeGate gate)
    {
        TransientStoreException? said = null;
        for (int look = 0; look < 200 && said is null; look++)
        {
            said = Record.Exception(gate.CheckRoom) as TransientStoreException;
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }
        return said;
    }
}
