using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

/// <summary>
/// The one writer. Its thread takes every write that waits, runs them inside one transaction, each in a savepoint of its
/// own, and syncs once for all of them: many small writers share the cost of one fsync.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteSession _session;
    private readonly string _file;
    private readonly Func<SqliteException, Exception> _outward;
    private readonly int _maxRequests;
    private readonly Channel<WriteRequest> _waiting;
    private readonly Thread _thread;
    private long _commits;
    private long _requests;

    public SqliteWriter(SqliteSession session, string file, SqliteStorageOptions options, Func<SqliteException, Exception> outward)
    {
        _session = session;
        _file = file;
        _outward = outward;
        _maxRequests = options.MaxRequestsPerCommit;
        _waiting = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(options.MaxWaitingRequests) { SingleReader = true });
        _thread = new Thread(Run) { IsBackground = true, Name = "signals writer" };
        _thread.Start();
    }

    /// <summary>Commits that reached the disk.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Write requests that those commits held.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Called before each commit; tests make commits fail or wait here.</summary>
    internal Action? Committing { get; set; }

    public async Task<T> WriteAsync<T>(Func<SqliteSession, Written<T>> work, CancellationToken cancellationToken)
    {
        var request = new WriteRequest<T>(work, cancellationToken);
        try
        {
            if (!_waiting.Writer.TryWrite(request))
                await _waiting.Writer.WriteAsync(request, cancellationToken);
        }
        catch (ChannelClosedException fault)
        {
            throw new ObjectDisposedException($"The store '{_file}' is closed.", fault);
        }
        return await request.Outcome;
    }

    /// <summary>Ends once everything that waits is written.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _thread.Join();
        _session.Dispose();
    }

    private void Run()
    {
        var group = new List<WriteRequest>(_maxRequests);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < _maxRequests && _waiting.Reader.TryRead(out var request))
            {
                if (request.IsCancelled)
                    request.Cancel();
                else
                    group.Add(request);
            }
            if (group.Count > 0)
                CommitTogether(group);
            group.Clear();
        }
    }

    private void CommitTogether(List<WriteRequest> group)
    {
        var refused = new List<(WriteRequest Request, Exception Error)>();
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var request in group)
            {
                if (Execute(request) is { } error)
                    refused.Add((request, error));
            }
            Committing?.Invoke();
            _session.Execute("COMMIT");
        }
        catch (Exception fault)
        {
            RollBack();
            var lost = Outward(fault);
            foreach (var request in group)
                request.Fail(lost);
            return;
        }
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _requests, group.Count);
        foreach (var (request, error) in refused)
            request.Fail(error);
        // A refused request's task has ended already; completing it again changes nothing.
        foreach (var request in group)
            request.Complete();
    }

    /// <summary>
    /// Runs one request so that its failure leaves its neighbours alone; throws when SQLite gave up the whole transaction.
    /// </summary>
    private Exception? Execute(WriteRequest request)
    {
        _session.Execute("SAVEPOINT request");
        Exception? refusal = null;
        try
        {
            if (!request.Execute(_session))
                _session.Execute("ROLLBACK TO request");
        }
        catch (Exception fault) when (!_session.IsAutoCommit)
        {
            _session.Execute("ROLLBACK TO request");
            refusal = Outward(fault);
        }
        _session.Execute("RELEASE request");
        return refusal;
    }

    private void RollBack()
    {
        try
        {
            if (!_session.IsAutoCommit)
                _session.Execute("ROLLBACK");
        }
        catch (SqliteException) when (_session.IsAutoCommit)
        {
            // SQLite ended the transaction by itself in between, which is what was asked for.
        }
    }

    private Exception Outward(Exception fault) =>
        fault switch
        {
            SqliteException sqlite => _outward(sqlite),
            IOException => new TransientStoreException($"The store '{_file}' cannot write now: {fault.Message}", fault),
            _ => fault,
        };
}
