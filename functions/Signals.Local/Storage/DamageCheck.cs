using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;
using SQLitePCL;

namespace Signals.Local.Storage;

/// <summary>
/// A second opinion on a database that SQLite calls damaged. SQLite says so too when the disk gives an error (EIO) instead of a page,
/// though the file may be whole: the next reading tells.
/// </summary>
internal static class DamageCheck
{
    /// <summary>Who is unlucky once is looked at again.</summary>
    private const int Looks = 2;

    /// <summary>
    /// True when the disk gives every byte of the file and its log, and they are not what was written. Takes as long as reading them.
    /// </summary>
    public static bool IsDamaged(string file)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (!IsReadable(file) || IsSound(file) || !IsReadable(file))
                return false;
        }
        return true;
    }

    /// <summary>True when the disk gives every byte of the file and its log.</summary>
    public static bool IsReadable(string file) => Array.TrueForAll([file, $"{file}-wal"], CanRead);

    private static bool CanRead(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] buffer = new byte[256 * 1024];
            while (stream.Read(buffer) > 0) { }
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>True also where the disk gave an error instead of an answer.</summary>
    private static bool IsSound(string file)
    {
        try
        {
            using var session = new SqliteSession(file, readOnly: true);
            SqliteSchema.CheckPages(session, file);
            return true;
        }
        catch (DataFileException)
        {
            return false;
        }
        catch (TransientStoreException)
        {
            return true;
        }
        catch (SqliteException fault)
        {
            return fault.SqliteErrorCode is not (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB);
        }
    }
}
