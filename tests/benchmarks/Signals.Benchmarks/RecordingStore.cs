using System.Collections.Concurrent;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Benchmarks;

/// <summary>
/// Writes down what is asked of a store, so that the same rows can be read and the same bytes be written again by nobody but the store:
/// the floor of whatever decides in between.
/// </summary>
internal sealed class RecordingStore(IEntityStore inner) : IEntityStore
{
    private readonly ConcurrentQueue<(string Table, string Partition, string Row)> _gets = new();
    private readonly ConcurrentQueue<EntityQuery> _queries = new();
    private readonly ConcurrentQueue<(string Table, string Partition, IReadOnlyList<EntityOperation> Operations)> _commits = new();
    private int _entities;

    public bool IsRecording { get; set; }

    /// <summary>Rows that were read.</summary>
    public int Entities => _entities;

    public int Commits => _commits.Count;

    public void Clear()
    {
        _gets.Clear();
        _queries.Clear();
        _commits.Clear();
        _entities = 0;
    }

    public async ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var entity = await inner.GetAsync(table, partitionKey, rowKey, cancellationToken);
        if (IsRecording)
        {
            _gets.Enqueue((table, partitionKey, rowKey));
            if (entity is not null)
                Interlocked.Increment(ref _entities);
        }
        return entity;
    }

    public async ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        var page = await inner.QueryAsync(query, cancellationToken);
        if (IsRecording)
        {
            _queries.Enqueue(query);
            Interlocked.Add(ref _entities, page.Entities.Count);
        }
        return page;
    }

    public ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        if (IsRecording)
            _commits.Enqueue((table, partitionKey, operations));
        return inner.CommitAsync(table, partitionKey, operations, cancellationToken);
    }

    /// <summary>Reads the same rows again.</summary>
    public async Task ReadAgainAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, partition, row) in _gets)
            await inner.GetAsync(table, partition, row, cancellationToken);
        foreach (var query in _queries)
            await inner.QueryAsync(query, cancellationToken);
    }

    /// <summary>Writes the same rows to another, empty store: so many transactions at once, each without a condition.</summary>
    public async Task WriteAgainAsync(IEntityStore elsewhere, int atOnce, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            _commits,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (commit, token) =>
            {
                EntityOperation[] writes =
                [
                    .. commit.Operations.Where(write => write.Entity is not null).Select(write => EntityOperation.Upsert(write.Entity!)),
                ];
                if (writes.Length > 0)
                    await elsewhere.CommitAsync(commit.Table, commit.Partition, writes, token);
            }
        );

    /// <summary>An empty store of the same kind.</summary>
    public static (SqliteDatabase Database, IEntityStore Store) Empty(string folder, SqliteDurability durability = SqliteDurability.Full)
    {
        var database = SqliteDatabase.Open(folder, new SqliteStorageOptions { Durability = durability });
        return (database, new SqliteEntityStore(database));
    }
}
