using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Lets a few requests at a time work on their events, in the order they came, and turns away those that would wait too long: reading and
/// packing takes a processor, and more of them at once would only make each slower, and everything else with them. While the backlog is
/// long, half of the processors are left to folding.
/// </summary>
public sealed class IntakeGate(Backlog backlog, IngestionOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private long _waitingBytes;
    private int _working;

    /// <summary>How many may work at once now.</summary>
    private int Turns => backlog.IsLong ? Math.Max(1, options.RequestsAtOnce / 2) : options.RequestsAtOnce;

    /// <summary>
    /// Throws <see cref="TransientStoreException"/> where a request would be turned away: before its body is read, which spares both sides.
    /// </summary>
    public void CheckRoom()
    {
        backlog.Check();
        if (Volatile.Read(ref _waitingBytes) >= options.MaxQueuedBytes)
            throw Busy();
    }

    /// <summary>
    /// Waits for a turn, which ends when it is disposed. Throws <see cref="TransientStoreException"/> when too many bytes wait already.
    /// </summary>
    /// <param name="bytes">The size of the request's body.</param>
    /// <param name="cancellationToken">The sender left.</param>
    public async ValueTask<IDisposable> EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        TaskCompletionSource? turn = null;
        lock (_lock)
        {
            if (_working < Turns && _waiting.Count == 0)
            {
                _working++;
            }
            else
            {
                if (_waitingBytes >= options.MaxQueuedBytes)
                    throw Busy();
                _waitingBytes += bytes;
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn);
            }
        }
        if (turn is not null)
        {
            try
            {
                await using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
                    await turn.Task;
            }
            finally
            {
                Interlocked.Add(ref _waitingBytes, -bytes);
            }
        }
        return new Turn(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _working--;
            // Who left meanwhile has no use for a turn.
            while (_working < Turns && _waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    _working++;
            }
        }
    }

    private TransientStoreException Busy() =>
        new($"{Volatile.Read(ref _waitingBytes)} bytes of requests wait for their turn already.", retryAfter: options.RetryAfter);

    private sealed class Turn(IntakeGate gate) : IDisposable
    {
        private IntakeGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
