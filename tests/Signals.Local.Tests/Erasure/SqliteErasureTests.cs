using Signals.Core.Platform.Storage;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Testing.World;

namespace Signals.Local.Tests.Erasure;

/// <summary>On the one-machine host's own store.</summary>
public sealed class SqliteErasureTests : ErasureContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteDatabase? _database;

    protected override Task<IEntityStore> CreateStoreAsync()
    {
        _database = SqliteDatabase.Open(_folder.Path, new SqliteStorageOptions { Durability = SqliteDurability.Normal });
        return Task.FromResult<IEntityStore>(new SqliteEntityStore(_database));
    }

    public void Dispose()
    {
        _database?.Dispose();
        _folder.Dispose();
    }
}
