using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// How much waits to be folded, looked at once a second while requests come: too much is refused at the door, where senders keep it and
/// come again, and much leaves a share of the machine to folding. A limit is set where the queue is this machine's own.
/// </summary>
public sealed class Backlog(IMessageQueue queue, IngestionOptions options, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private QueueDepth _depth = new(0, 0, 0, 0, null);
    private long _lookedAt;
    private int _looking;

    /// <summary>True while so much waits that folding comes first.</summary>
    public bool IsLong => _depth.Items > options.LongBacklogEvents;

    /// <summary>True while more waits than the limit, or much and for too long.</summary>
    public bool IsFull =>
        _depth.Items > options.MaxBacklogEvents
        || (IsLong && _depth.OldestEnqueuedAt is { } oldest && clock.GetUtcNow() - oldest > options.MaxBacklogAge);

    /// <summary>False while the backlog is full. What it goes by is a second old, about.</summary>
    public bool HasRoom()
    {
        if (options.MaxBacklogEvents is null)
            return true;
        long now = clock.GetTimestamp();
        if (
            (_lookedAt == 0 || clock.GetElapsedTime(Volatile.Read(ref _lookedAt), now) >= BetweenLooks)
            && Interlocked.Exchange(ref _looking, 1) == 0
        )
        {
            Volatile.Write(ref _lookedAt, now);
            _ = LookAsync();
        }
        return !IsFull;
    }

    private async Task LookAsync()
    {
        try
        {
            // Not on the request's own thread: it has an answer to give.
            _depth = await Task.Run(() => queue.GetDepthAsync(QueueNames.Usage, CancellationToken.None));
        }
        catch (TransientStoreException)
        {
            // Whoever sends finds out for themselves; the next look is a second away.
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }
}
