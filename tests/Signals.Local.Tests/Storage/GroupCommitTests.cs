using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteDatabase? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_that_wait_together_share_one_commit()
    {
        var store = Open();
        using var gate = HoldNextCommit();
        var first = UpsertAsync(store, "first");
        gate.Wait();

        var waiting = Enumerable.Range(0, 100).Select(i => UpsertAsync(store, $"row{i}")).ToList();
        gate.Open();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal((2, 101), _database!.Written);
    }

    [Fact]
    public async Task A_group_holds_no_more_than_the_option_says()
    {
        var store = Open(new SqliteStorageOptions { MaxRequestsPerCommit = 10 });
        using var gate = HoldNextCommit();
        var first = UpsertAsync(store, "first");
        gate.Wait();

        var waiting = Enumerable.Range(0, 25).Select(i => UpsertAsync(store, $"row{i}")).ToList();
        gate.Open();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal((4, 26), _database!.Written);
    }

    [Fact]
    public async Task Writers_are_held_back_when_too_many_wait_and_none_is_lost()
    {
        var store = Open(new SqliteStorageOptions { MaxWaitingRequests = 4, MaxRequestsPerCommit = 2 });

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => UpsertAsync(store, $"row{i}")));

        Assert.All(results, result => Assert.True(result.Committed));
        Assert.Equal(60, (await store.QueryAsync(new EntityQuery("Table", "p"), Cancellation)).Entities.Count);
    }

    [Fact]
    public async Task A_request_that_fails_leaves_its_neighbours_alone()
    {
        var store = Open();
        using var gate = HoldNextCommit();
        var first = UpsertAsync(store, "first");
        gate.Wait();

        var before = UpsertAsync(store, "before");
        var refused = store
            .CommitAsync("Table", "p", [EntityOperation.Upsert(Row("undone")), EntityOperation.Delete("missing")], Cancellation)
            .AsTask();
        var broken = _database!.WriteAsync<int>(Break, Cancellation);
        var after = UpsertAsync(store, "after");
        gate.Open();

        await Task.WhenAll(first, before, after);
        Assert.Equal(CommitStatus.NotFound, (await refused).Status);
        await Assert.ThrowsAsync<InvalidDataException>(() => broken);
        Assert.Equal(["after", "before", "first"], await KeysAsync(store));
        Assert.Equal(2, _database.Written.Commits);
    }

    [Fact]
    public async Task A_commit_that_fails_is_transient_for_its_whole_group_and_the_writer_goes_on()
    {
        var store = Open();
        await UpsertAsync(store, "kept");
        _database!.Writer.Committing = static () => throw new IOException("No space left on device");

        var lost = await Assert.ThrowsAsync<TransientStoreException>(() => UpsertAsync(store, "lost"));
        _database.Writer.Committing = null;
        await UpsertAsync(store, "next");

        Assert.Contains("No space left on device", lost.Message, StringComparison.Ordinal);
        Assert.Equal(["kept", "next"], await KeysAsync(store));
    }

    [Fact]
    public async Task A_full_disk_is_transient_and_what_fits_is_still_written()
    {
        var store = Open(new SqliteStorageOptions { MaxFileBytes = 1024 * 1024 });
        var large = Row("large");
        for (int i = 0; i < 14; i++)
            large[$"Part{i}"] = new byte[EntityLimits.MaxPropertyBytes];
        await store.CommitAsync("Table", "p", [EntityOperation.Insert(large)], Cancellation);

        var error = await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await store.CommitAsync(
                "Table",
                "p2",
                [EntityOperation.Insert(new Entity("p2", "more") { Properties = large.Properties })],
                Cancellation
            )
        );
        await UpsertAsync(store, "small");

        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.Equal(["large", "small"], await KeysAsync(store));
    }

    [Fact]
    public async Task A_write_cancelled_while_it_waits_is_not_done()
    {
        var store = Open();
        using var gate = HoldNextCommit();
        var first = UpsertAsync(store, "first");
        gate.Wait();
        using var cancellation = new CancellationTokenSource();
        var waiting = store.CommitAsync("Table", "p", [EntityOperation.Upsert(Row("cancelled"))], cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        gate.Open();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(["first"], await KeysAsync(store));
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        var store = Open();
        using var gate = HoldNextCommit();
        var first = UpsertAsync(store, "first");
        gate.Wait();
        var waiting = UpsertAsync(store, "waiting");

        var closing = Task.Run(_database!.Dispose, Cancellation);
        gate.Open();
        await closing;

        Assert.True((await first).Committed && (await waiting).Committed);
        Assert.Equal(["first", "waiting"], await KeysAsync(Open()));
    }

    public void Dispose()
    {
        _database?.Dispose();
        _folder.Dispose();
    }

    private static Entity Row(string rowKey) => new("p", rowKey) { ["Value"] = 1 };

    private static Written<int> Break(SqliteSession session)
    {
        session.Execute("DELETE FROM entity");
        throw new InvalidDataException("broken on purpose");
    }

    private static Task<CommitResult> UpsertAsync(SqliteEntityStore store, string rowKey) =>
        store.CommitAsync("Table", "p", [EntityOperation.Upsert(Row(rowKey))], Cancellation).AsTask();

    private static async Task<IEnumerable<string>> KeysAsync(SqliteEntityStore store) =>
        (await store.QueryAsync(new EntityQuery("Table", "p"), Cancellation)).Entities.Select(entity => entity.RowKey);

    private SqliteEntityStore Open(SqliteStorageOptions? options = null)
    {
        _database = SqliteDatabase.Open(_folder.Path, options);
        return new SqliteEntityStore(_database);
    }

    private CommitGate HoldNextCommit()
    {
        var gate = new CommitGate();
        _database!.Writer.Committing = gate.Pass;
        return gate;
    }

    /// <summary>Stops the writer at its next commit until it is opened.</summary>
    private sealed class CommitGate : IDisposable
    {
        private readonly ManualResetEventSlim _reached = new();
        private readonly ManualResetEventSlim _open = new();

        public void Pass()
        {
            _reached.Set();
            _open.Wait();
        }

        public void Wait() => _reached.Wait(Cancellation);

        public void Open() => _open.Set();

        public void Dispose()
        {
            _open.Set();
            _reached.Dispose();
        }
    }
}
