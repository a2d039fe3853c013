namespace Signals.Core.Platform.Messaging;

/// <summary>
/// What the queues put aside. Replaying gives a message back to its queue under the id and the enqueue time that it had, with no deliveries
/// used up: handlers bear it as they bear any redelivery.
/// </summary>
/// <remarks>A broker that is busy or unreachable throws <see cref="Core.Platform.Storage.TransientStoreException"/>.</remarks>
public interface IDeadLetters
{
    /// <summary>The most messages that one call of <see cref="ReplayAllAsync"/> gives back.</summary>
    const int MostAtOnce = 1000;

    /// <summary>
    /// A page of a queue's dead letters, oldest first. <paramref name="after"/> is the earlier page's <see cref="DeadLetterPage.Next"/>.
    /// </summary>
    Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken);

    /// <summary>The dead letter of an id, or null when it is gone, or the id is none.</summary>
    Task<DeadLetter?> FindAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Gives one back to its queue; false when it is gone.</summary>
    Task<bool> ReplayAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Gives back those that were enqueued at <paramref name="since"/> or later, <see cref="MostAtOnce"/> at most; returns how many.
    /// </summary>
    Task<int> ReplayAllAsync(string queue, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Removes one for good; false when it is gone.</summary>
    Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken);
}

/// <summary>A message that was put aside.</summary>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Id">Names it among its queue's dead letters.</param>
/// <param name="MessageId">The id it was sent with.</param>
/// <param name="Preview">What it holds, in words for people.</param>
/// <param name="Bytes">The size of its body.</param>
/// <param name="Items">How many things (events, say) it holds.</param>
/// <param name="Deliveries">How often it was delivered.</param>
/// <param name="EnqueuedAt">When it was sent.</param>
/// <param name="Reason">Why it was put aside, in words.</param>
public sealed record DeadLetter(
    string Queue,
    string Id,
    string MessageId,
    string Preview,
    int Bytes,
    int Items,
    int Deliveries,
    DateTimeOffset EnqueuedAt,
    string Reason
)
{
    /// <summary>The body itself.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Bodies are compared byte by byte: the same bytes elsewhere in memory are the same letter.</summary>
    public bool Equals(DeadLetter? other) =>
        other is not null
        && (Queue, Id, MessageId, Preview, Bytes, Items, Deliveries, EnqueuedAt, Reason)
            == (
                other.Queue,
                other.Id,
                other.MessageId,
                other.Preview,
                other.Bytes,
                other.Items,
                other.Deliveries,
                other.EnqueuedAt,
                other.Reason
            )
        && Body.Span.SequenceEqual(other.Body.Span);

    public override int GetHashCode() => HashCode.Combine(Queue, Id);
}

/// <summary>One page, oldest first; a null <paramref name="Next"/> means that this was the last one.</summary>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Messages, string? Next);
