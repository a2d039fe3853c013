using Signals.Core.Platform.Storage;
using Signals.Local.Storage;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Local.Tests.Storage;

public sealed class SqliteOptOutTests : OptOutContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteDatabase> _opened = [];

    protected override int Seeds => LongTests.Samples(1, 3, 20);

    public void Dispose()
    {
        foreach (var database in _opened)
            database.Dispose();
        _folder.Dispose();
    }

    protected override Task<IEntityStore> CreateStoreAsync(int seed)
    {
        string folder = Path.Combine(_folder.Path, $"{seed}");
        Directory.CreateDirectory(folder);
        var database = SqliteDatabase.Open(folder, new SqliteStorageOptions());
        _opened.Add(database);
        return Task.FromResult<IEntityStore>(new SqliteEntityStore(database));
    }
}
