using System.Buffers;
using System.Globalization;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

/// <summary>One operation of a transaction, encoded and ready for the writer.</summary>
internal sealed class EntityWrite : IDisposable
{
    private const long AnyVersion = -1;
    private const long NoVersion = -2;

    private const string InsertRow =
        "INSERT INTO entity (table_name, partition_key, row_key, etag, columns) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

    private const string UpsertRow =
        "INSERT INTO entity (table_name, partition_key, row_key, etag, columns) VALUES (?1, ?2, ?3, ?4, ?5) "
        + "ON CONFLICT (table_name, partition_key, row_key) DO UPDATE SET etag = excluded.etag, columns = excluded.columns";

    private const string ReplaceRow =
        "UPDATE entity SET etag = ?4, columns = ?5 WHERE table_name = ?1 AND partition_key = ?2 AND row_key = ?3";

    private const string ReplaceVersion = ReplaceRow + " AND etag = ?6";

    private const string DeleteRow = "DELETE FROM entity WHERE table_name = ?1 AND partition_key = ?2 AND row_key = ?3";

    private const string DeleteVersion = DeleteRow + " AND etag = ?4";

    private const string FindRow = "SELECT 1 FROM entity WHERE table_name = ?1 AND partition_key = ?2 AND row_key = ?3";

    private readonly EntityOperationKind _kind;
    private readonly byte[] _rowKey;
    private readonly long _expected;
    private readonly long _number;
    private readonly ArraySegment<byte> _columns;

    private EntityWrite(EntityOperation operation, long number)
    {
        _kind = operation.Kind;
        _rowKey = OrdinalKey.Encode(operation.RowKey);
        _expected = Expected(operation.ETag);
        _number = number;
        _columns = operation.Entity is { } entity ? EntityCodec.Encode(entity) : default;
    }

    /// <summary>The version that the row has after this write; empty for a delete.</summary>
    public string NewETag => _kind == EntityOperationKind.Delete ? "" : ETag(_number);

    public static EntityWrite Prepare(EntityOperation operation, long number) => new(operation, number);

    /// <summary>A row's version as callers see it.</summary>
    public static string ETag(long number) => number.ToString("x16", CultureInfo.InvariantCulture);

    public CommitStatus Apply(SqliteSession session, string table, byte[] partition)
    {
        switch (_kind)
        {
            case EntityOperationKind.Insert:
                return BindRow(session.Statement(InsertRow), table, partition).Execute() == 1
                    ? CommitStatus.Committed
                    : CommitStatus.AlreadyExists;
            case EntityOperationKind.Upsert:
                BindRow(session.Statement(UpsertRow), table, partition).Execute();
                return CommitStatus.Committed;
            case EntityOperationKind.Replace when _expected == AnyVersion:
                return BindRow(session.Statement(ReplaceRow), table, partition).Execute() == 1
                    ? CommitStatus.Committed
                    : CommitStatus.NotFound;
            case EntityOperationKind.Replace:
                int replaced = BindRow(session.Statement(ReplaceVersion), table, partition).Bind(6, _expected).Execute();
                return replaced == 1 ? CommitStatus.Committed : WhyNone(session, table, partition);
            case EntityOperationKind.Delete when _expected == AnyVersion:
                return BindKey(session.Statement(DeleteRow), table, partition).Execute() == 1
                    ? CommitStatus.Committed
                    : CommitStatus.NotFound;
            case EntityOperationKind.Delete:
                int deleted = BindKey(session.Statement(DeleteVersion), table, partition).Bind(4, _expected).Execute();
                return deleted == 1 ? CommitStatus.Committed : WhyNone(session, table, partition);
            default:
                throw new EntityLimitException($"An operation is Insert, Replace, Upsert or Delete; found {_kind}.");
        }
    }

    public void Dispose()
    {
        if (_columns.Array is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static long Expected(string etag)
    {
        if (string.Equals(etag, EntityOperation.AnyETag, StringComparison.Ordinal))
            return AnyVersion;
        // A text that this store never gave out matches no row.
        return long.TryParse(etag, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : NoVersion;
    }

    private CommitStatus WhyNone(SqliteSession session, string table, byte[] partition) =>
        BindKey(session.Statement(FindRow), table, partition).ReadInt64() is null ? CommitStatus.NotFound : CommitStatus.ETagMismatch;

    private SqliteStatement BindKey(SqliteStatement statement, string table, byte[] partition) =>
        statement.Bind(1, table).Bind(2, partition).Bind(3, _rowKey);

    private SqliteStatement BindRow(SqliteStatement statement, string table, byte[] partition) =>
        BindKey(statement, table, partition).Bind(4, _number).Bind(5, _columns);
}
