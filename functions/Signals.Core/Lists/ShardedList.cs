using Signals.Core.Accounts;
using Signals.Core.Storage;

namespace Signals.Core.Lists;

/// <summary>
/// An ordered list spread over partitions <c>{name}:{shard}</c> of table <see cref="Table"/>, read as one by merging. A cursor is the
/// sort key of the last row read, so that it stays right while rows come and go.
/// </summary>
public sealed class ShardedList(IEntityStore store)
{
    public const string Table = "lists";
    public const int Shards = 8;

    public static string Partition(string list, string spreadBy) => $"{list}:{MessageHash.Of(spreadBy) % Shards}";

    public async Task PutAsync(Entity row, CancellationToken cancellationToken) =>
        await store.CommitAsync(Table, row.PartitionKey, [EntityOperation.Upsert(row)], cancellationToken).ConfigureAwait(false);

    /// <summary>Removes a row; one that is gone already is passed over.</summary>
    public async Task RemoveAsync(string partition, string rowKey, CancellationToken cancellationToken) =>
        await store.CommitAsync(Table, partition, [EntityOperation.Delete(rowKey)], cancellationToken).ConfigureAwait(false);

    /// <summary>Rows in order of their key from after <paramref name="after"/> on, across all shards, as many as the reader takes.</summary>
    public async IAsyncEnumerable<Entity> ReadAsync(
        string list, string? after, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shards = new List<Shard>();
        var heads = new PriorityQueue<Shard, string>(StringComparer.Ordinal);
        for (int i = 0; i < Shards; i++)
            shards.Add(new Shard(store, $"{list}:{i}", after, pageSize));
        foreach (var shard in shards)
        {
            if (await shard.NextAsync(cancellationToken).ConfigureAwait(false))
                heads.Enqueue(shard, shard.Current.RowKey);
        }
        while (heads.TryDequeue(out var shard, out _))
        {
            yield return shard.Current;
            if (await shard.NextAsync(cancellationToken).ConfigureAwait(false))
                heads.Enqueue(shard, shard.Current.RowKey);
        }
    }

    private sealed class Shard(IEntityStore store, string partition, string? after, int pageSize)
    {
        private IReadOnlyList<Entity> _page = [];
        private string? _continuation;
        private int _index = -1;
        private bool _started;

        public Entity Current => _page[_index];

        public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
        {
            while (++_index >= _page.Count)
            {
                if (_started && _continuation is null)
                    return false;
                // A row key holds no control characters: a space after the cursor is past it and before every other key.
                var page = await store.QueryAsync(
                    new EntityQuery(Table, partition, after is null ? null : after + " ", Take: pageSize, Continuation: _continuation), cancellationToken).ConfigureAwait(false);
                (_page, _continuation, _index, _started) = (page.Entities, page.Continuation, -1, true);
            }
            return true;
        }
    }
}
