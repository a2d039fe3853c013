using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// What could not be read of all accounts, and was passed over so that everybody else's work goes on: told to the log, to the metrics and
/// to whoever looks at the pipeline. Table system, partition <c>unreadable</c>, a row a piece of work, or <c>{work}:{account}</c> where
/// accounts are done one by one: what it met when it was last done, so that what was mended is gone with the next time.
/// </summary>
public sealed partial class UnreadableRows(IEntityStore store, TimeProvider clock, ILogger<UnreadableRows> logger)
{
    /// <summary>Rows that are named of one piece of work; the others are counted.</summary>
    public const int MaxNamed = 50;

    /// <summary>What was not met again for so long is over: all work is done once a day at least.</summary>
    public const int KeepDays = 2;

    private const string Partition = "unreadable";
    private const string RowsColumn = "rows";
    private const int MaxReasonChars = 500;

    /// <summary>Rows that the log names; of more, it is the count that tells.</summary>
    private const int MaxTold = 10_000;

    /// <summary>What this process told of already: the log says it again once it was gone and came back.</summary>
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Work that went well in this process: what another one kept of it is forgotten by then.</summary>
    private readonly ConcurrentDictionary<BackgroundWork, bool> _wentWell = new();

    /// <summary>
    /// True for a fault that lies in what was read and so concerns nobody else. A store that is away, and a stop, concern all that follows.
    /// </summary>
    public static bool IsOwn(Exception fault) => fault is not (OperationCanceledException or TransientStoreException);

    /// <summary>Begins a pass over many accounts; <see cref="UnreadablePass.EndAsync"/> keeps what it met.</summary>
    public UnreadablePass Begin(BackgroundWork work) => new(this, work);

    /// <summary>Tells the log and the metrics of a row that was passed over.</summary>
    public void Tell(BackgroundWork work, string account, Exception fault)
    {
        SignalsMetrics.RecordUnreadable(Name(work));
        if (_told.Count < MaxTold && _told.TryAdd(RowKey(work, account), true))
            LogUnreadable(logger, fault, work, account);
    }

    /// <summary>Keeps that one account (empty: the work as a whole) failed.</summary>
    public Task NoteAsync(BackgroundWork work, string account, Exception fault, CancellationToken cancellationToken)
    {
        Tell(work, account, fault);
        return SaveAsync(RowKey(work, account), 1, [Row(account, fault)], cancellationToken);
    }

    /// <summary>Forgets what <see cref="NoteAsync"/> kept of an account, or of the work as a whole, once it went well.</summary>
    public async Task MendAsync(BackgroundWork work, string account, CancellationToken cancellationToken)
    {
        string row = RowKey(work, account);
        bool first = account.Length == 0 && _wentWell.TryAdd(work, true);
        if (_told.TryRemove(row, out _) || (first && await IsKeptAsync(row, cancellationToken)))
            await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Delete(row)], cancellationToken);
    }

    /// <summary>What was met lately, by work; accounts that were done one by one are one report.</summary>
    public async Task<IReadOnlyList<UnreadableReport>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await AllAsync(cancellationToken);
        var oldest = clock.GetUtcNow().AddDays(-KeepDays);
        return
        [
            .. rows.Select(Read)
                .OfType<UnreadableReport>()
                .Where(report => report.At > oldest)
                .GroupBy(report => report.Work)
                .OrderBy(reports => reports.Key)
                .Select(reports => new UnreadableReport(
                    reports.Key,
                    reports.Max(report => report.At),
                    reports.Sum(report => report.Count),
                    [.. reports.SelectMany(report => report.Rows).Take(MaxNamed)]
                )),
        ];
    }

    /// <summary>Forgets what was not met again for <see cref="KeepDays"/>; returns how many rows.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow().AddDays(-KeepDays);
        var old = (await AllAsync(cancellationToken)).FindAll(row => row.GetTime("at") is not { } at || at <= oldest);
        foreach (var rows in old.Chunk(EntityLimits.MaxOperations))
            await store.CommitAsync(
                PipelineCounters.Table,
                Partition,
                [.. rows.Select(row => EntityOperation.Delete(row.RowKey))],
                cancellationToken
            );
        return old.Count;
    }

    private ValueTask<List<Entity>> AllAsync(CancellationToken cancellationToken) =>
        store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken).ToListAsync(cancellationToken);

    internal static UnreadableRow Row(string account, Exception fault)
    {
        string reason = $"{fault.GetType().Name}: {fault.Message}";
        return new UnreadableRow(account, reason.Length <= MaxReasonChars ? reason : reason[..MaxReasonChars]);
    }

    /// <summary>Keeps what a pass met in place of what the one before met.</summary>
    internal async Task SaveAsync(BackgroundWork work, int count, IReadOnlyList<UnreadableRow> rows, CancellationToken cancellationToken)
    {
        string pass = PassKey(work);
        if (count > 0)
            await SaveAsync(pass, count, rows, cancellationToken);
        else if (await IsKeptAsync(pass, cancellationToken))
            await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Delete(pass)], cancellationToken);
        if (count > MaxNamed)
            return;
        string prefix = RowKey(work, "");
        var met = rows.Select(row => RowKey(work, row.Key)).Append(prefix).ToHashSet(StringComparer.Ordinal);
        foreach (string mended in _told.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !met.Contains(key)))
            _told.TryRemove(mended, out _);
    }

    private async Task<bool> IsKeptAsync(string key, CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, Partition, key, cancellationToken) is not null;

    private async Task SaveAsync(string key, int count, IReadOnlyList<UnreadableRow> rows, CancellationToken cancellationToken)
    {
        var row = new Entity(Partition, key) { ["at"] = clock.GetUtcNow(), ["count"] = count };
        BlobColumns.Write(row, RowsColumn, JsonSerializer.SerializeToUtf8Bytes(rows, MonitoringJson.Default.IReadOnlyListUnreadableRow));
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>Null for what this version of Signals did not write: who tells of unreadable rows must not stumble over one.</summary>
    private static UnreadableReport? Read(Entity row)
    {
        try
        {
            return Enum.TryParse<BackgroundWork>(row.RowKey.Split(':')[0], ignoreCase: true, out var work) && row.GetTime("at") is { } at
                ? new UnreadableReport(
                    work,
                    at,
                    row.GetInt32("count") ?? 0,
                    JsonSerializer.Deserialize(BlobColumns.Read(row, RowsColumn), MonitoringJson.Default.IReadOnlyListUnreadableRow) ?? []
                )
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Name(BackgroundWork work) => work.ToString().ToLowerInvariant();

    private static string PassKey(BackgroundWork work) => Name(work);

    private static string RowKey(BackgroundWork work, string account) => $"{Name(work)}:{account}";

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Work} passed over what it could not read of '{Account}' (empty: the step as a whole); everything else goes on."
    )]
    private static partial void LogUnreadable(ILogger logger, Exception fault, BackgroundWork work, string account);
}

/// <summary>What one pass over many accounts could not read. Safe for use side by side.</summary>
public sealed class UnreadablePass(UnreadableRows rows, BackgroundWork work)
{
    private readonly List<UnreadableRow> _named = [];
    private int _count;

    /// <summary>Notes a row that is passed over.</summary>
    public void Note(string account, Exception fault)
    {
        rows.Tell(work, account, fault);
        lock (_named)
        {
            _count++;
            if (_named.Count < UnreadableRows.MaxNamed)
                _named.Add(UnreadableRows.Row(account, fault));
        }
    }

    /// <summary>Keeps what was met; the pass is over.</summary>
    public Task EndAsync(CancellationToken cancellationToken)
    {
        lock (_named)
            return rows.SaveAsync(work, _count, [.. _named], cancellationToken);
    }
}
