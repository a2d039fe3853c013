namespace Signals.Core.Platform.Storage;

/// <summary>
/// Durable entities with Azure Table Storage's own semantics and no more, so that every layout written above this port
/// runs unchanged on SQLite and on Table Storage.
/// </summary>
/// <remarks>
/// Every adapter enforces <see cref="EntityLimits"/> and throws <see cref="EntityLimitException"/> before anything is
/// written. A store that is busy or unreachable throws <see cref="TransientStoreException"/>: the caller gives its queue
/// message back, or answers 503.
/// </remarks>
public interface IEntityStore
{
    /// <summary>Reads one entity, or null when there is none.</summary>
    ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads a range of row keys of one partition in ordinal order; a page at a time.</summary>
    ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Applies up to <see cref="EntityLimits.MaxOperations"/> operations on distinct rows of one partition: all of them, durably,
    /// or none. A condition that does not hold is a result, not an exception.
    /// </summary>
    ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    );
}

/// <summary>
/// A range of one partition: row keys from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive), ordinal;
/// null means open. <paramref name="Continuation"/> is an earlier page's, unread.
/// </summary>
public sealed record EntityQuery(
    string Table,
    string PartitionKey,
    string? From = null,
    string? To = null,
    int Take = EntityLimits.MaxPage,
    string? Continuation = null
)
{
    /// <summary>All rows whose key starts with <paramref name="prefix"/>; an empty one means every row.</summary>
    public static EntityQuery Prefix(
        string table,
        string partitionKey,
        string prefix,
        int take = EntityLimits.MaxPage,
        string? continuation = null
    ) =>
        prefix.Length == 0
            ? new(table, partitionKey, Take: take, Continuation: continuation)
            : new(table, partitionKey, prefix, prefix[..^1] + (char)(prefix[^1] + 1), take, continuation);
}

/// <summary>One page of a query, and how to go on; a null continuation means that this was the last one.</summary>
public sealed record EntityPage(IReadOnlyList<Entity> Entities, string? Continuation);

/// <summary>What became of a transaction. <see cref="FailedIndex"/> is the operation whose condition did not hold, else -1.</summary>
public sealed record CommitResult(CommitStatus Status, int FailedIndex, IReadOnlyList<string> ETags)
{
    /// <summary>True when every operation was applied; <see cref="ETags"/> then holds one a operation (empty for a delete).</summary>
    public bool Committed => Status == CommitStatus.Committed;

    public static CommitResult Success(IReadOnlyList<string> etags) => new(CommitStatus.Committed, -1, etags);

    public static CommitResult Failure(CommitStatus status, int index) => new(status, index, []);
}

/// <summary>Why a transaction was or was not applied.</summary>
public enum CommitStatus
{
    /// <summary>All operations were applied.</summary>
    Committed,

    /// <summary>An insert met a row that exists (409).</summary>
    AlreadyExists,

    /// <summary>A replace or delete met no row (404).</summary>
    NotFound,

    /// <summary>A replace or delete met a row with another ETag (412).</summary>
    ETagMismatch,
}
