using Signals.Core.Platform.Storage;

namespace Signals.Core.Daily.Erasure;

/// <summary>Removes rows, or puts what is left of them in their place, and counts it for those who go.</summary>
public sealed class ErasedRows(IEntityStore store, Silence silence)
{
    /// <summary>Removes a row as it was read; nothing where it is nobody's of them, or its owner broke their silence.</summary>
    internal async Task DropAsync(string table, Entity row, ErasureSubject? subject, CancellationToken cancellationToken)
    {
        if (subject is null || await silence.IsBrokenAsync(subject, cancellationToken))
            return;
        await store.CommitAsync(table, row.PartitionKey, [subject.Delete(row)], cancellationToken);
        subject.Removed++;
    }

    /// <summary>Puts what is left of a row in its place, unless it was changed meanwhile.</summary>
    /// <param name="table">The row's.</param>
    /// <param name="rest">With the version that was read.</param>
    /// <param name="found">Who was in it.</param>
    /// <param name="cancellationToken">Before it is written.</param>
    internal async Task ReplaceAsync(
        string table,
        Entity rest,
        IReadOnlyCollection<ErasureSubject> found,
        CancellationToken cancellationToken
    )
    {
        var result = await store.CommitAsync(table, rest.PartitionKey, [EntityOperation.Replace(rest)], cancellationToken);
        foreach (var subject in found)
        {
            subject.Removed++;
            // Whoever changed it meanwhile may have written the same again: the next walk looks.
            if (!result.Committed)
                subject.Problem = "a row was changed meanwhile";
        }
    }

    /// <summary>The same, with one column changed.</summary>
    internal Task ReplaceAsync(
        string table,
        Entity row,
        string column,
        byte[] json,
        IReadOnlyCollection<ErasureSubject> found,
        CancellationToken cancellationToken
    )
    {
        var rest = new Entity(row.PartitionKey, row.RowKey) { ETag = row.ETag };
        foreach (var (name, value) in row.Properties.Where(other => !BlobColumns.IsPartOf(other.Key, column)))
            rest[name] = value;
        BlobColumns.Write(rest, column, json);
        return ReplaceAsync(table, rest, found, cancellationToken);
    }
}
