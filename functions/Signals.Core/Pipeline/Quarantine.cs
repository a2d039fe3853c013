using Signals.Core.Accounts;
using Signals.Core.Events;
using Signals.Core.Storage;

namespace Signals.Core.Pipeline;

/// <summary>
/// Events that were accepted but could not be understood, with the reason. Table <see cref="Table"/>, partitions
/// <c>{yyyyMMdd of arrival}:{shard}</c>, rows <c>{time}:{message}:{index}</c>, so that a redelivery writes the same rows again. A sender
/// whose every event is wrong fills no partition faster than it takes.
/// </summary>
public sealed class Quarantine(IEntityStore store)
{
    public const string Table = "quarantine";

    private const int Shards = 8;

    public async Task AddAsync(string messageId, IReadOnlyList<QuarantinedEvent> events, CancellationToken cancellationToken)
    {
        ulong hash = MessageHash.Of(messageId);
        string message = hash.ToString("x16");
        var rows = events.Select((quarantined, index) =>
        {
            string raw = quarantined.Raw.Length > EntityLimits.MaxStringChars ? quarantined.Raw[..EntityLimits.MaxStringChars] : quarantined.Raw;
            var row = new Entity(Partition(Days.Of(quarantined.ReceivedAt), hash % Shards), $"{StorageKey.Time(quarantined.ReceivedAt)}:{message}:{index:D4}")
            {
                ["reason"] = quarantined.Reason,
                ["raw"] = raw,
            };
            return row;
        });
        foreach (var day in rows.GroupBy(row => row.PartitionKey))
        {
            // 16 rows of 32 Ki characters (6 bytes each, escaped as they travel) stay under the 4 MiB of a transaction.
            foreach (var chunk in day.Chunk(16))
                await store.CommitAsync(Table, day.Key, [.. chunk.Select(EntityOperation.Upsert)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One day's quarantined events in order of arrival, a page at a time.</summary>
    public async Task<(IReadOnlyList<QuarantinedEvent> Events, string? Continuation)> GetAsync(
        DateOnly day, int take, string? continuation, CancellationToken cancellationToken)
    {
        var events = new List<QuarantinedEvent>();
        string[] partitions = [.. Enumerable.Range(0, Shards).Select(shard => Partition(day.DayNumber, (ulong)shard))];
        await foreach (var row in MergedPartitions.ReadAsync(store, Table, partitions, continuation, take, cancellationToken).ConfigureAwait(false))
        {
            events.Add(new QuarantinedEvent(row.GetString("reason") ?? "", row.GetString("raw") ?? "", StorageKey.ParseTime(row.RowKey.AsSpan(0, 17))));
            if (events.Count == take)
                return (events, row.RowKey);
        }
        return (events, null);
    }

    private static string Partition(int day, ulong shard) => $"{Days.Key(day)}:{shard}";
}
