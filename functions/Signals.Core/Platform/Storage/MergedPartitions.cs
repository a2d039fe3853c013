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

    /// <summary>
    /// Rows in order of their key from after <paramref name="after"/> on, across the partitions, as many as the reader takes. They are read
    /// by <paramref name="pageSize"/> of a partition at once; unless that is all that fits, by fewer at first and by more in the long run.
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
        var (first, growTo) =
            pageSize == EntityLimits.MaxPage ? (pageSize, 0) : (Math.Min(pageSize, FirstPage), Math.Max(pageSize, LongReadPage));
        var readers = new List<IAsyncEnumerator<Entity>>();
        try
        {
            var heads = new PriorityQueue<IAsyncEnumerator<Entity>, string>(StringComparer.Ordinal);
            foreach (string name in partitions)
            {
                // A row key holds no control characters: a space after the cursor is past it and before every other key.
                var rest = new EntityQuery(table, name, after is null ? null : after + " ", Take: first);
                var reader = store.ReadAllAsync(rest, cancellationToken, growTo).GetAsyncEnumerator(cancellationToken);
                readers.Add(reader);
                if (await reader.MoveNextAsync())
                    heads.Enqueue(reader, reader.Current.RowKey);
            }
            while (heads.TryDequeue(out var reader, out _))
            {
                yield return reader.Current;
                if (await reader.MoveNextAsync())
                    heads.Enqueue(reader, reader.Current.RowKey);
            }
        }
        finally
        {
            foreach (var reader in readers)
                await reader.DisposeAsync();
        }
    }
}
