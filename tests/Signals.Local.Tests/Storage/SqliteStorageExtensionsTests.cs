using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

public sealed class SqliteStorageExtensionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_store_and_the_queue_share_one_file_that_closes_with_the_container()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using (var provider = new ServiceCollection().AddSqliteStorage(_folder.Path).BuildServiceProvider())
        {
            await provider
                .GetRequiredService<IEntityStore>()
                .CommitAsync("Table", "p", [EntityOperation.Upsert(new Entity("p", "r"))], cancellation);
            await provider.GetRequiredService<IMessageQueue>().SendAsync("usage", [new OutgoingMessage("one", new byte[1])], cancellation);

            Assert.Same(provider.GetRequiredService<IMessageQueue>(), provider.GetRequiredService<SqliteMessageQueue>());
            Assert.Equal((2, 2), provider.GetRequiredService<SqliteDatabase>().Written);
        }

        using var reopened = SqliteDatabase.Open(_folder.Path);
        Assert.NotNull(await new SqliteEntityStore(reopened).GetAsync("Table", "p", "r", cancellation));
    }

    [Fact]
    public void A_folder_must_be_named() => Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSqliteStorage(" "));

    public void Dispose() => _folder.Dispose();
}
