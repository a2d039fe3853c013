using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

/// <summary>What the file holds, and whether a file that is there is one of ours.</summary>
internal static class SqliteSchema
{
    /// <summary>
    /// Written to PRAGMA user_version; a file with a higher one comes from a newer program and is refused. 2: rows are of layout 5 or more
    /// (<see cref="Core.Platform.Storage.StateLayout"/>, which later versions look at themselves); the tables are those of 1.
    /// </summary>
    public const int Version = 2;

    private const int SameTables = 1;

    /// <summary>Written to PRAGMA application_id: "SGNL" in ASCII.</summary>
    public const int ApplicationId = 0x53474E4C;

    // Entities of 20-200 KB are common: a rowid table keeps their bytes in overflow pages, out of the index that finds
    // them; WITHOUT ROWID would carry them through the inner pages of the tree. For the same reason a message's body is
    // apart from the columns that leases rewrite.
    private const string Tables = """
        CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE entity (
          id INTEGER PRIMARY KEY,
          table_name TEXT NOT NULL COLLATE NOCASE,
          partition_key BLOB NOT NULL,
          row_key BLOB NOT NULL,
          etag INTEGER NOT NULL,
          columns BLOB NOT NULL,
          UNIQUE (table_name, partition_key, row_key));
        CREATE TABLE message (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          queue TEXT NOT NULL,
          message_id TEXT NOT NULL,
          items INTEGER NOT NULL,
          enqueued_at INTEGER NOT NULL,
          due_at INTEGER,                 -- null: ready; else its not-before, or its lease's end
          lease INTEGER NOT NULL,         -- 0: not leased
          delivery_count INTEGER NOT NULL,
          reason TEXT NOT NULL,           -- why it was last given back
          UNIQUE (queue, message_id));
        CREATE INDEX message_ready ON message (queue, sequence) WHERE due_at IS NULL;
        CREATE INDEX message_later ON message (queue, due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE message_body (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE dead_letter (
          sequence INTEGER PRIMARY KEY,
          queue TEXT NOT NULL,
          message_id TEXT NOT NULL,
          items INTEGER NOT NULL,
          enqueued_at INTEGER NOT NULL,
          delivery_count INTEGER NOT NULL,
          dead_lettered_at INTEGER NOT NULL,
          reason TEXT NOT NULL);
        CREATE INDEX dead_letter_by_queue ON dead_letter (queue, sequence);
        """;

    /// <summary>
    /// Checks a file that is there, or fills a new one. Throws <see cref="DataFileException"/> and leaves a foreign file as it was.
    /// </summary>
    public static void Prepare(SqliteSession session, string file, SqliteStorageOptions options)
    {
        try
        {
            bool isNew = CheckOwner(session, file);
            if (isNew)
                session.ExecuteScript($"PRAGMA page_size = {SqliteDatabase.PageBytes};");
            session.ExecuteScript("PRAGMA journal_mode = WAL;");
            if (isNew)
                session.ExecuteScript(
                    $"BEGIN IMMEDIATE; {Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;"
                );
            else if (new FileInfo(file).Length <= options.CheckedFileBytes)
                CheckPages(session, file);
            if (session.ReadInt64("PRAGMA user_version") != Version)
                session.ExecuteScript($"PRAGMA user_version = {Version};");
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw SqliteErrors.Damaged(file, fault);
        }
    }

    private static bool CheckOwner(SqliteSession session, string file)
    {
        long application = session.ReadInt64("PRAGMA application_id") ?? 0;
        long version = session.ReadInt64("PRAGMA user_version") ?? 0;
        if (application == 0 && version == 0 && session.ReadInt64("SELECT count(*) FROM sqlite_schema") == 0)
            return true;
        if (application != ApplicationId)
            throw new DataFileException(
                file,
                $"a database of another program (application id 0x{application:X8})",
                $"one of Signals (0x{ApplicationId:X8})"
            );
        if (version is < SameTables or > Version)
            throw new DataFileException(
                file,
                $"schema version {version}",
                $"version {Version}; a newer file needs the newer program that wrote it"
            );
        return false;
    }

    /// <summary>
    /// True for a page that the disk did not give, which the check tells as it tells of damage: the file may be whole, and the next reading
    /// finds out. The low byte of the code is SQLite's kind of error.
    /// </summary>
    internal static bool IsReadError(string found)
    {
        const string Code = "error code=";
        int at = found.IndexOf(Code, StringComparison.Ordinal);
        string digits = at < 0 ? "" : new string([.. found[(at + Code.Length)..].TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, out int code) && (code & byte.MaxValue) == SQLitePCL.raw.SQLITE_IOERR;
    }

    /// <summary>
    /// Looks at every page. Throws <see cref="DataFileException"/> for damage, and <see cref="TransientStoreException"/> for a disk that
    /// does not give its pages.
    /// </summary>
    public static void CheckPages(SqliteSession session, string file)
    {
        var check = session.Statement("PRAGMA quick_check(1)");
        try
        {
            string found = check.Step() ? check.Text(0) : "no answer";
            if (IsReadError(found))
                throw new TransientStoreException(
                    $"The store '{file}' cannot be read now: disk I/O error ({found.ReplaceLineEndings(" ")})"
                );
            if (!string.Equals(found, "ok", StringComparison.Ordinal))
                throw new DataFileException(
                    file,
                    $"a damaged database ({found.ReplaceLineEndings(" ")})",
                    "a sound one; restore it from a backup or choose another data folder",
                    isDamage: true
                );
        }
        finally
        {
            check.Reset();
        }
    }
}
