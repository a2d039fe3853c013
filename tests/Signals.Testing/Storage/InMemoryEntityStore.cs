using Signals.Core.Platform.Storage;

namespace Signals.Testing.Storage;

/// <summary>
/// <see cref="IEntityStore"/> in memory, with the same semantics and limits as the real ones (it runs through
/// <see cref="EntityStoreContract"/>). <see cref="Probe"/> counts its calls and breaks them.
/// </summary>
public sealed class InMemoryEntityStore : IEntityStore, IEntityScan
{
    private const int MaxPageBytes = 4 * 1024 * 1024;
    private const int ScanPage = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Table, string Partition), SortedList<string, Entity>> _partitions = [];
    private long _lastETag;

    public StoreProbe Probe { get; } = new();

    /// <summary>Every entity of a table, by partition and row: for assertions only, the port has no such read.</summary>
    public IReadOnlyList<Entity> All(string table)
    {
        lock (_lock)
        {
            return
            [
                .. _partitions
                    .Where(pair => pair.Key.Table == Fold(table))
                    .OrderBy(pair => pair.Key.Partition, StringComparer.Ordinal)
                    .SelectMany(pair => pair.Value.Values)
                    .Select(entity => Copy(entity, entity.ETag)),
            ];
        }
    }

    public ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(table);
        EntityLimits.CheckKey("partition key", partitionKey);
        EntityLimits.CheckKey("row key", rowKey);
        return Probe.RunAsync(
            StoreCallKind.Get,
            table,
            partitionKey,
            0,
            () =>
            {
                lock (_lock)
                    return Rows(table, partitionKey).GetValueOrDefault(rowKey) is { } entity ? Copy(entity, entity.ETag) : null;
            }
        );
    }

    public ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(query.Table);
        EntityLimits.CheckKey("partition key", query.PartitionKey);
        if (query.Take is < 1 or > EntityLimits.MaxPage)
            throw new EntityLimitException($"A page has 1 to {EntityLimits.MaxPage} rows; found {query.Take}.");
        string from = ContinuationToken.Resume(query);
        return Probe.RunAsync(
            StoreCallKind.Query,
            query.Table,
            query.PartitionKey,
            0,
            () =>
            {
                lock (_lock)
                    return ReadPage(query, from);
            }
        );
    }

    /// <summary>Continuations are the keys of the last row; pages are small, so that tests meet several.</summary>
    public ValueTask<EntityPage> ScanAsync(string table, string? continuation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(table);
        return Probe.RunAsync(
            StoreCallKind.Query,
            table,
            "",
            0,
            () =>
            {
                var rest = All(table).SkipWhile(row => continuation is not null && !IsAfter(row, continuation)).ToList();
                var page = rest.Take(ScanPage).ToList();
                return new EntityPage(page, rest.Count > page.Count ? $"{page[^1].PartitionKey}\n{page[^1].RowKey}" : null);
            }
        );
    }

    private static bool IsAfter(Entity row, string continuation)
    {
        string[] keys = continuation.Split('\n');
        int order = string.CompareOrdinal(row.PartitionKey, keys[0]);
        return order > 0 || (order == 0 && string.CompareOrdinal(row.RowKey, keys[1]) > 0);
    }

    public ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTransaction(table, partitionKey, operations);
        return Probe.RunAsync(
            StoreCallKind.Commit,
            table,
            partitionKey,
            operations.Count,
            () =>
            {
                lock (_lock)
                    return Commit(Rows(table, partitionKey), operations);
            }
        );
    }

    private EntityPage ReadPage(EntityQuery query, string from)
    {
        var entities = new List<Entity>();
        int bytes = 0;
        foreach (var (rowKey, entity) in Rows(query.Table, query.PartitionKey))
        {
            if (string.CompareOrdinal(rowKey, from) < 0)
                continue;
            if (query.To is not null && string.CompareOrdinal(rowKey, query.To) >= 0)
                break;
            if (entities.Count == query.Take || bytes >= MaxPageBytes)
                return new EntityPage(entities, ContinuationToken.After(entities[^1].RowKey));
            bytes += EntityLimits.SizeOf(entity);
            entities.Add(Copy(entity, entity.ETag));
        }
        return new EntityPage(entities, null);
    }

    private CommitResult Commit(SortedList<string, Entity> rows, IReadOnlyList<EntityOperation> operations)
    {
        // A transaction changes a row once, so that all conditions can be judged before anything is changed.
        for (int i = 0; i < operations.Count; i++)
        {
            var status = Judge(operations[i], rows.GetValueOrDefault(operations[i].RowKey));
            if (status != CommitStatus.Committed)
                return CommitResult.Failure(status, i);
        }
        var etags = new List<string>(operations.Count);
        foreach (var operation in operations)
        {
            if (operation.Entity is { } entity && operation.Kind != EntityOperationKind.Delete)
            {
                etags.Add($"v{++_lastETag}");
                rows[operation.RowKey] = Copy(entity, etags[^1]);
            }
            else
            {
                etags.Add("");
                rows.Remove(operation.RowKey);
            }
        }
        return CommitResult.Success(etags);
    }

    private static CommitStatus Judge(EntityOperation operation, Entity? stored) =>
        operation.Kind switch
        {
            EntityOperationKind.Insert => stored is null ? CommitStatus.Committed : CommitStatus.AlreadyExists,
            EntityOperationKind.Upsert => CommitStatus.Committed,
            _ when stored is null => CommitStatus.NotFound,
            _ when operation.ETag == EntityOperation.AnyETag || operation.ETag == stored.ETag => CommitStatus.Committed,
            _ => CommitStatus.ETagMismatch,
        };

    private SortedList<string, Entity> Rows(string table, string partitionKey)
    {
        var key = (Fold(table), partitionKey);
        if (!_partitions.TryGetValue(key, out var rows))
            _partitions[key] = rows = new SortedList<string, Entity>(StringComparer.Ordinal);
        return rows;
    }

    // Table names ignore case, as Table Storage's do.
    private static string Fold(string table) => table.ToUpperInvariant();

    // Copied both ways: a caller that goes on changing its entity changes nothing in the store.
    private static Entity Copy(Entity entity, string etag)
    {
        var copy = new Entity(entity.PartitionKey, entity.RowKey) { ETag = etag };
        foreach (var (name, value) in entity.Properties)
        {
            copy[name] = value switch
            {
                byte[] bytes => bytes.ToArray(),
                DateTimeOffset time => time.ToUniversalTime(),
                _ => value,
            };
        }
        return copy;
    }
}
