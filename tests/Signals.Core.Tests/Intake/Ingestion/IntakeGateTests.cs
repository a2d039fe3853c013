using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Testing;

namespace Signals.Core.Tests.Intake.Ingestion;

public sealed class IntakeGateTests : IDisposable
{
    private const int Large = 700 * 1024;

    private readonly TimerClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingQueue _queue = new();
    private readonly IngestionOptions _options = new()
    {
        RequestsAtOnce = 2,
        MinQueuedBytes = 0,
        MaxQueuedBytes = 1024 * 1024,
        MaxStoringBytes = 1024 * 1024,
        MaxWait = Milliseconds(100),
        MaxBacklogEvents = 1000,
        LongBacklogEvents = 100,
        RetryAfter = TimeSpan.FromSeconds(3),
        BacklogRetryAfter = TimeSpan.FromSeconds(30),
    };

    private IntakeGate? _gate;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IntakeGate Gate => _gate ??= New();

    public void Dispose() => _gate?.Dispose();

    [Fact]
    public async Task As_many_work_at_once_as_may_and_the_others_in_the_order_they_came()
    {
        var first = await WorkAsync(Large);
        var second = await WorkAsync(Large);
        var (third, fourth) = (WorkAsync(1), WorkAsync(1));
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
        var late = Come(1);
        var working = new[] { await WorkAsync(Large), await WorkAsync(Large) };
        var waiting = new[] { WorkAsync(Large), WorkAsync(Large) };

        Assert.Equal(_options.RetryAfter, Assert.Throws<TransientStoreException>(Gate.CheckRoom).RetryAfter);
        Assert.Equal(_options.RetryAfter, TurnedAway(1));
        await IsTurnedAwayAsync(EnterAsync(late, 1));

        Array.ForEach(working, place => place.Dispose());
        await Task.WhenAll(waiting);
        Gate.CheckRoom();
    }

    [Fact]
    public async Task Who_leaves_while_waiting_gives_the_turn_to_the_next_and_the_room_back()
    {
        using var left = new CancellationTokenSource();
        var first = await WorkAsync(1);
        await WorkAsync(1);
        var impatient = new[] { EnterAsync(Come(Large), Large, left.Token), EnterAsync(Come(Large), Large, left.Token) };
        Assert.Throws<TransientStoreException>(Gate.CheckRoom);

        await left.CancelAsync();

        foreach (var gone in impatient)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        var next = WorkAsync(1);
        first.Dispose();
        await next;
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_to_come_again_and_the_turn_goes_to_who_came_later()
    {
        var first = await WorkAsync(1);
        await WorkAsync(1);
        var late = Enumerable.Range(0, 3).Select(_ => WorkAsync(1)).ToList();
        _clock.Advance(Milliseconds(60));
        var inTime = Enumerable.Range(0, 4).Select(_ => WorkAsync(1)).ToList();

        _clock.Advance(Milliseconds(41));

        foreach (var waited in late)
            Assert.Equal(_options.RetryAfter, (await IsTurnedAwayAsync(waited)).RetryAfter);
        Assert.DoesNotContain(inTime, waiting => waiting.IsCompleted);
        first.Dispose();
        await inTime[0];
    }

    [Fact]
    public async Task A_pause_of_the_machine_turns_nobody_away_who_is_next()
    {
        var first = await WorkAsync(1);
        await WorkAsync(1);
        var next = Enumerable.Range(0, 4).Select(_ => WorkAsync(1)).ToList();

        _clock.Advance(Milliseconds(900));

        Assert.DoesNotContain(next, waiting => waiting.IsCompleted);
        first.Dispose();
        await next[0];
    }

    [Fact]
    public async Task Everybody_behind_a_turn_that_does_not_end_is_told_at_last()
    {
        await WorkAsync(1);
        await WorkAsync(1);
        var waiting = new List<Task>();
        for (int i = 0; i < 6; i++)
        {
            waiting.Add(WorkAsync(1));
            _clock.Advance(Milliseconds(30));
        }

        _clock.Advance(TimeSpan.FromSeconds(1.2));

        foreach (var late in waiting)
            await IsTurnedAwayAsync(late);
        Assert.Null(_clock.NextDue);
    }

    [Fact]
    public async Task Who_would_wait_too_long_at_the_pace_of_late_is_turned_away_at_the_door()
    {
        const int bytes = 100_000;
        var work = await QueueAtPaceAsync(bytes, Milliseconds(10));

        // Ten milliseconds for each that waits or comes: six are over half of the time.
        var ahead = Enumerable.Range(0, 6).Select(_ => Come(bytes)).ToList();
        Assert.Equal(_options.RetryAfter, TurnedAway(bytes));

        ahead[0].Dispose();
        ahead[1].Dispose();
        Come(bytes).Dispose();
        work.Dispose();
    }

    [Fact]
    public async Task What_some_senders_at_once_bring_keeps_nobody_out_however_slow_the_machine_is()
    {
        const int bytes = 40_000;
        _options.MinQueuedBytes = 10 * bytes;
        var work = await QueueAtPaceAsync(bytes, Milliseconds(99));

        var waiting = Enumerable.Range(0, 9).Select(_ => WorkAsync(bytes)).ToList();
        var last = Come(bytes);
        Assert.Equal(_options.RetryAfter, TurnedAway(bytes));

        _clock.Advance(Milliseconds(900));
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        work.Dispose();
        await waiting[0];
        last.Dispose();
    }

    [Fact]
    public async Task What_is_slow_to_come_keeps_nobody_out()
    {
        const int bytes = 100_000;
        var work = await QueueAtPaceAsync(bytes, Milliseconds(10));
        var slow = Enumerable.Range(0, 6).Select(_ => Come(bytes)).ToList();
        Assert.NotNull(TurnedAway(bytes));

        _clock.Advance(_options.MaxWait);

        Come(bytes).Dispose();
        // Once it is here after all it has its turn like everybody.
        work.Dispose();
        await EnterAsync(slow[0], bytes);
    }

    [Fact]
    public async Task A_pause_of_the_disk_keeps_nobody_out_afterwards()
    {
        const int bytes = 100_000;
        (await QueueAtPaceAsync(bytes, Milliseconds(99))).Dispose();
        for (int few = 0; few < 5; few++)
            Come(bytes);
        Assert.NotNull(TurnedAway(bytes));

        // What came before it is long answered, and nobody waited since.
        _clock.Advance(TimeSpan.FromSeconds(1.1));

        for (int i = 0; i < 20; i++)
            Come(bytes);
    }

    [Fact]
    public async Task While_much_waits_for_the_disk_it_is_nobodys_turn()
    {
        var first = await WorkAsync(Large);
        var second = await WorkAsync(Large);
        first.EndTurn();
        (await WorkAsync(1)).Dispose();
        second.EndTurn();

        var next = WorkAsync(1);

        Assert.False(next.IsCompleted);
        first.Dispose();
        await next;
    }

    [Fact]
    public async Task A_long_backlog_leaves_half_of_the_turns_to_folding()
    {
        await QueueAsync(101);
        await LookAsync();

        await WorkAsync(1);

        Assert.False(WorkAsync(1).IsCompleted);
    }

    [Fact]
    public async Task A_full_backlog_turns_everybody_away_until_it_is_folded()
    {
        await QueueAsync(1001);

        var fault = await LookAsync();

        Assert.Equal(_options.BacklogRetryAfter, fault!.RetryAfter);
        Assert.Equal(_options.BacklogRetryAfter, TurnedAway(1));
    }

    [Fact]
    public async Task A_queue_with_a_limit_of_its_own_is_never_asked()
    {
        _options.MaxBacklogEvents = null;
        await QueueAsync(1_000_000);

        Assert.Null(await LookAsync());
    }

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static async Task<TransientStoreException> IsTurnedAwayAsync(Task waiting) =>
        await Assert.ThrowsAsync<TransientStoreException>(() => waiting);

    private static async Task<IntakePlace> EnterAsync(IntakePlace place, int bytes, CancellationToken? left = null)
    {
        await place.EnterAsync(bytes, left ?? Cancel);
        return place;
    }

    private IntakeGate New()
    {
        _options.Validate();
        return new IntakeGate(new Backlog(_queue, _options, _clock), _options, _clock);
    }

    private IntakePlace Come(int bytes)
    {
        Assert.True(Gate.TryCome(bytes, out var place, out _));
        return place;
    }

    /// <summary>When who is turned away at the door should come again; null for who gets a place.</summary>
    private TimeSpan? TurnedAway(int bytes) => Gate.TryCome(bytes, out _, out var retryAfter) ? null : retryAfter;

    /// <summary>Comes with a body and waits for its turn.</summary>
    private Task<IntakePlace> WorkAsync(int bytes) => EnterAsync(Come(bytes), bytes);

    /// <summary>
    /// Has requests queue for their turns, one of which ends every so often, until nobody waits. Two are at work then: one is given, and one
    /// for good.
    /// </summary>
    private async Task<IntakePlace> QueueAtPaceAsync(int bytes, TimeSpan pace)
    {
        var working = await WorkAsync(bytes);
        await WorkAsync(bytes);
        for (int i = 0; i < 10; i++)
        {
            var next = WorkAsync(bytes);
            _clock.Advance(pace);
            working.Dispose();
            working = await next;
        }
        return working;
    }

    private Task QueueAsync(int events) => _queue.SendAsync(QueueNames.Usage, [new OutgoingMessage("m", new byte[] { 1 }, events)], Cancel);

    /// <summary>Has the backlog looked at, which nobody waits for; what the door says then.</summary>
    private async Task<TransientStoreException?> LookAsync()
    {
        TransientStoreException? said = null;
        for (int look = 0; look < 200 && said is null; look++)
        {
            said = Record.Exception(Gate.CheckRoom) as TransientStoreException;
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }
        return said;
    }
}
