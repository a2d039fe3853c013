namespace Signals.Core.Platform.Storage;

/// <summary>
/// An ordered list spread over partitions <c>{name}:{shard}</c> of table <see cref="Table"/>, read as one by merging. A cursor is the
/// sort key of the last row read, so that it stays right while rows come and go.
/// </summary>
public sealed class ShardedList(IEntityStore store)
{
    public const string Table = "lists";
    public const int Shards = 8;

    public static string Partition(string list, string spreadBy) => $"{list}:{MessageHash.Of(spreadBy) % Shards}";

    public async Task PutAsync(Entity row, CancellationToken cancellationToken) =>
        await store.CommitAsync(Table, row.PartitionKey, [EntityOperation.Upsert(row)], cancellationToken);

    /// <summary>Puts many rows, those of a partition together: a transaction for each, or more where they are many.</summary>
    public async Task PutAllAsync(IEnumerable<Entity> rows, CancellationToken cancellationToken)
    {
        foreach (var partition in rows.GroupBy(row => row.PartitionKey, StringComparer.Ordinal))
        {
            foreach (var some in partition.Chunk(EntityLimits.MaxOperations))
                await store.CommitAsync(Table, partition.Key, [.. some.Select(EntityOperation.Upsert)], cancellationToken);
        }
    }

    /// <summary>Removes a row; one that is gone already is passed over.</summary>
    public async Task RemoveAsync(string partition, string rowKey, CancellationToken cancellationToken) =>
        await store.CommitAsync(Table, partition, [EntityOperation.Delete(rowKey)], cancellationToken);

    /// <summary>
    /// Puts rows of one partition and removes others in one transaction, so that whoever moves within a list is never missing and never
    /// there twice; rows to be removed that are gone already are passed over.
    /// </summary>
    public async Task MoveAsync(
        string partition,
        IReadOnlyList<Entity> put,
        IEnumerable<string> removed,
        CancellationToken cancellationToken
    )
    {
        var standing = removed.ToList();
        while (put.Count + standing.Count > 0)
        {
            EntityOperation[] operations = [.. put.Select(EntityOperation.Upsert), .. standing.Select(key => EntityOperation.Delete(key))];
            var result = await store.CommitAsync(Table, partition, operations, cancellationToken);
            if (result.Status != CommitStatus.NotFound)
                return;
            standing.RemoveAt(result.FailedIndex - put.Count);
        }
    }

    /// <summary>Removes all rows from a key on; returns how many.</summary>
    public async Task<int> CutAsync(string list, string from, CancellationToken cancellationToken)
    {
        int removed = 0;
        for (int shard = 0; shard < Shards; shard++)
            removed += await store.RemoveAllAsync(new EntityQuery(Table, $"{list}:{shard}", from), cancellationToken);
        return removed;
    }

    /// <summary>
    /// Rows in order of their key from after <paramref name="after"/> on, across all shards, as many as the reader takes.
    /// </summary>
    public IAsyncEnumerable<Entity> ReadAsync(string list, string? after, int pageSize, CancellationToken cancellationToken) =>
        MergedPartitions.ReadAsync(
            store,
            Table,
            [.. Enumerable.Range(0, Shards).Select(shard => $"{list}:{shard}")],
            after,
            pageSize,
            cancellationToken
        );

    /// <summary>The rows of one shard, in order of their key.</summary>
    public IAsyncEnumerable<Entity> ReadShardAsync(string list, int shard, CancellationToken cancellationToken) =>
        MergedPartitions.ReadAsync(store, Table, [$"{list}:{shard}"], null, EntityLimits.MaxPage, cancellationToken);

    /// <summary>True when a shard's rows are no more than a page.</summary>
    public async Task<bool> FitsPageAsync(string list, int shard, CancellationToken cancellationToken) =>
        (await store.QueryAsync(new EntityQuery(Table, $"{list}:{shard}"), cancellationToken)).Continuation is null;
}
