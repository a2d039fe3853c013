using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Intake.Monitoring;

public sealed class PipelineWatchTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly InMemoryEntityStore _store = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 1, 23, 58, 10, TimeSpan.Zero));
    private readonly MinuteCounts _counts;
    private readonly PipelineWatch _watch;

    public PipelineWatchTests()
    {
        _counts = new MinuteCounts(_clock);
        _watch = new PipelineWatch(_store, _counts, new LeftOutList(_store, new LeftOutCounts(_clock), _clock), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_add_up_over_midnight_and_over_processes()
    {
        var others = new MinuteCounts(_clock);
        var other = new PipelineWatch(_store, others, new LeftOutList(_store, new LeftOutCounts(_clock), _clock), _clock);
        _counts.NoteAccepted(10);
        others.NoteAccepted(5);
        others.NoteFold(4, 1, 0, TimeSpan.FromSeconds(9));
        _clock.Advance(Minute);
        _counts.NoteFold(7, 2, 1, TimeSpan.FromSeconds(3));
        _counts.NoteFold(1, 0, 0, TimeSpan.FromSeconds(4));
        _clock.Advance(Minute);
        await _watch.FlushAsync(all: false, Cancellation);
        await other.FlushAsync(all: false, Cancellation);

        var minutes = await _watch.ReadAsync(3, Cancellation);

        Assert.Equal(
            [
                MinuteCount.Of(At(23, 57)),
                new MinuteCount(At(23, 58), 15, 4, 1, 0, TimeSpan.FromSeconds(9)),
                new MinuteCount(At(23, 59), 0, 8, 2, 1, TimeSpan.FromSeconds(4)),
            ],
            minutes
        );
    }

    [Fact]
    public async Task A_minute_is_written_once_when_it_is_over_and_nothing_is_written_when_nothing_came()
    {
        for (int second = 0; second < 50; second++)
        {
            _counts.NoteAccepted(1);
            await _watch.FlushAsync(all: false, Cancellation);
        }
        Assert.Equal(0, _store.Probe.Total);

        _clock.Advance(Minute);
        for (int time = 0; time < 5; time++)
            await _watch.FlushAsync(all: false, Cancellation);

        Assert.Equal(1, _store.Probe.Total);
        Assert.Equal(50, (await _watch.ReadAsync(5, Cancellation))[^1].Accepted);
    }

    [Fact]
    public async Task The_minute_under_way_is_written_when_the_process_ends()
    {
        _counts.NoteAccepted(3);
        await _watch.FlushAsync(all: true, Cancellation);
        _clock.Advance(Minute);
        Assert.Equal(3, (await _watch.ReadAsync(1, Cancellation))[0].Accepted);
    }

    [Fact]
    public async Task What_cannot_be_written_is_kept_for_the_next_time_and_bounded()
    {
        _store.Probe.Before = _ => throw new TransientStoreException("away");
        for (int minute = 0; minute < 3 * MinuteCounts.MaxMinutes; minute++)
        {
            _counts.NoteAccepted(1);
            _clock.Advance(Minute);
            await Assert.ThrowsAsync<TransientStoreException>(() => _watch.FlushAsync(all: false, Cancellation));
        }
        _store.Probe.Reset();
        await _watch.FlushAsync(all: false, Cancellation);
        Assert.Equal(MinuteCounts.MaxMinutes, (await _watch.ReadAsync(600, Cancellation)).Sum(minute => minute.Accepted));
    }

    [Fact]
    public async Task Days_long_over_are_removed()
    {
        _counts.NoteAccepted(1);
        _clock.Advance(Minute);
        await _watch.FlushAsync(all: false, Cancellation);
        Assert.Equal(0, await _watch.PruneAsync(Cancellation));
        _clock.Advance(TimeSpan.FromDays(PipelineWatch.KeepDays + 1));
        Assert.Equal(1, await _watch.PruneAsync(Cancellation));
    }

    private static DateTimeOffset At(int hour, int minute) => new(2026, 3, 1, hour, minute, 0, TimeSpan.Zero);
}
