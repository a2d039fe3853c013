using System.Collections.Concurrent;

namespace Signals.Local.Storage;

/// <summary>
/// Tells those who wait for a queue that it may have changed. Take <see cref="Next"/> before looking, so that no change is missed.
/// </summary>
internal sealed class QueueSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Ends at the queue's next change.</summary>
    public Task Next(string queue) =>
        _waiting.GetOrAdd(queue, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Pulse(string queue)
    {
        if (_waiting.TryRemove(queue, out var waiting))
            waiting.TrySetResult();
    }

    public void PulseAll()
    {
        foreach (string queue in _waiting.Keys)
            Pulse(queue);
    }
}
