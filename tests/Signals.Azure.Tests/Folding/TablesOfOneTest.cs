using Signals.Core.Platform.Storage;

namespace Signals.Azure.Tests.Folding;

/// <summary>Gives a test tables of its own on an account that others use, and counts the writes that met another writer.</summary>
internal sealed class TablesOfOneTest(IEntityStore store, string prefix, ContentionCounter contended) : IEntityStore, IEntityScan
{
    public ValueTask<Entity?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        store.GetAsync(prefix + table, partitionKey, rowKey, cancellationToken);

    public ValueTask<EntityPage> QueryAsync(EntityQuery query, CancellationToken cancellationToken) =>
        store.QueryAsync(query with { Table = prefix + query.Table }, cancellationToken);

    public ValueTask<EntityPage> ScanAsync(string table, string? continuation, CancellationToken cancellationToken) =>
        ((IEntityScan)store).ScanAsync(prefix + table, continuation, cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(
        string table,
        string partitionKey,
        IReadOnlyList<EntityOperation> operations,
        CancellationToken cancellationToken
    )
    {
        var result = await store.CommitAsync(prefix + table, partitionKey, operations, cancellationToken);
        contended.Count(result);
        return result;
    }
}

internal sealed class ContentionCounter
{
    private int _commits;
    private int _refused;

    public int Commits => _commits;

    public int Refused => _refused;

    public void Count(CommitResult result)
    {
        Interlocked.Increment(ref _commits);
        if (!result.Committed)
            Interlocked.Increment(ref _refused);
    }
}
