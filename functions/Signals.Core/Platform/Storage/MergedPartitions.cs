using System.Runtime.CompilerServices;

namespace Signals.Core.Platform.Storage;

/// <summary>
/// Reads an order that is spread over partitions as one, by merging. A cursor is the row key of the last row read, so that it stays right
/// while rows come and go.
/// </summary>
public static class MergedPartitions
{
    /// <summary>A page of a list is spread over all partitions: the first rows of each are nearly all that it takes.</summary>
    private const int FirstPage = 16;

    /// <summary>Who reads on and on is looking for something: ever larger pages cost fewer queries.</summary>
    private const int LongReadPage = 128;
    private const int Growth = 2;

    /// <summary>
    /// Rows in order of their key from after <paramref name="after"/> on, across the partitions, as many as the reader takes. They are read
    /// by
    /// <paramref name="pageSize"/> of a partition at once; unless that is all that fits, by fewer at first and by more in the long run.
    /// </summary>
    public static async IAsyncEnumerable<Entity> ReadAsync(
        IEntityStore store,
        string table,
        IReadOnlyList<string> partitions,
        string? after,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var heads = new PriorityQueue<Partition, string>(StringComparer.Ordinal);
        foreach (string name in partitions)
        {
            var partition = new Partition(store, table, name, after, pageSize);
            if (await partition.NextAsync(cancellationToken))
                heads.Enqueue(partition, partition.Current.RowKey);
        }
        while (heads.TryDequeue(out var partition, out _))
        {
            yield return partition.Current;
            if (await partition.NextAsync(cancellationToken))
                heads.Enqueue(partition, partition.Current.RowKey);
        }
    }

    private sealed class Partition(IEntityStore store, string table, string name, string? after, int pageSize)
    {
        private IReadOnlyList<Entity> _page = [];
        private string? _continuation;
        private int _index = -1;
        private int _size;
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
                    new EntityQuery(table, name, after is null ? null : after + " ", Take: NextSize(), Continuation: _continuation),
                    cancellationToken
                );
                (_page, _continuation, _index, _started) = (page.Entities, page.Continuation, -1, true);
            }
            return true;
        }

        private int NextSize() =>
            _size =
                pageSize == EntityLimits.MaxPage ? pageSize
                : _size == 0 ? Math.Min(pageSize, FirstPage)
                : Math.Min(_size * Growth, Math.Max(pageSize, LongReadPage));
    }
}
