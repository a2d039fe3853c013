using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Signals.Local.Storage;

/// <summary>One connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    static SqliteSession() => Batteries_V2.Init();

    /// <summary>Opens the file; a session that only reads must find it there.</summary>
    public SqliteSession(string file, bool readOnly)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        };
        _connection = new SqliteConnection(connection.ConnectionString);
        _connection.Open();
        _ = raw.sqlite3_busy_timeout(Handle, 10_000);
    }

    /// <summary>False while a transaction is open. SQLite itself rolls back on some errors (disk full, I/O).</summary>
    public bool IsAutoCommit => raw.sqlite3_get_autocommit(Handle) != 0;

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(Handle);

    private sqlite3 Handle => _connection.Handle!;

    /// <summary>The prepared statement of this text, prepared on first use.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new SqliteStatement(Handle, sql);
        return statement;
    }

    public int Execute(string sql) => Statement(sql).Execute();

    public long? ReadInt64(string sql) => Statement(sql).ReadInt64();

    /// <summary>Runs several statements that are not worth keeping, and ignores the rows they return.</summary>
    public void ExecuteScript(string sql)
    {
        int code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, Handle);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }
}
