namespace Signals.Core.Platform.Time;

/// <summary>Whether a stored moment is long enough ago, under clocks that may be set back.</summary>
public static class Elapsed
{
    /// <summary>
    /// True when <paramref name="span"/> has passed since a moment. One further ahead than that was written under a clock that was wrong
    /// then or is wrong now: nobody waits for it. One that is a little ahead comes from a neighbour's clock, and is waited for.
    /// </summary>
    public static bool Since(DateTimeOffset moment, TimeSpan span, DateTimeOffset now) => (now - moment).Duration() >= span;
}
