using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

/// <summary>
/// The data folder's one SQLite file: a single writer with group commit, and readers that see every write whose task has
/// completed. Only one process at a time may have the folder open.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    public const string FileName = "signals.db";

    /// <summary>Twice SQLite's default: rows of 20 KB and more are common, and take half as many overflow pages.</summary>
    internal const int PageBytes = 8192;

    internal const string LockName = "signals.lock";
    private const int WalPages = 32 * 1024 * 1024 / PageBytes;
    private const int MaxIdleReaders = 16;

    private readonly FileStream _lock;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly TaskCompletionSource<DataFileException> _damage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastNumber;
    private bool _disposed;

    /// <summary>1 from when SQLite calls the file damaged until a second look finds it whole.</summary>
    private int _inDoubt;

    private SqliteDatabase(string file, FileStream folderLock, SqliteSession session, SqliteStorageOptions options)
    {
        File = file;
        _lock = folderLock;
        _lastNumber = StartNumbers(session);
        MessageTable.ReleaseAll(session);
        _writer = new SqliteWriter(session, file, options, Outward);
    }

    /// <summary>The database file's full path.</summary>
    public string File { get; }

    /// <summary>Commits since it was opened, and the write requests they held: their ratio tells how well writers share a sync.</summary>
    public (long Commits, long Requests) Written => (_writer.Commits, _writer.Requests);

    /// <summary>
    /// Ends when SQLite finds the open file damaged, with what to say of it: nothing that is read or written from then on can be relied on.
    /// </summary>
    public Task<DataFileException> Damage => _damage.Task;

    internal SqliteWriter Writer => _writer;

    /// <summary>
    /// Opens the folder's file, creating both when missing. Throws <see cref="DataFileException"/> for a file that is damaged,
    /// foreign or newer, and for a folder that another process has open.
    /// </summary>
    public static SqliteDatabase Open(string dataFolder, SqliteStorageOptions? options = null)
    {
        options ??= new SqliteStorageOptions();
        options.Validate();
        string folder = PrivateFiles.Folder(dataFolder);
        string file = Path.Combine(folder, FileName);
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                return Open(folder, file, options);
            }
            catch (DataFileException fault) when (fault.IsDamage && !DamageCheck.IsReadable(file))
            {
                throw new TransientStoreException($"The store '{file}' cannot be read now: disk I/O error", fault);
            }
            catch (DataFileException fault) when (fault.IsDamage && isFirst)
            {
                // An error of the disk that passed looks alike.
            }
        }
    }

    private static SqliteDatabase Open(string folder, string file, SqliteStorageOptions options)
    {
        FileStream? folderLock = null;
        SqliteSession? session = null;
        try
        {
            folderLock = Lock(folder);
            // What SQLite makes beside the file (its log and its index) gets the file's own mode.
            PrivateFiles.Touch(file);
            foreach (string beside in (string[])[$"{file}-wal", $"{file}-shm"])
                PrivateFiles.Close(beside);
            session = OpenWriterSession(file, options);
            return new SqliteDatabase(file, folderLock, session, options);
        }
        catch (SqliteException fault)
        {
            session?.Dispose();
            folderLock?.Dispose();
            throw SqliteErrors.Translate(fault, file);
        }
        catch
        {
            session?.Dispose();
            folderLock?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Empties the write-ahead log, so that what was deleted leaves the disk; <c>secure_delete</c> has overwritten it in the file.
    /// </summary>
    public async Task TruncateLogAsync(CancellationToken cancellationToken)
    {
        bool done = await Task.Run(TruncateLog, cancellationToken);
        if (!done)
            throw new TransientStoreException($"The log of '{File}' is still being read; it was not emptied.");
    }

    /// <summary>
    /// Builds the file anew from what it holds, and empties the log: then nothing that was deleted is left on the disk.
    /// <c>secure_delete</c> alone leaves pieces of rows in pages whose rows were moved together. Takes as long as copying the file;
    /// writers wait, ten seconds at most, and then come again.
    /// </summary>
    public async Task RebuildAsync(CancellationToken cancellationToken)
    {
        await Task.Run(Rebuild, cancellationToken);
        await TruncateLogAsync(cancellationToken);
    }

    /// <summary>Writes whatever waits, closes the file and frees the folder.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    /// <summary>A number that no earlier call returned, in this process or one before it.</summary>
    internal long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>Runs a write inside the next commit.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, Written<T>> work, CancellationToken cancellationToken) =>
        Volatile.Read(ref _inDoubt) == 0 ? _writer.WriteAsync(work, cancellationToken) : Task.FromException<T>(InDoubt(null));

    /// <summary>Runs a read on a connection of its own, on the caller's thread.</summary>
    internal T Read<TState, T>(TState state, Func<SqliteSession, TState, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Volatile.Read(ref _inDoubt) != 0)
            throw InDoubt(null);
        SqliteSession? session = null;
        try
        {
            if (!_readers.TryTake(out session))
                session = new SqliteSession(File, readOnly: true);
            return work(session, state);
        }
        catch (SqliteException fault)
        {
            throw Outward(fault);
        }
        finally
        {
            if (session is not null)
                GiveBack(session);
        }
    }

    /// <summary>
    /// The port's error for SQLite's. Damage is looked at again before anybody is told, and nothing is acknowledged meanwhile.
    /// </summary>
    private Exception Outward(SqliteException fault)
    {
        var outward = SqliteErrors.Translate(fault, File);
        if (outward is not DataFileException damage)
            return outward;
        if (Interlocked.Exchange(ref _inDoubt, 1) == 0)
            _ = Task.Run(() => LookAgain(damage));
        return InDoubt(damage);
    }

    private void LookAgain(DataFileException damage)
    {
        if (DamageCheck.IsDamaged(File))
            _damage.TrySetResult(damage);
        else
            Volatile.Write(ref _inDoubt, 0);
    }

    private TransientStoreException InDoubt(Exception? fault) =>
        new($"The store '{File}' may be damaged and is looked at again.", fault, TimeSpan.FromSeconds(5));

    private void GiveBack(SqliteSession session)
    {
        if (_disposed || _readers.Count >= MaxIdleReaders)
            session.Dispose();
        else
            _readers.Add(session);
    }

    private void Rebuild()
    {
        try
        {
            using var session = new SqliteSession(File, readOnly: false);
            session.ExecuteScript("PRAGMA secure_delete = ON; VACUUM;");
        }
        catch (SqliteException fault)
        {
            throw Outward(fault);
        }
    }

    private bool TruncateLog()
    {
        using var session = new SqliteSession(File, readOnly: false);
        return session.ReadInt64("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    // The operating system holds this lock for the process, so that kill -9 and power cuts leave no stale one behind.
    private static FileStream Lock(string folder)
    {
        string file = Path.Combine(folder, LockName);
        try
        {
            PrivateFiles.Close(file);
            return new FileStream(file, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            throw new DataFileException(
                file,
                $"a lock held by another process ({fault.Message})",
                "one process at a time on a data folder; stop the other or use another folder",
                fault
            );
        }
    }

    /// <summary>
    /// True when another process has the file: EWOULDBLOCK on Linux (11) and macOS (35), a sharing or lock violation on Windows. A disk
    /// that is full or read-only holds no lock, and is told as what it is.
    /// </summary>
    internal static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    private static SqliteSession OpenWriterSession(string file, SqliteStorageOptions options)
    {
        var session = new SqliteSession(file, readOnly: false);
        try
        {
            SqliteSchema.Prepare(session, file, options);
            session.ExecuteScript(
                $"""
                PRAGMA synchronous = {(options.Durability == SqliteDurability.Full ? "FULL" : "NORMAL")};
                PRAGMA secure_delete = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -65536;
                PRAGMA wal_autocheckpoint = {WalPages};
                PRAGMA journal_size_limit = {2L * WalPages * PageBytes};
                """
            );
            if (options.MaxFileBytes is { } bytes)
                session.ExecuteScript($"PRAGMA max_page_count = {bytes / PageBytes};");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // Each opening takes a range of its own, so that numbers need no write each and are never given twice.
    private static long StartNumbers(SqliteSession session)
    {
        session.Execute("INSERT INTO setting (name, value) VALUES ('openings', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1");
        return session.ReadInt64("SELECT value FROM setting WHERE name = 'openings'")!.Value << 38;
    }
}
