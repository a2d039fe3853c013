using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// Counts what became of every event, each queue message once: a message's counts and its marker are written in one transaction, so a
/// crash or a redelivery cannot count it twice. Table <see cref="Table"/>, partitions <c>pipeline:{shard}</c>, rows <c>total</c> and
/// <c>message:{yyyyMMdd}:{id}</c>.
/// </summary>
public sealed class PipelineCounters(IEntityStore store, TimeProvider clock)
{
    public const string Table = "system";

    /// <summary>Markers older than this are removed by housekeeping: no queue redelivers that late.</summary>
    public const int MarkerDays = 14;

    private const int Shards = 4;
    private const int MaxMarkers = EntityLimits.MaxOperations - 1;
    private const string TotalRow = "total";
    private const string MarkerPrefix = "message:";

    public async Task AddAsync(IReadOnlyList<MessageCount> counts, CancellationToken cancellationToken)
    {
        foreach (var shard in counts.DistinctBy(count => count.MessageId).GroupBy(count => (int)(MessageHash.Of(count.MessageId) % Shards)))
        {
            foreach (var chunk in shard.Chunk(MaxMarkers))
                await AddAsync($"pipeline:{shard.Key}", [.. chunk], cancellationToken);
        }
    }

    /// <summary>The totals since the tables began. Queued events are the caller's to add.</summary>
    public async Task<PipelineTotals> GetAsync(CancellationToken cancellationToken)
    {
        var totals = new PipelineTotals(0, 0, 0);
        for (int shard = 0; shard < Shards; shard++)
        {
            if (await store.GetAsync(Table, $"pipeline:{shard}", TotalRow, cancellationToken) is { } row)
                totals += Read(row);
        }
        return totals;
    }

    /// <summary>Removes the markers of messages that can no longer come again; returns how many.</summary>
    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        int removed = 0;
        string to = MarkerPrefix + Days.Key(Days.Of(now) - MarkerDays);
        for (int shard = 0; shard < Shards; shard++)
            removed += await store.RemoveAllAsync(new EntityQuery(Table, $"pipeline:{shard}", MarkerPrefix, to), cancellationToken);
        return removed;
    }

    private Task AddAsync(string partition, List<MessageCount> counts, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync(
            $"add to the counters of '{partition}'",
            clock,
            () => TryAddAsync(partition, counts, cancellationToken),
            cancellationToken
        );

    private async Task<bool> TryAddAsync(string partition, List<MessageCount> counts, CancellationToken cancellationToken)
    {
        while (counts.Count > 0)
        {
            var row = await store.GetAsync(Table, partition, TotalRow, cancellationToken);
            var totals = row is null ? new PipelineTotals(0, 0, 0) : Read(row);
            foreach (var count in counts)
                totals += new PipelineTotals(count.Folded, count.Duplicates, count.Quarantined);
            var total = new Entity(partition, TotalRow)
            {
                ["folded"] = totals.Folded,
                ["duplicates"] = totals.Duplicates,
                ["quarantined"] = totals.Quarantined,
            };
            var operations = new List<EntityOperation>
            {
                row is null ? EntityOperation.Insert(total) : EntityOperation.Replace(total, row.ETag),
            };
            operations.AddRange(counts.Select(count => EntityOperation.Insert(new Entity(partition, Marker(count)))));
            var result = await store.CommitAsync(Table, partition, operations, cancellationToken);
            if (result.Committed || result.FailedIndex <= 0)
                return result.Committed;
            // Counted before. After a crash a whole batch comes again: those met here are no sign of other writers.
            counts.RemoveAt(result.FailedIndex - 1);
        }
        return true;
    }

    private static string Marker(MessageCount count) =>
        $"{MarkerPrefix}{Days.Key(Days.Of(count.EnqueuedAt))}:{StorageKey.Encode(count.MessageId)}";

    private static PipelineTotals Read(Entity row) =>
        new(row.GetInt64("folded") ?? 0, row.GetInt64("duplicates") ?? 0, row.GetInt64("quarantined") ?? 0);
}

/// <summary>What became of one queue message's events.</summary>
public sealed record MessageCount(string MessageId, DateTimeOffset EnqueuedAt, int Folded, int Duplicates, int Quarantined);

/// <summary>Events folded (each once), events whose id was known, and events that could not be understood.</summary>
public sealed record PipelineTotals(long Folded, long Duplicates, long Quarantined)
{
    public static PipelineTotals operator +(PipelineTotals a, PipelineTotals b) =>
        new(a.Folded + b.Folded, a.Duplicates + b.Duplicates, a.Quarantined + b.Quarantined);
}
