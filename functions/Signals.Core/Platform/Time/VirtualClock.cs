namespace Signals.Core.Platform.Time;

/// <summary>A clock that stands still until it is moved: replays, the demo's story and tests run under it.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private long _utcTicks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _utcTicks), TimeSpan.Zero);

    /// <summary>Moves to <paramref name="now"/>; time never runs backwards, so an earlier moment is ignored.</summary>
    public void MoveTo(DateTimeOffset now)
    {
        if (now.UtcTicks > Interlocked.Read(ref _utcTicks))
            Interlocked.Exchange(ref _utcTicks, now.UtcTicks);
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);
}
