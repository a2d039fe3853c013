using Signals.Core.Platform.Storage;
using Signals.Local.Storage;
using Signals.Testing.Storage;

namespace Signals.Local.Tests.Storage;

public sealed class SqliteEntityStoreTests : EntityStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteDatabase _database;
    private SqliteEntityStore _store;

    public SqliteEntityStoreTests()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        _store = new SqliteEntityStore(_database);
    }

    protected override IEntityStore Store => _store;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_and_their_etags_are_there_after_the_file_was_closed_and_opened()
    {
        var committed = await InsertAsync("row", "kept");

        Reopen();

        var read = (await _store.GetAsync(Table, Partition, "row", Cancellation))!;
        Assert.Equal(("kept", committed.ETags[0]), (read.GetString("Text"), read.ETag));
    }

    [Fact]
    public async Task Etags_are_not_given_again_after_the_file_was_closed_and_opened()
    {
        var etags = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            etags.AddRange((await InsertAsync($"row{i}", "x")).ETags);
            Reopen();
        }

        Assert.Equal(3, etags.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("\ud83d")]
    [InlineData("half \ude00 pair")]
    public async Task Text_that_UTF8_cannot_hold_comes_back_unchanged(string text)
    {
        await InsertAsync("row", text);

        Assert.Equal(text, (await _store.GetAsync(Table, Partition, "row", Cancellation))!.GetString("Text"));
    }

    [Fact]
    public async Task What_is_deleted_leaves_the_disk_once_the_log_is_emptied()
    {
        const string secret = "someone-who-wants-to-be-forgotten";
        await InsertAsync("row", secret);
        await _store.CommitAsync(Table, Partition, [EntityOperation.Delete("row")], Cancellation);

        await _database.TruncateLogAsync(Cancellation);

        Assert.Equal(0, new FileInfo(_database.File + "-wal").Length);
        _database.Dispose();
        Assert.DoesNotContain(
            secret,
            await File.ReadAllTextAsync(_database.File, System.Text.Encoding.Latin1, Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reads_complete_at_once()
    {
        await InsertAsync("row", "x");

        var get = _store.GetAsync(Table, Partition, "row", Cancellation).AsTask();
        var query = _store.QueryAsync(new EntityQuery(Table, Partition), Cancellation).AsTask();

        Assert.True(get.IsCompletedSuccessfully);
        Assert.True(query.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_row_of_a_later_format_is_refused_by_name()
    {
        await InsertAsync("row", "x");
        await _database.WriteAsync(session => new Written<int>(session.Execute("UPDATE entity SET columns = x'02'")), Cancellation);

        var error = await Assert.ThrowsAsync<DataFileException>(async () => await _store.GetAsync(Table, Partition, "row", Cancellation));

        Assert.Contains("row 'row'", error.Message, StringComparison.Ordinal);
        Assert.Contains("format 2; expected 1", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private async Task<CommitResult> InsertAsync(string rowKey, string text) =>
        await _store.CommitAsync(
            Table,
            Partition,
            [EntityOperation.Insert(new Entity(Partition, rowKey) { ["Text"] = text })],
            Cancellation
        );

    private void Reopen()
    {
        _database.Dispose();
        _database = SqliteDatabase.Open(_folder.Path);
        _store = new SqliteEntityStore(_database);
    }
}
