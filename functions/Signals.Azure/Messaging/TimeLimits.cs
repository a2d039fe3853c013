namespace Signals.Azure.Messaging;

/// <summary>
/// How long the broker is waited for. The client's own tries may take three times as long, and who waits for us (an SDK that sends events,
/// a probe, a person) has left by then, without knowing what became of it.
/// </summary>
internal static class TimeLimits
{
    /// <summary>For a batch that is sent, a receive, a settlement, a page of dead letters: SDKs leave after 20 seconds.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(15);

    /// <summary>For the one request that shows whether a queue can be read.</summary>
    public static readonly TimeSpan Probe = TimeSpan.FromSeconds(5);

    /// <summary>What a deed that ends by itself after <see cref="Answer"/> is given to say so.</summary>
    public static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    /// <summary>Leaves a deed that takes longer, whether or not it heeds its token.</summary>
    /// <exception cref="TimeoutException">The time was up.</exception>
    public static async Task<T> WithinAsync<T>(
        TimeSpan limit,
        TimeProvider clock,
        Func<CancellationToken, Task<T>> deed,
        CancellationToken cancellationToken
    )
    {
        using var ends = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, cancellationToken);
        try
        {
            return await deed(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException fault) when (ends.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"There was no answer within {limit.TotalSeconds:0} seconds.", fault);
        }
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static Task WithinAsync(
        TimeSpan limit,
        TimeProvider clock,
        Func<CancellationToken, Task> deed,
        CancellationToken cancellationToken
    ) =>
        WithinAsync(
            limit,
            clock,
            async token =>
            {
                await deed(token);
                return true;
            },
            cancellationToken
        );
}
