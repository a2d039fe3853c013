using Signals.Core.Platform.Storage;

namespace Signals.Testing.Cost;

/// <summary>Counts each get, each page and each transaction as one, as Table Storage bills them, whatever comes of it.</summary>
public sealed class MeteredEntityStore(IEntityStore inner, BillingMeter meter) : IEntityStore
{
    public async ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        meter.Count(BilledKind.Get, table);
        meter.CountEntities(table, partitionKey, 1);
        return await inner.GetAsync(table, partitionKey, rowKey, cancellationToken);
    }

    public async ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        meter.Count(BilledKind.Query, query.Table);
        var page = await inner.QueryAsync(query, cancellationToken);
        meter.CountEntities(query.Table, query.PartitionKey, Math.Max(1, page.Entities.Count));
        return page;
    }

    public async ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        meter.Count(BilledKind.Commit, table);
        meter.CountEntities(table, partitionKey, operations.Count);
        foreach (var operation in operations)
            meter.NoteRow(table, partitionKey, operation.RowKey);
        return await inner.CommitAsync(table, partitionKey, operations, cancellationToken);
    }
}
