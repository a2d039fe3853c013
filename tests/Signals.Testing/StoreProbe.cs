using System.Collections.Concurrent;

namespace Signals.Testing;

/// <summary>What a double was asked to do.</summary>
public enum StoreCallKind
{
    Get,
    Query,
    Commit,
    Send,
    Receive,
    Renew,
    Settle,
    Depth,
}

/// <summary>
/// One call of a double. <paramref name="Number"/> counts its calls from 1; <paramref name="Target"/> is the table or queue,
/// <paramref name="Key"/> the partition key or empty; <paramref name="Writes"/> counts the operations or messages it carries.
/// </summary>
public sealed record StoreCall(StoreCallKind Kind, int Number, string Target, string Key, int Writes);

/// <summary>
/// Watches a double's calls, counts them, and breaks them: an exception thrown by <see cref="Before"/> keeps the call from
/// happening; one thrown by <see cref="After"/> hides that it did, as a crash between the store and the caller would.
/// </summary>
public sealed class StoreProbe
{
    private readonly ConcurrentDictionary<StoreCallKind, int> _counts = new();
    private readonly ConcurrentDictionary<StoreCallKind, int> _writes = new();
    private int _calls;

    public Func<StoreCall, ValueTask>? Before { get; set; }

    public Func<StoreCall, ValueTask>? After { get; set; }

    /// <summary>All calls since the start or the last <see cref="Reset"/>.</summary>
    public int Total => Volatile.Read(ref _calls);

    public int Count(StoreCallKind kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Operations or messages that the calls of this kind carried.</summary>
    public int Writes(StoreCallKind kind) => _writes.GetValueOrDefault(kind);

    /// <summary>Breaks the call of this number (from 1): before it happens, or after it did.</summary>
    public void CrashAt(int number, bool applied = false)
    {
        ValueTask Crash(StoreCall call) => call.Number == number ? throw new SimulatedCrashException(call) : ValueTask.CompletedTask;
        if (applied)
            After = Crash;
        else
            Before = Crash;
    }

    /// <summary>Forgets the counts and the hooks.</summary>
    public void Reset()
    {
        Before = null;
        After = null;
        _counts.Clear();
        _writes.Clear();
        Interlocked.Exchange(ref _calls, 0);
    }

    internal async ValueTask<T> RunAsync<T>(StoreCallKind kind, string target, string key, int writes, Func<T> work)
    {
        var call = new StoreCall(kind, Interlocked.Increment(ref _calls), target, key, writes);
        _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        _writes.AddOrUpdate(kind, writes, (_, count) => count + writes);
        if (Before is { } before)
            await before(call);
        var result = work();
        if (After is { } after)
            await after(call);
        return result;
    }
}

/// <summary>Stands for the death of the process at one call.</summary>
public sealed class SimulatedCrashException(StoreCall call)
    : Exception($"The process died at call {call.Number}: {call.Kind} on '{call.Target}'.");
