using Signals.Core.Platform.Time;
using Signals.Testing;

namespace Signals.Core.Tests.Platform.Time;

public sealed class BackoffTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ceilings_double_up_to_the_longest()
    {
        var backoff = new Backoff(9, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(60));

        Assert.Equal([10, 20, 40, 60, 60], Enumerable.Range(1, 5).Select(pause => backoff.Ceiling(pause).TotalMilliseconds));
        Assert.Equal(60, backoff.Ceiling(int.MaxValue).TotalMilliseconds);
    }

    [Fact]
    public async Task A_pause_passes_by_the_clock_and_ends_within_its_ceiling()
    {
        var clock = new TimerClock(Noon);
        var backoff = new Backoff(9, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

        var pauses = Enumerable.Range(0, 200).Select(_ => backoff.PauseAsync(2, clock, TestContext.Current.CancellationToken)).ToList();
        clock.Advance(TimeSpan.FromMinutes(1));
        int early = pauses.Count(pause => pause.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));

        // By lot over the whole range: of 200, fewer than 50 or more than 150 in one half would be a chance of one in 10^12.
        Assert.InRange(early, 50, 150);
        await Task.WhenAll(pauses);
    }

    [Fact]
    public async Task What_the_other_side_asked_for_goes_first_but_not_without_end()
    {
        var clock = new TimerClock(Noon);
        var backoff = new Backoff(9, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

        var asked = backoff.PauseAsync(1, clock, TestContext.Current.CancellationToken, TimeSpan.FromSeconds(20));
        var endless = backoff.PauseAsync(1, clock, TestContext.Current.CancellationToken, TimeSpan.FromDays(1));
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await asked;
        Assert.False(endless.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(10));
        await endless;
    }
}
