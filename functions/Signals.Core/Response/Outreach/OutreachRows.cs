using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Outreach;

/// <summary>
/// Outreach in its account's partition, and its place in the lists by state. A list row is a hint, written before the record it
/// points to and removed after it moved on: readers check it against the record. What becomes of a message other systems are told, but
/// for a folder at rest, which has no <c>webhooks</c>.
/// </summary>
public sealed class OutreachRows(IEntityStore store, OutreachLists lists, TimeProvider clock, WebhookOutbox? webhooks = null)
{
    private const string RecordColumn = "record";

    public async ValueTask<StoredOutreach?> GetAsync(OutreachId id, CancellationToken cancellationToken) =>
        await store.GetAsync(AccountRows.Table, id.Account.Value, id.RowKey, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>An account's outreach, newest first, from before one on (null: from the newest); at most <paramref name="take"/>.</summary>
    public async Task<IReadOnlyList<OutreachRecord>> OfAccountAsync(
        AccountKey account,
        int take,
        OutreachId? before,
        CancellationToken cancellationToken
    )
    {
        var newest = new Queue<OutreachRecord>();
        string to = before is { } known ? known.RowKey : AccountRows.OutreachPrefix[..^1] + ';';
        var all = new EntityQuery(AccountRows.Table, account.Value, AccountRows.OutreachPrefix, to);
        await foreach (var row in store.ReadAllAsync(all, cancellationToken))
        {
            newest.Enqueue(Read(row).Record);
            if (newest.Count > take)
                newest.Dequeue();
        }
        return [.. newest.Reverse()];
    }

    /// <summary>An account's outreach that was planned at a moment, whole milliseconds: at most a page of it.</summary>
    public async Task<IReadOnlyList<OutreachRecord>> PlannedAtAsync(
        AccountKey account,
        DateTimeOffset plannedAt,
        CancellationToken cancellationToken
    )
    {
        string prefix = AccountRows.OutreachPrefix + StorageKey.Time(plannedAt);
        var planned = new EntityQuery(AccountRows.Table, account.Value, prefix + ':', prefix + ';');
        var rows = await store.ReadFirstAsync(planned, EntityLimits.MaxPage, cancellationToken);
        return rows.ConvertAll(row => Read(row).Record);
    }

    /// <summary>
    /// Enters a record that is about to be planned into the lists; call before the transaction that holds <see cref="Insert"/>.
    /// </summary>
    public Task AnnounceAsync(OutreachRecord record, CancellationToken cancellationToken) => lists.AddAsync(record, cancellationToken);

    public static EntityOperation Insert(OutreachRecord record) => EntityOperation.Insert(ToEntity(record, ""));

    /// <summary>Replaces the record if it is still the version read; null when another writer was faster.</summary>
    public async Task<StoredOutreach?> ReplaceAsync(StoredOutreach stored, OutreachRecord record, CancellationToken cancellationToken)
    {
        record = record with { ChangedAt = clock.GetUtcNow() };
        bool moves = OutreachLists.ListOf(record.State) != OutreachLists.ListOf(stored.Record.State);
        if (moves)
            await lists.AddAsync(record, cancellationToken);
        var account = new AccountKey(record.Account);
        var told = webhooks?.Of(OutreachNews.Of(stored.Record, record, clock.GetUtcNow()));
        if (told is not null)
            await webhooks!.PromiseAsync(account, told, cancellationToken);
        var result = await store.CommitAsync(
            AccountRows.Table,
            record.Account,
            [EntityOperation.Replace(ToEntity(record, stored.ETag)), .. WebhookOutbox.Rows(account, told)],
            cancellationToken
        );
        if (!result.Committed)
            return null;
        if (told is not null)
            await webhooks!.AnnounceAsync(account, told, cancellationToken);
        if (moves)
            await lists.RemoveAsync(stored.Record, cancellationToken);
        return new StoredOutreach(record, result.ETags[0]);
    }

    /// <summary>
    /// Removes a record if it is still the version read, with its place in the lists; false when another writer was faster.
    /// </summary>
    public async Task<bool> RemoveAsync(StoredOutreach stored, CancellationToken cancellationToken)
    {
        var id = new OutreachId(stored.Record.Id);
        var result = await store.CommitAsync(
            AccountRows.Table,
            stored.Record.Account,
            [EntityOperation.Delete(id.RowKey, stored.ETag)],
            cancellationToken
        );
        if (!result.Committed && result.Status != CommitStatus.NotFound)
            return false;
        await lists.ForgetAsync(stored.Record, cancellationToken);
        return true;
    }

    /// <summary>The record of a row of an account; null for a row of another kind. Throws as <see cref="AccountRows.Read"/> does.</summary>
    public static StoredOutreach? Of(Entity row) =>
        row.RowKey.StartsWith(AccountRows.OutreachPrefix, StringComparison.Ordinal) ? Read(row) : null;

    private static Entity ToEntity(OutreachRecord record, string etag)
    {
        var row = new Entity(record.Account, new OutreachId(record.Id).RowKey) { ETag = etag };
        BlobColumns.Write(row, RecordColumn, JsonSerializer.SerializeToUtf8Bytes(record, OutreachJson.Default.OutreachRecord));
        return row;
    }

    private static StoredOutreach Read(Entity entity) =>
        AccountRows.Read(
            entity,
            static row => new StoredOutreach(
                JsonSerializer.Deserialize(BlobColumns.Read(row, RecordColumn), OutreachJson.Default.OutreachRecord)
                    ?? throw new InvalidDataException("It holds no record."),
                row.ETag
            )
        );
}

/// <summary>A record and the version it was read in.</summary>
public sealed record StoredOutreach(OutreachRecord Record, string ETag);
