using Signals.Core.Platform.Storage;
using Signals.Testing;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Platform.Storage;

public sealed class OptimisticTests
{
    private const string Table = "system";
    private const string Column = "count";

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryEntityStore _store = new();
    private readonly TimerClock _clock = new(Noon);

    [Fact]
    public async Task A_change_that_nobody_disturbs_is_one_read_and_one_write()
    {
        var row = await AddAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, row?.GetInt32(Column));
        Assert.Equal((1, 1), (_store.Probe.Count(StoreCallKind.Get), _store.Probe.Count(StoreCallKind.Commit)));
    }

    [Fact]
    public async Task Nothing_to_change_is_one_read_and_says_what_is_there()
    {
        await AddAsync(TestContext.Current.CancellationToken);
        _store.Probe.Reset();

        var row = await _store.ChangeAsync(Table, "p", "r", "look", _clock, _ => null, TestContext.Current.CancellationToken);

        Assert.Equal(1, row?.GetInt32(Column));
        Assert.Equal((1, 0), (_store.Probe.Count(StoreCallKind.Get), _store.Probe.Count(StoreCallKind.Commit)));
    }

    [Fact]
    public async Task After_one_conflict_it_tries_again_at_once()
    {
        DisturbCommits(1);

        // The clock stands still: a pause would never end.
        var row = await AddAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, row?.GetInt32(Column));
        Assert.Equal(2, _store.Probe.Count(StoreCallKind.Get));
    }

    [Fact]
    public async Task A_conflict_every_time_ends_in_an_error_that_names_the_deed_and_pauses_within_bounds()
    {
        DisturbCommits(int.MaxValue);

        var change = AddAsync(TestContext.Current.CancellationToken);
        var paused = await WindAsync(change);

        var fault = await Assert.ThrowsAsync<TransientStoreException>(() => change);
        Assert.StartsWith("20 attempts to count on ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(20, _store.Probe.Count(StoreCallKind.Get));
        // 18 pauses: 10, 20, 40, 80 and 160 ms, then 13 of 320 ms, at most.
        Assert.InRange(paused, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(310 + (13 * 320)));
    }

    [Fact]
    public async Task Many_writers_at_once_all_get_their_turn()
    {
        const int Writers = 100;

        // Everybody reads before anybody writes; afterwards they meet as it happens.
        var together = new TaskCompletionSource();
        int reading = 0;
        _store.Probe.Before = async call =>
        {
            if (call.Kind != StoreCallKind.Get || Volatile.Read(ref reading) >= Writers)
                return;
            if (Interlocked.Increment(ref reading) == Writers)
                together.SetResult();
            await together.Task;
        };
        var writers = Enumerable.Range(0, Writers).Select(_ => AddAsync(TestContext.Current.CancellationToken)).ToList();
        await WindAsync(Task.WhenAll(writers));
        await Task.WhenAll(writers);

        Assert.Equal(Writers, Assert.Single(_store.All(Table)).GetInt32(Column));
        // Each found another count: nobody's change was lost, and none was made twice.
        var seen = await Task.WhenAll(writers);
        Assert.Equal(Enumerable.Range(1, Writers), seen.Select(row => row!.GetInt32(Column)!.Value).Order());
    }

    [Fact]
    public async Task A_pause_ends_when_it_is_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        DisturbCommits(int.MaxValue);

        var change = AddAsync(stop.Token);
        Assert.False(change.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => change);
        // It is not tried again: two attempts before the pause, none after it.
        Assert.Equal(2, _store.Probe.Count(StoreCallKind.Get));
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_conflict()
    {
        _store.Probe.CrashAt(2);

        await Assert.ThrowsAsync<SimulatedCrashException>(() => AddAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, _store.Probe.Total);
    }

    [Fact]
    public void An_attempt_that_met_a_conflict_has_no_result() =>
        Assert.Throws<InvalidOperationException>(() => ((Attempt<int>)Attempt.Conflict).Value);

    private Task<Entity?> AddAsync(CancellationToken cancellationToken) =>
        _store.ChangeAsync(
            Table,
            "p",
            "r",
            "count on",
            _clock,
            row => new Entity("p", "r") { [Column] = (row?.GetInt32(Column) ?? 0) + 1 },
            cancellationToken
        );

    /// <summary>Another writer is faster than so many commits.</summary>
    private void DisturbCommits(int times)
    {
        int left = times;
        _store.Probe.Before = async call =>
        {
            if (call.Kind != StoreCallKind.Commit || call.Writes != 1 || left-- <= 0)
                return;
            left = left < 0 ? 0 : left;
            var before = _store.Probe.Before;
            _store.Probe.Before = null;
            await _store.CommitAsync(
                Table,
                "p",
                [EntityOperation.Upsert(new Entity("p", "r") { [Column] = 1 })],
                TestContext.Current.CancellationToken
            );
            _store.Probe.Before = before;
        };
    }

    /// <summary>Moves the clock on until the work is over; returns how long that took by the clock.</summary>
    private async Task<TimeSpan> WindAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
        return _clock.GetUtcNow() - Noon;
    }
}
