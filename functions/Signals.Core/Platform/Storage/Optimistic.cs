using Signals.Core.Platform.Time;

namespace Signals.Core.Platform.Storage;

/// <summary>
/// The one way to change what others may change at the same time: read, decide, write if it is still what was read, else begin anew.
/// </summary>
/// <remarks>
/// The first retry follows at once: mostly the other writer is done by then. Further ones rest by <see cref="Backoff.AfterConflict"/>. Who
/// still meets conflicts after <see cref="Backoff.MaxAttempts"/> throws <see cref="TransientStoreException"/>: a queue message goes back, a
/// request is answered 503, and nothing is half done, since each attempt is one transaction.
/// </remarks>
public static class Optimistic
{
    /// <summary>Makes attempts until one is done. Each reads anew, and may leave nothing behind but its write.</summary>
    /// <param name="deed">What is tried, as it follows "20 attempts to" when all of them met a conflict.</param>
    /// <param name="clock">Pauses pass by it.</param>
    /// <param name="attempt">One attempt: its result, or <see cref="Attempt.Conflict"/> when what it read was changed meanwhile.</param>
    /// <param name="cancellationToken">Ends a pause; attempts are given it by whoever wrote them.</param>
    public static async Task<T> ChangeAsync<T>(
        string deed,
        TimeProvider clock,
        Func<Task<Attempt<T>>> attempt,
        CancellationToken cancellationToken
    )
    {
        var backoff = Backoff.AfterConflict;
        for (int made = 0; made < backoff.MaxAttempts; made++)
        {
            if (made > 1)
                await backoff.PauseAsync(made - 1, clock, cancellationToken);
            var result = await attempt();
            if (result.IsDone)
                return result.Value;
            cancellationToken.ThrowIfCancellationRequested();
        }
        throw new TransientStoreException(
            $"{backoff.MaxAttempts} attempts to {deed} each met a change that others made meanwhile; it may succeed later."
        );
    }

    /// <summary>As above, for an attempt without a result: true when it is done, false after a conflict.</summary>
    public static async Task ChangeAsync(string deed, TimeProvider clock, Func<Task<bool>> attempt, CancellationToken cancellationToken) =>
        await ChangeAsync<bool>(deed, clock, async () => await attempt() ? true : Attempt.Conflict, cancellationToken);
}

/// <summary>Attempts at a change.</summary>
public static class Attempt
{
    /// <summary>Others changed what was read: nothing was written.</summary>
    public static Conflict Conflict => default;
}

/// <summary>Becomes an <see cref="Attempt{T}"/> of any kind.</summary>
public readonly struct Conflict;

/// <summary>What became of one attempt at a change: a result, or a conflict.</summary>
public readonly struct Attempt<T>
{
    private readonly T? _value;

    public Attempt(T value) => (_value, IsDone) = (value, true);

    public bool IsDone { get; }

    /// <summary>The result of an attempt that is done.</summary>
    public T Value => IsDone ? _value! : throw new InvalidOperationException("An attempt that met a conflict has no result.");

    public static implicit operator Attempt<T>(T value) => new(value);

    public static implicit operator Attempt<T>(Conflict _) => default;
}
