using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;

namespace Signals.Core.State.WakeUps;

/// <summary>
/// The due index: table <see cref="Table"/>, one partition a shard (by hash of the account), row
/// <c>{time}:{kind}:{account}:{reference}</c>.
/// </summary>
public sealed class WakeIndex(IEntityStore store)
{
    public const string Table = "due";

    /// <summary>Enough partitions that a million accounts can be swept within the hour, few enough to sweep when idle.</summary>
    public const int Shards = 16;

    public Task AddAsync(Wake wake, CancellationToken cancellationToken) => AddAsync([wake], cancellationToken);

    /// <summary>Writes many at once: one transaction for up to 100 of a shard.</summary>
    public async Task AddAsync(IReadOnlyCollection<Wake> wakes, CancellationToken cancellationToken)
    {
        foreach (var shard in wakes.GroupBy(wake => Partition(ShardOf(wake.Account)), StringComparer.Ordinal))
        {
            foreach (string[] rows in shard.Select(RowKey).Distinct(StringComparer.Ordinal).Chunk(EntityLimits.MaxOperations))
            {
                var result = await store.CommitAsync(
                    Table,
                    shard.Key,
                    [.. rows.Select(row => EntityOperation.Upsert(new Entity(shard.Key, row)))],
                    cancellationToken
                );
                if (!result.Committed)
                    throw new TransientStoreException(
                        $"{rows.Length} wake-ups, the first of account '{shard.First().Account}', were refused: {result.Status}."
                    );
            }
        }
    }

    /// <summary>The shard's wake-ups up to <paramref name="now"/>, earliest first.</summary>
    public async Task<IReadOnlyList<Wake>> DueAsync(int shard, DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        var due = new EntityQuery(Table, Partition(shard), To: StorageKey.Time(now.AddMilliseconds(1)));
        return (await store.ReadFirstAsync(due, take, cancellationToken)).ConvertAll(row => Parse(row.RowKey));
    }

    /// <summary>Every wake-up of a shard, earliest first.</summary>
    public IAsyncEnumerable<Wake> AllAsync(int shard, CancellationToken cancellationToken) =>
        store.ReadAllAsync(new EntityQuery(Table, Partition(shard)), cancellationToken).Select(row => Parse(row.RowKey));

    /// <summary>True while a wake-up was neither taken back nor done.</summary>
    public async Task<bool> StandsAsync(Wake wake, CancellationToken cancellationToken) =>
        await store.GetAsync(Table, Partition(ShardOf(wake.Account)), RowKey(wake), cancellationToken) is not null;

    /// <summary>The earliest wake-up of a shard, or null.</summary>
    public async Task<DateTimeOffset?> NextAsync(int shard, CancellationToken cancellationToken)
    {
        var first = await store.ReadFirstAsync(new EntityQuery(Table, Partition(shard)), 1, cancellationToken);
        return first.Count == 0 ? null : Parse(first[0].RowKey).At;
    }

    /// <summary>Removes wake-ups; those that are gone already are passed over.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<Wake> wakes, CancellationToken cancellationToken)
    {
        foreach (var shard in wakes.GroupBy(wake => Partition(ShardOf(wake.Account)), StringComparer.Ordinal))
        {
            foreach (
                string[] rows in shard
                    .Select(RowKey)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Chunk(EntityLimits.MaxOperations)
            )
                await RemoveAsync(shard.Key, rows, cancellationToken);
        }
    }

    private async Task RemoveAsync(string partition, string[] rows, CancellationToken cancellationToken)
    {
        while (rows.Length > 0)
        {
            var result = await store.CommitAsync(Table, partition, [.. rows.Select(row => EntityOperation.Delete(row))], cancellationToken);
            if (result.Committed)
                return;
            // Another sweep took some: the rest is asked for at once, not found out one by one.
            var left = await store
                .ReadAllAsync(new EntityQuery(Table, partition, rows[0], rows[^1] + " "), cancellationToken)
                .Select(row => row.RowKey)
                .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
            rows = [.. rows.Where(left.Contains)];
        }
    }

    public static int ShardOf(AccountKey account) => (int)(MessageHash.Of(account.Value) % Shards);

    private static string Partition(int shard) => $"{shard:D2}";

    private static string RowKey(Wake wake) => $"{StorageKey.Time(wake.At)}:{(char)wake.Kind}:{wake.Account.Value}:{wake.Reference}";

    private static Wake Parse(string row)
    {
        int end = row.IndexOf(':', 20);
        return new Wake(StorageKey.ParseTime(row.AsSpan(0, 17)), (WakeKind)row[18], new AccountKey(row[20..end]), row[(end + 1)..]);
    }
}
