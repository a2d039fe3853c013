using System.Runtime.CompilerServices;

namespace Signals.Core.Platform.Storage;

/// <summary>What every layout needs of a store, written once above the port.</summary>
public static class EntityStoreExtensions
{
    /// <summary>
    /// Every row of a range in order, page by page as the reader takes them. A store may give short pages, even empty ones: that there are
    /// no more is told by the continuation alone.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="query">The range; <see cref="EntityQuery.Take"/> is the size of a page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="growTo">Each page is twice the one before, up to this: for readers who mostly stop early. 0: all are alike.</param>
    public static async IAsyncEnumerable<Entity> ReadAllAsync(
        this IEntityStore store,
        EntityQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int growTo = 0
    )
    {
        EntityPage page;
        do
        {
            page = await store.QueryAsync(query, cancellationToken);
            foreach (var row in page.Entities)
                yield return row;
            query = query with { Continuation = page.Continuation, Take = Math.Max(query.Take, Math.Min(query.Take * 2, growTo)) };
        } while (page.Continuation is not null);
    }

    /// <summary>Every row of a table, page by page as the reader takes them.</summary>
    public static async IAsyncEnumerable<Entity> ScanAllAsync(
        this IEntityScan scan,
        string table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        EntityPage? page = null;
        do
        {
            page = await scan.ScanAsync(table, page?.Continuation, cancellationToken);
            foreach (var row in page.Entities)
                yield return row;
        } while (page.Continuation is not null);
    }

    /// <summary>The first rows of a range, at most so many.</summary>
    public static ValueTask<List<Entity>> ReadFirstAsync(
        this IEntityStore store,
        EntityQuery query,
        int most,
        CancellationToken cancellationToken
    ) =>
        store
            .ReadAllAsync(query with { Take = Math.Min(most, EntityLimits.MaxPage) }, cancellationToken)
            .Take(most)
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Removes every row of a range, a transaction for each <see cref="EntityLimits.MaxOperations"/>; returns how many. A row that
    /// somebody else removes meanwhile has the rest read again.
    /// </summary>
    public static async Task<int> RemoveAllAsync(this IEntityStore store, EntityQuery query, CancellationToken cancellationToken)
    {
        int removed = 0;
        while (await store.ReadFirstAsync(query, EntityLimits.MaxOperations, cancellationToken) is { Count: > 0 } rows)
        {
            var deletes = rows.ConvertAll(row => EntityOperation.Delete(row.RowKey));
            if ((await store.CommitAsync(query.Table, query.PartitionKey, deletes, cancellationToken)).Committed)
                removed += rows.Count;
        }
        return removed;
    }

    /// <summary>
    /// Changes one row by <see cref="Optimistic"/>. <paramref name="decide"/> is given the row, or null when there is none, and says what
    /// it becomes, or null for no change; it is asked again after a conflict. Returns the row as it then stands, or null when there is
    /// none.
    /// </summary>
    public static Task<Entity?> ChangeAsync(
        this IEntityStore store,
        string table,
        string partitionKey,
        string rowKey,
        string deed,
        TimeProvider clock,
        Func<Entity?, Entity?> decide,
        CancellationToken cancellationToken
    ) =>
        Optimistic.ChangeAsync<Entity?>(
            deed,
            clock,
            async () =>
            {
                var read = await store.GetAsync(table, partitionKey, rowKey, cancellationToken);
                if (decide(read) is not { } changed)
                    return read;
                var write = read is null ? EntityOperation.Insert(changed) : EntityOperation.Replace(changed, read.ETag);
                var result = await store.CommitAsync(table, partitionKey, [write], cancellationToken);
                return result.Committed ? changed : Attempt.Conflict;
            },
            cancellationToken
        );
}
