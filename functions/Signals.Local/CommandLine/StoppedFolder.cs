using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Opening;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Local.Hosting;
using Signals.Local.Storage;

namespace Signals.Local.CommandLine;

/// <summary>A data folder that the app made, opened by a command while the app is stopped.</summary>
internal sealed record StoppedFolder(SqliteDatabase Database, SqliteEntityStore Store, Recipients Recipients, RecipientKey Key)
    : IDisposable
{
    public OutreachRows Outreach => new(Store, Lists, TimeProvider.System);

    private OutreachLists Lists => new(new ShardedList(Store));

    /// <summary>Throws <see cref="UsageException"/> where there is no folder, and what refuses a folder that may not be opened.</summary>
    public static async Task<StoppedFolder> OpenAsync(string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"--data: found no folder {folder}, expected the data folder of the app");
        var key = new RecipientKey(LocalKeys.Open(folder).RecipientKey);
        var database = SqliteDatabase.Open(folder, new SqliteStorageOptions());
        var store = new SqliteEntityStore(database);
        var opened = new StoppedFolder(database, store, new Recipients(store, clock), key);
        try
        {
            await new StateGuard(store, key, opened.Lists, opened.Outreach).CheckAsync(cancellationToken);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Dispose() => Database.Dispose();
}
