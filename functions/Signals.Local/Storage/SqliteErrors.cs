using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;
using SQLitePCL;

namespace Signals.Local.Storage;

/// <summary>Turns SQLite's error codes into the ports' errors.</summary>
internal static class SqliteErrors
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Full disks, I/O errors and locks may pass; a damaged file needs a person.</summary>
    public static Exception Translate(SqliteException fault, string file) =>
        fault.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(file, fault),
            _ => new TransientStoreException($"The store '{file}' cannot do this now: {fault.Message}", fault, RetryAfter),
        };

    public static DataFileException Damaged(string file, SqliteException fault) =>
        new(
            file,
            fault.SqliteErrorCode == raw.SQLITE_NOTADB ? "a file that is not a SQLite database" : $"a damaged database ({fault.Message})",
            "a database written by Signals; restore it from a backup or choose another data folder",
            fault,
            isDamage: true
        );
}
