using Signals.Core.Intake.Events;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// Events that were accepted but could not be understood, with the reason. Table <see cref="Table"/>, partitions
/// <c>{yyyyMMdd of arrival}:{shard}</c>, rows <c>{inverted time}:{message}:{index}</c>, so that a redelivery writes the same rows again and
/// the newest are read first. A sender whose every event is wrong fills no partition faster than it takes. Partition <c>days</c> knows the
/// days that have any.
/// </summary>
public sealed class Quarantine(IEntityStore store)
{
    public const string Table = "quarantine";

    /// <summary>After so many days housekeeping removes what nobody mended: it is customers' data.</summary>
    public const int KeepDays = 30;

    private const string DaysPartition = "days";
    private const int Shards = 8;
    private const int DayChars = 8;

    /// <summary>The newest day this process saw in the list of days.</summary>
    private int _known;

    public async Task AddAsync(string messageId, IReadOnlyList<QuarantinedEvent> events, CancellationToken cancellationToken)
    {
        ulong hash = MessageHash.Of(messageId);
        string message = hash.ToString("x16");
        var rows = events.Select(
            (quarantined, index) =>
            {
                string raw =
                    quarantined.Raw.Length > EntityLimits.MaxStringChars ? quarantined.Raw[..EntityLimits.MaxStringChars] : quarantined.Raw;
                var row = new Entity(
                    Partition(Days.Of(quarantined.ReceivedAt), hash % Shards),
                    $"{StorageKey.TimeDescending(quarantined.ReceivedAt)}:{message}:{index:D4}"
                )
                {
                    ["reason"] = quarantined.Reason,
                    ["raw"] = raw,
                };
                return (Day: Days.Of(quarantined.ReceivedAt), Row: row);
            }
        );
        foreach (var day in rows.GroupBy(row => row.Day))
        {
            await ListAsync(day.Key, cancellationToken);
            string partition = Partition(day.Key, hash % Shards);
            // 16 rows of 32 Ki characters (6 bytes each, escaped as they travel) stay under the 4 MiB of a transaction.
            foreach (var chunk in day.Chunk(16))
                await store.CommitAsync(Table, partition, [.. chunk.Select(row => EntityOperation.Upsert(row.Row))], cancellationToken);
        }
    }

    /// <summary>At most <paramref name="take"/> events, the last to arrive first, after the cursor of an earlier page.</summary>
    public async Task<QuarantinePage> ReadAsync(string? after, int take, CancellationToken cancellationToken)
    {
        var events = new List<QuarantinedEvent>();
        string? last = null;
        var (afterDay, afterRow) = Parse(after);
        await foreach (int day in DaysAsync(afterDay, cancellationToken))
        {
            string[] partitions = [.. Enumerable.Range(0, Shards).Select(shard => Partition(day, (ulong)shard))];
            int pageSize = Math.Min(take - events.Count + 1, EntityLimits.MaxPage);
            await foreach (
                var row in MergedPartitions.ReadAsync(
                    store,
                    Table,
                    partitions,
                    day == afterDay ? afterRow : null,
                    pageSize,
                    cancellationToken
                )
            )
            {
                if (events.Count == take)
                    return new QuarantinePage(events, last);
                events.Add(
                    new QuarantinedEvent(row.GetString("reason") ?? "", row.GetString("raw") ?? "", StorageKey.ParseDescending(row.RowKey))
                );
                last = $"{Days.Key(day)}{row.RowKey}";
            }
        }
        return new QuarantinePage(events, null);
    }

    /// <summary>Removes the days that are long over; returns how many events.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends it between days.</param>
    /// <param name="keepDays">How long it is customers' data that nobody needs.</param>
    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken, int keepDays = KeepDays)
    {
        int removed = 0;
        int keptFrom = Days.Of(now) - keepDays;
        await foreach (int day in DaysAsync(null, cancellationToken))
        {
            if (day >= keptFrom)
                continue;
            for (ulong shard = 0; shard < Shards; shard++)
                removed += await store.RemoveAllAsync(new EntityQuery(Table, Partition(day, shard)), cancellationToken);
            await store.CommitAsync(Table, DaysPartition, [EntityOperation.Delete(DayRow(day))], cancellationToken);
        }
        return removed;
    }

    /// <summary>Enters a day into the list of days, before its first row: a listed day that is empty harms nobody.</summary>
    private async Task ListAsync(int day, CancellationToken cancellationToken)
    {
        if (_known == day)
            return;
        await store.CommitAsync(Table, DaysPartition, [EntityOperation.Upsert(new Entity(DaysPartition, DayRow(day)))], cancellationToken);
        _known = day;
    }

    /// <summary>The days with events, newest first, from one on.</summary>
    private IAsyncEnumerable<int> DaysAsync(int? from, CancellationToken cancellationToken) =>
        store
            .ReadAllAsync(new EntityQuery(Table, DaysPartition, from is { } day ? DayRow(day) : null), cancellationToken)
            .Select(row => Days.Of(StorageKey.ParseDescending(row.RowKey)));

    /// <summary>A cursor is a day and a row key of it; one that is neither begins anew.</summary>
    private static (int? Day, string? Row) Parse(string? cursor) =>
        cursor?.Length > DayChars && DateOnly.TryParseExact(cursor.AsSpan(0, DayChars), "yyyyMMdd", out var day)
            ? (day.DayNumber, cursor[DayChars..])
            : (null, null);

    private static string DayRow(int day) => StorageKey.TimeDescending(Days.Start(day));

    private static string Partition(int day, ulong shard) => $"{Days.Key(day)}:{shard}";
}

/// <summary>A part of the quarantine, newest first; <paramref name="Next"/> is the cursor of what is older, null at its end.</summary>
public sealed record QuarantinePage(IReadOnlyList<QuarantinedEvent> Events, string? Next);
