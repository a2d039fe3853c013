using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.Storage;

/// <summary>
/// What every <see cref="IEntityStore"/> does. Each test keeps to partitions of its own, so that the suite also runs against
/// a store that others use; <see cref="Table"/> and <see cref="OtherTable"/> must exist or come into being.
/// </summary>
public abstract partial class EntityStoreContract
{
    protected abstract IEntityStore Store { get; }

    protected virtual string Table => "Contract";

    protected virtual string OtherTable => "ContractOther";

    /// <summary>This test's own partition.</summary>
    protected string Partition { get; } = $"p-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Entity Row(string rowKey, int value = 0) => new(Partition, rowKey) { ["Value"] = value };

    private ValueTask<CommitResult> CommitAsync(params EntityOperation[] operations) =>
        Store.CommitAsync(Table, Partition, operations, Cancellation);

    private ValueTask<Entity?> GetAsync(string rowKey) => Store.GetAsync(Table, Partition, rowKey, Cancellation);

    /// <summary>Reads all pages of a range; fewer rows than asked for and empty pages are any store's right.</summary>
    private async Task<List<string>> ReadKeysAsync(EntityQuery query)
    {
        var keys = new List<string>();
        do
        {
            var page = await Store.QueryAsync(query, Cancellation);
            Assert.True(page.Entities.Count <= query.Take);
            keys.AddRange(page.Entities.Select(entity => entity.RowKey));
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null);
        return keys;
    }
}
