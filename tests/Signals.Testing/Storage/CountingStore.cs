using Signals.Core.Platform.Storage;

namespace Signals.Testing.Storage;

/// <summary>Counts what is read: gets, queries (each page one), and the entities they brought.</summary>
public sealed class CountingStore(IEntityStore inner) : IEntityStore
{
    private int _gets;
    private int _queries;
    private int _entities;

    public (int Gets, int Queries, int Entities) Read => (_gets, _queries, _entities);

    public void Reset() => _gets = _queries = _entities = 0;

    public async ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _gets);
        var entity = await inner.GetAsync(table, partitionKey, rowKey, cancellationToken);
        if (entity is not null)
            Interlocked.Increment(ref _entities);
        return entity;
    }

    public async ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queries);
        var page = await inner.QueryAsync(query, cancellationToken);
        Interlocked.Add(ref _entities, page.Entities.Count);
        return page;
    }

    public ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    ) => inner.CommitAsync(table, partitionKey, operations, cancellationToken);
}
