using System.Collections.Concurrent;
using Signals.Core.State.Accounts;

namespace Signals.Testing.Cost;

/// <summary>What a call is billed as.</summary>
public enum BilledKind
{
    /// <summary>Table Storage: one row read.</summary>
    Get,

    /// <summary>Table Storage: one page of a query.</summary>
    Query,

    /// <summary>Table Storage: one entity-group transaction, whatever it holds.</summary>
    Commit,

    /// <summary>Service Bus: a message sent, once for each 64 KB begun.</summary>
    Send,

    /// <summary>Service Bus: a message delivered, once for each 64 KB begun.</summary>
    Deliver,

    /// <summary>Service Bus: a message completed or put aside, or its lock renewed.</summary>
    Settle,

    /// <summary>A mail accepted by the provider.</summary>
    Mail,
}

/// <summary>
/// Counts what Azure would bill, by <see cref="Phase"/>, kind and target (table or queue), and how busy each partition is.
/// </summary>
public sealed class BillingMeter
{
    private readonly ConcurrentDictionary<(string Phase, BilledKind Kind, string Target), long> _counts = new();
    private readonly ConcurrentDictionary<(string Table, string Partition), long> _entities = new();
    private readonly ConcurrentDictionary<(string Partition, string Row), byte> _rows = new();

    /// <summary>What the app is at: "ingest", "fold", "sweep", "review" or "outreach". One at a time.</summary>
    public string Phase { get; set; } = "";

    /// <summary>What folds did so far with rows of accounts and people; rows changed are those since <see cref="ForgetRows"/>.</summary>
    public FoldTotals Folds =>
        new(
            CountOf(BilledKind.Get) + CountOf(BilledKind.Query),
            _rows.Count,
            CountOf(BilledKind.Commit),
            _rows.Keys.Select(row => row.Partition).Distinct(StringComparer.Ordinal).Count()
        );

    public void ForgetRows() => _rows.Clear();

    public void Reset()
    {
        _counts.Clear();
        _entities.Clear();
        _rows.Clear();
    }

    /// <summary>Everything counted since the start or the last <see cref="Reset"/>.</summary>
    public Bill ToBill() => new(_counts.ToDictionary(), _entities.ToDictionary());

    private long CountOf(BilledKind kind) => _counts.GetValueOrDefault(("fold", kind, AccountRows.Table));

    internal void Count(BilledKind kind, string target, long operations = 1) =>
        _counts.AddOrUpdate((Phase, kind, target), operations, (_, count) => count + operations);

    internal void CountEntities(string table, string partition, int entities) =>
        _entities.AddOrUpdate((table, partition), entities, (_, count) => count + entities);

    internal void NoteRow(string table, string partition, string row)
    {
        if (
            table == AccountRows.Table
            && (row == AccountRows.AccountRow || row.StartsWith(AccountRows.PersonPrefix, StringComparison.Ordinal))
        )
            _rows.TryAdd((partition, row), 0);
    }
}
