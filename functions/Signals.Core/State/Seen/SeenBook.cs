using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Seen;

/// <summary>
/// The names that came, of all processes together. Counting is in memory; once a minute what came is added to the rows, with one query and
/// one transaction. Table system, partition <c>seen</c>, a row a <see cref="NameKind"/>. A crash loses the last minute's counts and a
/// redelivery counts again: no number that is reckoned with depends on them.
/// </summary>
public sealed class SeenBook(IEntityStore store, NamesInUse uses, LeftOutList leftOut, TimeProvider clock)
{
    private const string Partition = "seen";
    private const string Column = "names";

    /// <summary>Where the SDKs were kept before they were counted.</summary>
    private const string FormerSdks = "sdks";

    private readonly Lock _gate = new();
    private SeenNames _since = new(uses);

    /// <summary>Counts what a queue message held.</summary>
    public void Note(EventBatch batch)
    {
        lock (_gate)
        {
            foreach (var usageEvent in batch.Events)
                _since.Add(usageEvent);
            foreach (var quarantined in batch.Quarantined)
                _since.Add(quarantined);
        }
    }

    /// <summary>What came so far, of names this process's last minute too.</summary>
    public async Task<SeenReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (_, seen) = await LoadAsync(cancellationToken);
        lock (_gate)
            seen.MergeFrom(_since);
        return SeenReport.Of(seen, uses) with { LeftOut = await leftOut.ReadAsync(cancellationToken) };
    }

    /// <summary>
    /// Writes what came since the last time. When the store is away it is kept for the next time, and the fault is thrown.
    /// </summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        SeenNames taken;
        lock (_gate)
        {
            if (_since.IsEmpty)
                return;
            taken = _since;
            _since = new SeenNames(uses);
        }
        try
        {
            await AddAsync(taken, cancellationToken);
        }
        catch
        {
            lock (_gate)
                _since.MergeFrom(taken);
            throw;
        }
    }

    private Task AddAsync(SeenNames taken, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync("count the names seen", clock, () => TryAddAsync(taken, cancellationToken), cancellationToken);

    private async Task<bool> TryAddAsync(SeenNames taken, CancellationToken cancellationToken)
    {
        var (rows, seen) = await LoadAsync(cancellationToken);
        seen.MergeFrom(taken);
        EntityOperation[] operations =
        [
            .. Enum.GetValues<NameKind>().Where(kind => !seen[kind].IsEmpty).Select(kind => Write(kind, seen[kind], rows)),
        ];
        return (await store.CommitAsync(PipelineCounters.Table, Partition, operations, cancellationToken)).Committed;
    }

    private static EntityOperation Write(NameKind kind, NameTally tally, IReadOnlyDictionary<string, Entity> rows)
    {
        var row = new Entity(Partition, kind.ToString());
        BlobColumns.Write(row, Column, tally.Pack());
        return rows.TryGetValue(row.RowKey, out var old) ? EntityOperation.Replace(row, old.ETag) : EntityOperation.Insert(row);
    }

    private async Task<(IReadOnlyDictionary<string, Entity> Rows, SeenNames Seen)> LoadAsync(CancellationToken cancellationToken)
    {
        var seen = new SeenNames(uses);
        var rows = new Dictionary<string, Entity>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken))
            rows[row.RowKey] = row;
        foreach (var kind in Enum.GetValues<NameKind>())
        {
            if (rows.TryGetValue(kind.ToString(), out var row))
                seen[kind].MergeFrom(NameTally.Unpack(BlobColumns.Read(row, Column), uses.Keys(kind)));
        }
        if (rows.Count == 0)
            await RecallSdksAsync(seen[NameKind.Sdk], cancellationToken);
        return (rows, seen);
    }

    /// <summary>What was known of SDKs before anything was counted.</summary>
    private async Task RecallSdksAsync(NameTally sdks, CancellationToken cancellationToken)
    {
        await foreach (var row in store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, FormerSdks), cancellationToken))
            sdks.Recall(row.GetString("library") ?? "", row.GetTime("firstSeen") ?? default, row.GetTime("lastSeen") ?? default);
    }
}
