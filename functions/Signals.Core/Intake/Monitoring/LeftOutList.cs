using System.Text.Json;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// What was left out, by rule, of all processes together. Table system, partition <c>left-out</c>, a row a rule. Written once a minute
/// while anything is left out.
/// </summary>
public sealed class LeftOutList(IEntityStore store, LeftOutCounts counts, TimeProvider clock)
{
    private const string Partition = "left-out";
    private const string ExamplesColumn = "examples";

    /// <summary>Every rule that left anything out, the busiest first.</summary>
    public async Task<IReadOnlyList<LeftOut>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await store
            .ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(Read).OfType<LeftOut>().OrderByDescending(rule => rule.Count).ThenBy(rule => rule.Rule, StringComparer.Ordinal),
        ];
    }

    /// <summary>Writes what this process counted. When the store is away it is kept for the next time, and the fault is thrown.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var waiting = new Queue<LeftOut>(counts.Take());
        try
        {
            for (; waiting.TryPeek(out var count); waiting.Dequeue())
                await AddAsync(count, cancellationToken);
        }
        finally
        {
            counts.PutBack(waiting);
        }
    }

    private async Task AddAsync(LeftOut count, CancellationToken cancellationToken)
    {
        string key = $"{count.Kind}:{StorageKey.Encode(count.Rule)}";
        await store.ChangeAsync(
            PipelineCounters.Table,
            Partition,
            key,
            $"count what '{count.Rule}' left out",
            clock,
            old => Row(key, old is not null && Read(old) is { } known ? known + count : count),
            cancellationToken
        );
    }

    private static Entity Row(string key, LeftOut rule)
    {
        var row = new Entity(Partition, key)
        {
            ["rule"] = rule.Rule,
            ["count"] = rule.Count,
            ["firstSeen"] = rule.FirstSeen,
            ["lastSeen"] = rule.LastSeen,
        };
        BlobColumns.Write(
            row,
            ExamplesColumn,
            JsonSerializer.SerializeToUtf8Bytes(rule.Examples, MonitoringJson.Default.IReadOnlyListString)
        );
        return row;
    }

    /// <summary>Null for a kind of thing that this version does not know.</summary>
    private static LeftOut? Read(Entity row) =>
        Enum.TryParse<LeftOutKind>(row.RowKey.Split(':')[0], out var kind)
            ? new LeftOut(
                kind,
                row.GetString("rule") ?? "",
                row.GetInt64("count") ?? 0,
                row.GetTime("firstSeen") ?? default,
                row.GetTime("lastSeen") ?? default,
                JsonSerializer.Deserialize(BlobColumns.Read(row, ExamplesColumn), MonitoringJson.Default.IReadOnlyListString) ?? []
            )
            : null;
}
