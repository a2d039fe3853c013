using System.Runtime.InteropServices;

namespace Signals.Local.Storage;

/// <summary>What a write leaves: its result, and whether its changes are to be kept or undone.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Written<T>(T Result, bool Undo = false);

/// <summary>A write that waits for the writer. Its task ends once the commit it shares is durable.</summary>
internal abstract class WriteRequest(CancellationToken cancellationToken)
{
    /// <summary>Asked before the work starts; work that was started is always told its true outcome.</summary>
    public bool IsCancelled => Cancellation.IsCancellationRequested;

    protected CancellationToken Cancellation { get; } = cancellationToken;

    /// <summary>Does the work inside the writer's transaction; false when its changes are to be undone.</summary>
    public abstract bool Execute(SqliteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception fault);

    public abstract void Cancel();
}

internal sealed class WriteRequest<T>(Func<SqliteSession, Written<T>> work, CancellationToken cancellationToken)
    : WriteRequest(cancellationToken)
{
    // Continuations must not run on the writer's thread: they would hold up every other commit.
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Outcome => _outcome.Task;

    public override bool Execute(SqliteSession session)
    {
        (_result, bool undo) = work(session);
        return !undo;
    }

    public override void Complete() => _outcome.TrySetResult(_result!);

    public override void Fail(Exception fault) => _outcome.TrySetException(fault);

    public override void Cancel() => _outcome.TrySetCanceled(Cancellation);
}
