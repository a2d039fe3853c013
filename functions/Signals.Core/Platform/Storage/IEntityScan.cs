namespace Signals.Core.Platform.Storage;

/// <summary>
/// Reads a whole table, whatever its partitions are. No daily work may: it costs as much as everything that is kept. It is for finding
/// somebody wherever they are, so that an erasure can be proved.
/// </summary>
public interface IEntityScan
{
    /// <summary>
    /// A page of a table in the store's own order; an empty page need not be the last. Rows that are written meanwhile may be missed.
    /// </summary>
    /// <param name="table">The table; one that is not there has no rows.</param>
    /// <param name="continuation">An earlier page's, also one of a process that ended since; null begins anew.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<EntityPage> ScanAsync(string table, string? continuation, CancellationToken cancellationToken);

    /// <summary>
    /// Has what was deleted leave the disk, where the store itself decides when. Throws <see cref="TransientStoreException"/> when it
    /// cannot be done just now.
    /// </summary>
    ValueTask PurgeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
