using System.Diagnostics;
using Signals.Core.Platform.Messaging;

namespace Signals.Core.Intake.Ingestion;

/// <summary>What goes out with the next send, and the promise to those who wait for it. Filled under its owner's lock.</summary>
internal sealed class Gathering
{
    /// <summary>So many share a message well: more of them make it hardly cheaper, and their senders wait.</summary>
    private const int Enough = 400;

    private const int NearlyFull = EventBatchCodec.MaxRecordsBytes / 8 * 7;

    private readonly TaskCompletionSource _full = new();
    private long _bytes;
    private int _events;

    public List<Portion> Portions { get; } = [];

    /// <summary>The traces of the requests, one a portion.</summary>
    public List<ActivityContext> Callers { get; } = [];

    /// <summary>When its first portion arrived, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Since { get; private set; }

    /// <summary>When its last portion arrived.</summary>
    public long LastAt { get; private set; }

    /// <summary>Completes when the events are durable, or fails with those that could not be queued.</summary>
    public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once waiting longer would gain nothing: there are many events, or the last message is nearly full.</summary>
    public Task Full => _full.Task;

    /// <summary>Adds a request's events; true when it is full, to be told by <see cref="Close"/> outside the lock.</summary>
    public bool Add(Portion portion, ActivityContext caller, long now)
    {
        if (Portions.Count == 0)
            Since = now;
        LastAt = now;
        Portions.Add(portion);
        Callers.Add(caller);
        _bytes += portion.Records?.Length ?? 0;
        _events += portion.Events;
        return _events >= Enough || _bytes % EventBatchCodec.MaxRecordsBytes >= NearlyFull;
    }

    /// <summary>Ends the waiting; what waits goes on at once, on this thread.</summary>
    public void Close() => _full.TrySetResult();
}

/// <summary>One request's events, on their way to the queue.</summary>
/// <param name="Events">How many.</param>
/// <param name="Records">Them, where they share messages with others; disposed once they are sent.</param>
/// <param name="Messages">Them, where they are packed already.</param>
/// <param name="Bytes">The memory that they take.</param>
internal sealed record Portion(int Events, PooledBuffer? Records, IReadOnlyList<OutgoingMessage> Messages, long Bytes);
