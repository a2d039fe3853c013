using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File(SqliteDatabase.FileName);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11, true)]
    [InlineData(28, false)]
    [InlineData(30, false)]
    [InlineData(5, false)]
    public void Only_a_file_that_another_process_has_is_called_locked(int code, bool isHeld) =>
        Assert.Equal(isHeld, SqliteDatabase.IsHeld(new IOException("fault", code)));

    [Theory]
    [InlineData("*** in database main *** Tree 4 page 9: unable to get the page. error code=266", true)]
    [InlineData("unable to get the page. error code=10", true)]
    [InlineData("unable to get the page. error code=11", false)]
    [InlineData("database disk image is malformed", false)]
    [InlineData("error code=", false)]
    public void A_page_that_the_disk_did_not_give_is_no_damage(string found, bool isReadError) =>
        Assert.Equal(isReadError, SqliteSchema.IsReadError(found));

    [Fact]
    public void A_new_folder_is_made_ready()
    {
        string folder = _folder.File("new/folder");

        using var database = SqliteDatabase.Open(folder);

        Assert.Equal(Path.Combine(folder, "signals.db"), database.File);
        Assert.Equal(
            (SqliteSchema.ApplicationId, SqliteSchema.Version),
            (Ask(database, "PRAGMA application_id"), Ask(database, "PRAGMA user_version"))
        );
    }

    [Theory]
    [InlineData(SqliteDurability.Full, 2)]
    [InlineData(SqliteDurability.Normal, 1)]
    public async Task The_writer_syncs_as_told_and_overwrites_what_it_deletes(SqliteDurability durability, int synchronous)
    {
        using var database = SqliteDatabase.Open(_folder.Path, new SqliteStorageOptions { Durability = durability });

        long? found = await database.WriteAsync(session => new Written<long?>(session.ReadInt64("PRAGMA synchronous")), Cancellation);
        long? secure = await database.WriteAsync(session => new Written<long?>(session.ReadInt64("PRAGMA secure_delete")), Cancellation);

        Assert.Equal((synchronous, 1), (found, secure));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        string text = string.Concat(Enumerable.Repeat("These are my holiday notes. ", 500));
        await File.WriteAllTextAsync(DatabaseFile, text, Cancellation);

        var error = Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));

        Assert.Equal((DatabaseFile, "a file that is not a SQLite database"), (error.File, error.Found));
        Assert.Equal(text, await File.ReadAllTextAsync(DatabaseFile, Cancellation));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_was()
    {
        Change("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')");
        byte[] before = await File.ReadAllBytesAsync(DatabaseFile, Cancellation);

        var error = Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));

        Assert.Contains("a database of another program", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile, Cancellation));
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused_with_both_versions()
    {
        SqliteDatabase.Open(_folder.Path).Dispose();
        Change("PRAGMA user_version = 99");

        var error = Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));

        Assert.Equal("schema version 99", error.Found);
        Assert.StartsWith($"version {SqliteSchema.Version};", error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_damaged_file_is_refused(double at)
    {
        await FillAsync();
        byte[] bytes = await File.ReadAllBytesAsync(DatabaseFile, Cancellation);
        int from = (int)(bytes.Length * at) / SqliteDatabase.PageBytes * SqliteDatabase.PageBytes;
        bytes.AsSpan(from, SqliteDatabase.PageBytes).Fill(0xA5);
        await File.WriteAllBytesAsync(DatabaseFile, bytes, Cancellation);

        var error = Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));

        Assert.StartsWith("a damaged database (", error.Found, StringComparison.Ordinal);
        Assert.Contains(DatabaseFile, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(SqliteDatabase.PageBytes)]
    [InlineData(5 * SqliteDatabase.PageBytes)]
    public async Task A_file_that_was_cut_off_is_refused(int length)
    {
        await FillAsync();
        await using (var file = new FileStream(DatabaseFile, FileMode.Open))
            file.SetLength(length);

        Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));
    }

    [Fact]
    public void A_refused_folder_is_free_again()
    {
        File.WriteAllText(DatabaseFile, new string('x', 5000));
        Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));
        File.Delete(DatabaseFile);

        using var database = SqliteDatabase.Open(_folder.Path);

        Assert.Equal(0, Ask(database, "SELECT count(*) FROM entity"));
    }

    [Fact]
    public void A_folder_that_is_open_already_is_refused_until_it_is_closed()
    {
        var first = SqliteDatabase.Open(_folder.Path);

        var error = Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));
        first.Dispose();
        using var second = SqliteDatabase.Open(_folder.Path);

        Assert.Contains("a lock held by another process", error.Message, StringComparison.Ordinal);
        Assert.Contains("one process at a time on a data folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var database = SqliteDatabase.Open(_folder.Path);
        var store = new SqliteEntityStore(database);
        database.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetAsync("Table", "p", "r", Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            await store.CommitAsync("Table", "p", [EntityOperation.Upsert(new Entity("p", "r"))], Cancellation)
        );
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            SqliteDatabase.Open(_folder.Path, new SqliteStorageOptions { MaxRequestsPerCommit = 0 })
        );

        Assert.StartsWith(
            "SqliteStorageOptions.MaxRequestsPerCommit: found 0; expected 1 to 10,000.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private static long? Ask(SqliteDatabase database, string sql) => database.Read(sql, static (session, text) => session.ReadInt64(text));

    private async Task FillAsync()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        var store = new SqliteEntityStore(database);
        for (int i = 0; i < 10; i++)
            await store.CommitAsync(
                "Table",
                "p",
                [
                    .. Enumerable
                        .Range(i * 100, 100)
                        .Select(row => EntityOperation.Insert(new Entity("p", $"{row:D6}") { ["Bytes"] = new byte[300] })),
                ],
                Cancellation
            );
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
