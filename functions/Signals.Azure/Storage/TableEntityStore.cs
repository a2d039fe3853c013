using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Storage;

/// <summary>Entities in Azure Table Storage. Tables come into being with the first row that is written to them.</summary>
/// <remarks>
/// <para>
/// A commit of one operation is a plain entity call, a larger one an entity group transaction. Both are billed as one operation; the plain
/// call spares the multipart envelope both ways, and its answer speaks of the one row without an index.
/// </para>
/// <para>
/// A write whose outcome is unknown (no answer came, or one that says neither yes nor no) throws <see cref="TransientStoreException"/>: the
/// caller reads again before it writes again. It is never repeated in here, see <see cref="WriteOnceRetryPolicy"/>.
/// </para>
/// </remarks>
public sealed class TableEntityStore(TableServiceClient service) : IEntityStore, IEntityScan
{
    /// <summary>Table names ignore case.</summary>
    private readonly ConcurrentDictionary<string, TableClient> _tables = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(table);
        EntityLimits.CheckKey("partition key", partitionKey);
        EntityLimits.CheckKey("row key", rowKey);
        try
        {
            var found = await Table(table).GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
            return found.HasValue && found.Value is { } entity ? EntityMapper.FromTable(entity) : null;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
        catch (Exception fault) when (TableFaults.IsPassing(fault, cancellationToken))
        {
            throw TableFaults.ToTransient("read", table, fault);
        }
    }

    public async ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(query.Table);
        EntityLimits.CheckKey("partition key", query.PartitionKey);
        if (query.Take is < 1 or > EntityLimits.MaxPage)
            throw new EntityLimitException($"A page has 1 to {EntityLimits.MaxPage} rows; found {query.Take}.");
        string filter = RangeFilter.Of(query);
        try
        {
            return await FirstPageAsync(
                Table(query.Table).QueryAsync<TableEntity>(filter, query.Take, cancellationToken: cancellationToken),
                cancellationToken
            );
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return new EntityPage([], null);
        }
        catch (Exception fault) when (TableFaults.IsPassing(fault, cancellationToken))
        {
            throw TableFaults.ToTransient("read", query.Table, fault);
        }
    }

    /// <summary>The continuation is the service's own: it is good for as long as the table is there.</summary>
    public async ValueTask<EntityPage> ScanAsync(string table, string? continuation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(table);
        try
        {
            var pages = Table(table)
                .QueryAsync<TableEntity>(maxPerPage: EntityLimits.MaxPage, cancellationToken: cancellationToken)
                .AsPages(continuation);
            await foreach (var page in pages.WithCancellation(cancellationToken))
            {
                if (page.Values.Count == 0 && !QueryAnswer.IsPage(page.GetRawResponse().Content.ToMemory().Span))
                    throw new InvalidDataException("The answer holds no rows and does not say that there are none.");
                return new EntityPage([.. page.Values.Select(EntityMapper.FromTable)], page.ContinuationToken);
            }
            return new EntityPage([], null);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return new EntityPage([], null);
        }
        catch (Exception fault) when (TableFaults.IsPassing(fault, cancellationToken))
        {
            throw TableFaults.ToTransient("read", table, fault);
        }
    }

    public async ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTransaction(table, partitionKey, operations);
        var client = Table(table);
        try
        {
            try
            {
                return await WriteAsync(client, partitionKey, operations, cancellationToken);
            }
            catch (RequestFailedException fault) when (TableFaults.IsTableMissing(fault))
            {
                int needsRow = TableFaults.FirstThatNeedsARow(operations);
                if (needsRow >= 0)
                    return CommitResult.Failure(CommitStatus.NotFound, needsRow);
                // Whoever creates it first, it is there afterwards.
                await service.CreateTableIfNotExistsAsync(table, cancellationToken);
                return await WriteAsync(client, partitionKey, operations, cancellationToken);
            }
        }
        catch (RequestFailedException fault) when (TableFaults.IsRefusal(fault))
        {
            throw new EntityLimitException(
                $"Table Storage refuses a write to '{table}' ({fault.Status} {fault.ErrorCode}): {TableFaults.Words(fault)}"
            );
        }
        catch (Exception fault) when (TableFaults.IsPassing(fault, cancellationToken))
        {
            throw TableFaults.ToTransient("written", table, fault);
        }
    }

    private TableClient Table(string name) => _tables.GetOrAdd(name, static (table, service) => service.GetTableClient(table), service);

    /// <summary>A page may be empty and not the last: the service ends one when it crosses its own servers.</summary>
    private static async Task<EntityPage> FirstPageAsync(AsyncPageable<TableEntity> rows, CancellationToken cancellationToken)
    {
        await foreach (var page in rows.AsPages().WithCancellation(cancellationToken))
        {
            if (page.Values.Count > 0)
            {
                return new EntityPage(
                    [.. page.Values.Select(EntityMapper.FromTable)],
                    page.ContinuationToken is null ? null : ContinuationToken.After(page.Values[^1].RowKey)
                );
            }
            if (!QueryAnswer.IsPage(page.GetRawResponse().Content.ToMemory().Span))
                throw new InvalidDataException("The answer holds no rows and does not say that there are none.");
        }
        return new EntityPage([], null);
    }

    private static async Task<CommitResult> WriteAsync(
        TableClient table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return operations.Count == 1
                ? await WriteOneAsync(table, partitionKey, operations[0], cancellationToken)
                : await WriteAllAsync(table, partitionKey, operations, cancellationToken);
        }
        catch (RequestFailedException fault) when (TableFaults.StatusOf(fault, operations) is { } condition)
        {
            return condition;
        }
    }

    private static async Task<CommitResult> WriteOneAsync(
        TableClient table,
        string partitionKey,
        EntityOperation operation,
        CancellationToken cancellationToken
    )
    {
        Response response;
        switch (operation.Kind)
        {
            case EntityOperationKind.Insert:
                response = await table.AddEntityAsync(EntityMapper.ToTable(operation.Entity!), cancellationToken);
                break;
            case EntityOperationKind.Replace:
                response = await table.UpdateEntityAsync(
                    EntityMapper.ToTable(operation.Entity!),
                    new ETag(operation.ETag),
                    TableUpdateMode.Replace,
                    cancellationToken
                );
                break;
            case EntityOperationKind.Upsert:
                response = await table.UpsertEntityAsync(
                    EntityMapper.ToTable(operation.Entity!),
                    TableUpdateMode.Replace,
                    cancellationToken
                );
                break;
            default:
                response = await table.DeleteEntityAsync(partitionKey, operation.RowKey, new ETag(operation.ETag), cancellationToken);
                // The client throws for every refusal but this one.
                if (response.Status == 404)
                    return CommitResult.Failure(CommitStatus.NotFound, 0);
                break;
        }
        return CommitResult.Success([ETagOf(operation, response)]);
    }

    private static async Task<CommitResult> WriteAllAsync(
        TableClient table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        var answer = await table.SubmitTransactionAsync(operations.Select(operation => Action(partitionKey, operation)), cancellationToken);
        if (answer.Value.Count != operations.Count)
            throw new InvalidDataException($"{operations.Count} operations got {answer.Value.Count} answers.");
        return CommitResult.Success([.. operations.Select((operation, index) => ETagOf(operation, answer.Value[index]))]);
    }

    /// <summary>Replaces always name their ETag: without one the service would take them for upserts.</summary>
    private static TableTransactionAction Action(string partitionKey, EntityOperation operation) =>
        operation.Kind switch
        {
            EntityOperationKind.Insert => new(TableTransactionActionType.Add, EntityMapper.ToTable(operation.Entity!)),
            EntityOperationKind.Replace => new(
                TableTransactionActionType.UpdateReplace,
                EntityMapper.ToTable(operation.Entity!),
                new ETag(operation.ETag)
            ),
            EntityOperationKind.Upsert => new(TableTransactionActionType.UpsertReplace, EntityMapper.ToTable(operation.Entity!)),
            _ => new(TableTransactionActionType.Delete, new TableEntity(partitionKey, operation.RowKey), new ETag(operation.ETag)),
        };

    private static string ETagOf(EntityOperation operation, Response response)
    {
        if (operation.Kind == EntityOperationKind.Delete)
            return "";
        return response.Headers.ETag?.ToString() is { Length: > 0 } etag
            ? etag
            : throw new InvalidDataException($"Row '{operation.RowKey}' was written and its ETag not told.");
    }
}
