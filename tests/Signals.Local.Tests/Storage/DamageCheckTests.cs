using Microsoft.Data.Sqlite;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;
using SQLitePCL;

namespace Signals.Local.Tests.Storage;

public sealed class DamageCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_file_that_was_called_damaged_is_used_again_after_a_second_look()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        var store = new SqliteEntityStore(database);
        await store.CommitAsync("accounts", "p", [EntityOperation.Insert(new Entity("p", "r"))], Cancellation);

        // What SQLite says when the disk gives an error instead of a page.
        Assert.Throws<TransientStoreException>(() =>
            database.Read<int, int>(0, static (_, _) => throw new SqliteException("database disk image is malformed", raw.SQLITE_CORRUPT))
        );

        Entity? read = null;
        for (int attempt = 0; attempt < 1000 && read is null; attempt++)
        {
            try
            {
                read = await store.GetAsync("accounts", "p", "r", Cancellation);
            }
            catch (TransientStoreException)
            {
                await Task.Delay(10, Cancellation);
            }
        }
        Assert.NotNull(read);
        Assert.False(database.Damage.IsCompleted);
        await store.CommitAsync("accounts", "p", [EntityOperation.Insert(new Entity("p", "r2"))], Cancellation);
    }

    [Fact]
    public void A_damaged_file_is_called_so_and_a_whole_one_is_not()
    {
        string file;
        using (var database = SqliteDatabase.Open(_folder.Path))
            file = database.File;
        Assert.True(DamageCheck.IsReadable(file));
        Assert.False(DamageCheck.IsDamaged(file));

        byte[] bytes = File.ReadAllBytes(file);
        bytes.AsSpan(SqliteDatabase.PageBytes).Fill(byte.MaxValue);
        File.WriteAllBytes(file, bytes);

        Assert.True(DamageCheck.IsDamaged(file));
    }
}
