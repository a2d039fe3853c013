namespace Signals.Core.Platform.Time;

/// <summary>
/// How often something is tried and how long it rests in between: the one policy of pauses. Before the n-th pause there is a ceiling, which
/// doubles from <paramref name="First"/> up to <paramref name="Longest"/>, and the pause is any time up to it, by lot.
/// </summary>
/// <remarks>
/// The lot over the whole range ("full jitter") costs the fewest attempts when writers contend for a row, as measured by M. Brooker,
/// "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015), for exactly this case: optimistic concurrency control. Pauses pass by
/// the <see cref="TimeProvider"/> they are given.
/// </remarks>
/// <param name="MaxAttempts">Attempts, the first one included; there is a pause less, or two where the first retry follows at once.</param>
/// <param name="First">The ceiling of the first pause.</param>
/// <param name="Longest">No pause is longer.</param>
public sealed record Backoff(int MaxAttempts, TimeSpan First, TimeSpan Longest)
{
    /// <summary>Timers know nothing shorter.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// After another writer's change. Table Storage answers within some 10 ms, so the first pause lets one write pass, and the longest
    /// about thirty: a row that a hundred workers want at once is had by all. 20 attempts rest 4.5 s at most, 2.3 s on average: less than a
    /// request may take, and than any queue's lease.
    /// </summary>
    public static Backoff AfterConflict { get; } = new(20, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(320));

    /// <summary>
    /// While the store is busy or out of reach, for work that somebody waits for: 15 s on average, 30 s at most. Work that comes by a queue
    /// goes back to it instead.
    /// </summary>
    public static Backoff WhileAway { get; } = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(16));

    /// <summary>The n-th pause's ceiling; pauses count from 1.</summary>
    public TimeSpan Ceiling(int pause) => pause > 30 || First * (1L << (pause - 1)) > Longest ? Longest : First * (1L << (pause - 1));

    /// <summary>
    /// Rests for the n-th time; for <paramref name="asked"/> if the other side said how long, within <see cref="Longest"/>.
    /// </summary>
    public Task PauseAsync(int pause, TimeProvider clock, CancellationToken cancellationToken, TimeSpan? asked = null)
    {
        var length = asked ?? Shortest + (Ceiling(pause) - Shortest) * Random.Shared.NextDouble();
        return Task.Delay(length < Longest ? length : Longest, clock, cancellationToken);
    }
}
