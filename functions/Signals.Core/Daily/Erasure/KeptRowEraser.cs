using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Takes people out of rows of an account that are read as nothing but rows: they go whole, or what their JSON says of them does.
/// </summary>
public sealed class KeptRowEraser(IEntityStore store, Silence silence)
{
    /// <summary>Removes a row as it was read; nothing where it is nobody's of them, or its owner broke their silence.</summary>
    internal async Task DropAsync(Entity row, ErasureSubject? subject, CancellationToken cancellationToken)
    {
        if (subject is null || await silence.IsBrokenAsync(subject, cancellationToken))
            return;
        await store.CommitAsync(AccountRows.Table, row.PartitionKey, [subject.Delete(row)], cancellationToken);
        subject.Removed++;
    }

    /// <summary>Takes people out of every column that is JSON.</summary>
    /// <param name="row">As it was read.</param>
    /// <param name="subjects">Who goes.</param>
    /// <param name="place">The account that the row is of; null for none.</param>
    /// <param name="cancellationToken">Between two columns it may stop.</param>
    internal async Task BlotAsync(Entity row, ErasureSubjects subjects, string? place, CancellationToken cancellationToken)
    {
        foreach (string column in row.Properties.Where(column => column.Value is byte[]).Select(column => column.Key).ToList())
        {
            var (rest, found) = JsonEraser.Erase(BlobColumns.Read(row, column), subjects, place);
            if (rest is not null)
                await SaveAsync(row, column, rest, found, cancellationToken);
        }
    }

    /// <summary>Puts what is left in place of a column, unless the row was changed meanwhile: then the next walk looks again.</summary>
    internal async Task SaveAsync(
        Entity row,
        string column,
        byte[] json,
        IReadOnlyCollection<ErasureSubject> found,
        CancellationToken cancellationToken
    )
    {
        var saved = new Entity(row.PartitionKey, row.RowKey) { ETag = row.ETag };
        foreach (var (name, value) in row.Properties.Where(other => !BlobColumns.IsPartOf(other.Key, column)))
            saved[name] = value;
        BlobColumns.Write(saved, column, json);
        var result = await store.CommitAsync(AccountRows.Table, row.PartitionKey, [EntityOperation.Replace(saved)], cancellationToken);
        foreach (var subject in found)
        {
            subject.Removed++;
            // Whoever changed it meanwhile may have written the same again: the next walk looks.
            if (!result.Committed)
                subject.Problem = "a row was changed meanwhile";
        }
    }
}
