using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

/// <summary>Table Storage's semantics on the data folder's SQLite file. Reads complete at once, on the caller's thread.</summary>
public sealed class SqliteEntityStore(SqliteDatabase database) : IEntityStore, IEntityScan
{
    /// <summary>A page ends after this many bytes, as Table Storage's do: a page of the largest rows must not fill the memory.</summary>
    internal const int MaxPageBytes = 4 * 1024 * 1024;

    private const string ReadOne = "SELECT etag, columns FROM entity WHERE table_name = ?1 AND partition_key = ?2 AND row_key = ?3";

    private const string ReadRange =
        "SELECT row_key, etag, columns FROM entity WHERE table_name = ?1 AND partition_key = ?2 AND row_key >= ?3 ORDER BY row_key";

    private const string ReadClosedRange =
        "SELECT row_key, etag, columns FROM entity WHERE table_name = ?1 AND partition_key = ?2 AND row_key >= ?3 AND row_key < ?4 ORDER "
        + "BY row_key";

    private const string ReadTable =
        "SELECT partition_key, row_key, etag, columns FROM entity "
        + "WHERE table_name = ?1 AND (partition_key, row_key) > (?2, ?3) ORDER BY partition_key, row_key";

    /// <summary>Between the two keys of a scan's continuation: no key holds it.</summary>
    private const char KeySeparator = '\n';

    public ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(table);
        EntityLimits.CheckKey("partition key", partitionKey);
        EntityLimits.CheckKey("row key", rowKey);
        var entity = database.Read(
            (Store: this, table, partitionKey, rowKey),
            static (session, key) =>
            {
                var statement = session
                    .Statement(ReadOne)
                    .Bind(1, key.table)
                    .Bind(2, OrdinalKey.Encode(key.partitionKey))
                    .Bind(3, OrdinalKey.Encode(key.rowKey));
                try
                {
                    return statement.Step()
                        ? key.Store.ReadEntity(key.partitionKey, key.rowKey, statement.Int64(0), statement.Blob(1))
                        : null;
                }
                finally
                {
                    statement.Reset();
                }
            }
        );
        return ValueTask.FromResult(entity);
    }

    public ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(query.Table);
        EntityLimits.CheckKey("partition key", query.PartitionKey);
        if (query.Take is < 1 or > EntityLimits.MaxPage)
            throw new EntityLimitException($"A page has 1 to {EntityLimits.MaxPage} rows; found {query.Take}.");
        string from = ContinuationToken.Resume(query);
        return ValueTask.FromResult(
            database.Read((Store: this, query, from), static (session, state) => state.Store.ReadPage(session, state.query, state.from))
        );
    }

    public ValueTask<EntityPage> ScanAsync(string table, string? continuation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTable(table);
        string[] after = continuation?.Split(KeySeparator) ?? ["", ""];
        if (after.Length != 2)
            throw new ArgumentException($"Found {after.Length} keys; expected the continuation of an earlier page.", nameof(continuation));
        return ValueTask.FromResult(
            database.Read(
                (Store: this, table, Partition: after[0], Row: after[1]),
                static (session, state) => state.Store.ReadTablePage(session, state.table, state.Partition, state.Row)
            )
        );
    }

    public async ValueTask PurgeAsync(CancellationToken cancellationToken) => await database.RebuildAsync(cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityLimits.CheckTransaction(table, partitionKey, operations);
        // Encoded here, on the caller's thread: the writer's time is everybody's.
        byte[] partition = OrdinalKey.Encode(partitionKey);
        var writes = new EntityWrite[operations.Count];
        try
        {
            for (int i = 0; i < writes.Length; i++)
                writes[i] = EntityWrite.Prepare(operations[i], database.NextNumber());
            return await database.WriteAsync(session => Apply(session, table, partition, writes), cancellationToken);
        }
        finally
        {
            foreach (var write in writes)
                write?.Dispose();
        }
    }

    private static Written<CommitResult> Apply(SqliteSession session, string table, byte[] partition, EntityWrite[] writes)
    {
        for (int i = 0; i < writes.Length; i++)
        {
            var status = writes[i].Apply(session, table, partition);
            if (status != CommitStatus.Committed)
                return new Written<CommitResult>(CommitResult.Failure(status, i), Undo: true);
        }
        return new Written<CommitResult>(CommitResult.Success(Array.ConvertAll(writes, write => write.NewETag)));
    }

    private EntityPage ReadPage(SqliteSession session, EntityQuery query, string from)
    {
        var statement = session
            .Statement(query.To is null ? ReadRange : ReadClosedRange)
            .Bind(1, query.Table)
            .Bind(2, OrdinalKey.Encode(query.PartitionKey))
            .Bind(3, OrdinalKey.Encode(from));
        if (query.To is not null)
            statement.Bind(4, OrdinalKey.Encode(query.To));
        try
        {
            var entities = new List<Entity>(Math.Min(query.Take, 64));
            int bytes = 0;
            while (statement.Step())
            {
                if (entities.Count == query.Take || bytes >= MaxPageBytes)
                    return new EntityPage(entities, ContinuationToken.After(entities[^1].RowKey));
                var columns = statement.Blob(2);
                bytes += columns.Length;
                entities.Add(ReadEntity(query.PartitionKey, OrdinalKey.Decode(statement.Blob(0)), statement.Int64(1), columns));
            }
            return new EntityPage(entities, null);
        }
        finally
        {
            statement.Reset();
        }
    }

    private EntityPage ReadTablePage(SqliteSession session, string table, string partition, string row)
    {
        var statement = session.Statement(ReadTable).Bind(1, table).Bind(2, OrdinalKey.Encode(partition)).Bind(3, OrdinalKey.Encode(row));
        try
        {
            var entities = new List<Entity>();
            int bytes = 0;
            while (statement.Step())
            {
                if (entities.Count == EntityLimits.MaxPage || bytes >= MaxPageBytes)
                    return new EntityPage(entities, $"{entities[^1].PartitionKey}{KeySeparator}{entities[^1].RowKey}");
                var columns = statement.Blob(3);
                bytes += columns.Length;
                entities.Add(
                    ReadEntity(OrdinalKey.Decode(statement.Blob(0)), OrdinalKey.Decode(statement.Blob(1)), statement.Int64(2), columns)
                );
            }
            return new EntityPage(entities, null);
        }
        finally
        {
            statement.Reset();
        }
    }

    private Entity ReadEntity(string partitionKey, string rowKey, long etag, ReadOnlySpan<byte> columns)
    {
        try
        {
            return new Entity(partitionKey, rowKey) { ETag = EntityWrite.ETag(etag), Properties = EntityCodec.Decode(columns) };
        }
        catch (InvalidDataException fault)
        {
            throw new DataFileException(
                database.File,
                $"a damaged row '{rowKey}' in partition '{partitionKey}' ({fault.Message})",
                "a row written by Signals",
                fault
            );
        }
    }
}
