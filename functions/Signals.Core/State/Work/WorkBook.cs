using System.Globalization;
using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.State.Work;

/// <summary>
/// The team's work on accounts: a row <c>work</c> in the account's partition, and lists by owner, <c>steps-{hash}</c> by day and
/// <c>handed-{hash}</c> newest first, so that a morning reads one person's and nobody else's. List rows are written before the account's
/// row and removed after it; what a crash leaves behind is found out when it is read. Whoever reads between the two writes takes a row
/// for one that is left over: it is written once more behind the account's.
/// </summary>
public sealed class WorkBook(IEntityStore store, ShardedList lists, TimeProvider clock)
{
    private const string Column = "work";
    private const string DayFormat = "yyyyMMdd";

    public async Task<AccountWork> GetAsync(AccountKey account, CancellationToken cancellationToken) =>
        (await ReadAsync(account, cancellationToken)).Work;

    /// <summary>
    /// Changes an account's work; returns what it was and what it is. Nothing is written where the change is none.
    /// </summary>
    public Task<(AccountWork Before, AccountWork After)> ChangeAsync(
        AccountKey account,
        string id,
        string name,
        Func<AccountWork, AccountWork> change,
        CancellationToken cancellationToken
    ) =>
        Optimistic.ChangeAsync<(AccountWork, AccountWork)>(
            $"change the work on account '{account}'",
            clock,
            async () =>
            {
                var (before, etag) = await ReadAsync(account, cancellationToken);
                var after = change(before).Tidied();
                if (after == before)
                    return (before, before);
                var known = RowsOf(account, id, name, before).Select(row => (row.PartitionKey, row.RowKey)).ToHashSet();
                var listed = RowsOf(account, id, name, after).ToDictionary(row => (row.PartitionKey, row.RowKey));
                foreach (var row in listed.Values)
                    await lists.PutAsync(row, cancellationToken);
                var entity = new Entity(account.Value, AccountRows.WorkRow);
                BlobColumns.Write(entity, Column, JsonSerializer.SerializeToUtf8Bytes(after, WorkJson.Default.AccountWork));
                var operation = etag is null ? EntityOperation.Insert(entity) : EntityOperation.Replace(entity, etag);
                if (!(await store.CommitAsync(AccountRows.Table, account.Value, [operation], cancellationToken)).Committed)
                    return Attempt.Conflict;
                foreach (var (_, row) in listed.Where(row => !known.Contains(row.Key)))
                    await lists.PutAsync(row, cancellationToken);
                foreach (var (partition, key) in known.Where(row => !listed.ContainsKey(row)))
                    await lists.RemoveAsync(partition, key, cancellationToken);
                return (before, after);
            },
            cancellationToken
        );

    /// <summary>Somebody's open steps that are due by a day, the earliest first; reads no more accounts than it returns steps.</summary>
    public async Task<IReadOnlyList<ListedWork>> StepsAsync(string owner, DateOnly until, int take, CancellationToken cancellationToken)
    {
        string end = until.AddDays(1).ToString(DayFormat, CultureInfo.InvariantCulture);
        var found = new List<ListedWork>();
        await foreach (var row in lists.ReadAsync(StepsOf(owner), null, take, cancellationToken))
        {
            if (string.CompareOrdinal(row.RowKey, end) >= 0 || found.Count == take)
                break;
            if (
                await StandsAsync(row, (work, listed) => work.Steps.Any(step => IsListed(step, listed, owner)), cancellationToken) is
                { } step
            )
                found.Add(step);
        }
        return found;
    }

    /// <summary>Accounts that were handed to somebody, the newest first.</summary>
    public async Task<IReadOnlyList<ListedWork>> HandedAsync(string to, int take, CancellationToken cancellationToken)
    {
        var found = new List<ListedWork>();
        await foreach (var row in lists.ReadAsync(HandedOf(to), null, take, cancellationToken))
        {
            if (found.Count == take)
                break;
            if (
                await StandsAsync(
                    row,
                    (work, listed) => work.Handed is { } handed && IsSame(handed.To, to) && handed.At == listed.At,
                    cancellationToken
                ) is
                { } account
            )
                found.Add(account);
        }
        return found;
    }

    private async Task<(AccountWork Work, string? ETag)> ReadAsync(AccountKey account, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(AccountRows.Table, account.Value, AccountRows.WorkRow, cancellationToken) is not { } row)
            return (AccountWork.None, null);
        var work = AccountRows.Read(
            row,
            static stored => JsonSerializer.Deserialize(BlobColumns.Read(stored, Column), WorkJson.Default.AccountWork)
        );
        return (work ?? AccountWork.None, row.ETag);
    }

    /// <summary>What a list's row shows, as long as the account says the same; a row that is left over is removed.</summary>
    private async Task<ListedWork?> StandsAsync(
        Entity row,
        Func<AccountWork, ListedWork, bool> isListed,
        CancellationToken cancellationToken
    )
    {
        ListedWork? listed;
        try
        {
            listed = JsonSerializer.Deserialize(BlobColumns.Read(row, Column), WorkJson.Default.ListedWork);
        }
        catch (JsonException)
        {
            listed = null;
        }
        if (listed is not null && isListed(await GetAsync(new AccountKey(listed.Account), cancellationToken), listed))
            return listed;
        await lists.RemoveAsync(row.PartitionKey, row.RowKey, cancellationToken);
        return null;
    }

    private static IEnumerable<Entity> RowsOf(AccountKey account, string id, string name, AccountWork work)
    {
        foreach (var step in work.Steps.Where(step => step.DoneAt is null && step.Owner.Length > 0))
        {
            string day = step.Due.ToString(DayFormat, CultureInfo.InvariantCulture);
            yield return Row(
                StepsOf(step.Owner),
                $"{day}:{step.Id}:{account.Value}",
                new ListedWork(account.Value, id, name, step.Id, step.Text, step.Due, step.By, step.At)
            );
        }
        if (work.Handed is { } handed)
            yield return Row(
                HandedOf(handed.To),
                $"{StorageKey.TimeDescending(handed.At)}:{account.Value}",
                new ListedWork(account.Value, id, name, "", handed.Words, null, handed.By, handed.At)
            );
    }

    private static Entity Row(string list, string key, ListedWork shown)
    {
        var row = new Entity(ShardedList.Partition(list, shown.Account), key);
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(shown, WorkJson.Default.ListedWork));
        return row;
    }

    private static bool IsListed(WorkStep step, ListedWork listed, string owner) =>
        step.Id == listed.Id && step.DoneAt is null && step.Due == listed.Due && IsSame(step.Owner, owner);

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string StepsOf(string owner) => $"steps-{HashOf(owner)}";

    private static string HandedOf(string to) => $"handed-{HashOf(to)}";

    private static string HashOf(string address) => MessageHash.Of(address.Trim().ToLowerInvariant()).ToString("x16");
}
