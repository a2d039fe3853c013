namespace Signals.Testing.Cost;

/// <summary>What was counted, by phase, kind and target; and entities read and written, by partition.</summary>
public sealed record Bill(
    IReadOnlyDictionary<(string Phase, BilledKind Kind, string Target), long> Counts,
    IReadOnlyDictionary<(string Table, string Partition), long> Entities
)
{
    /// <summary>Table Storage transactions: of all phases, or of one.</summary>
    public long Storage(string? phase = null, string? table = null) =>
        Sum(entry =>
            entry.Kind is BilledKind.Get or BilledKind.Query or BilledKind.Commit && Is(entry.Phase, phase) && Is(entry.Target, table)
        );

    /// <summary>Service Bus operations: of all queues, or of one.</summary>
    public long Bus(string? queue = null) =>
        Sum(entry => entry.Kind is BilledKind.Send or BilledKind.Deliver or BilledKind.Settle && Is(entry.Target, queue));

    public long Mails => Sum(entry => entry.Kind == BilledKind.Mail);

    public long Of(BilledKind kind, string? phase = null, string? target = null) =>
        Sum(entry => entry.Kind == kind && Is(entry.Phase, phase) && Is(entry.Target, target));

    /// <summary>The busiest partition of each table that is shared by accounts, with the entities it read and wrote.</summary>
    public IReadOnlyList<(string Table, string Partition, long Entities)> Hottest() =>
        [
            .. Entities
                .GroupBy(entry => entry.Key.Table, StringComparer.Ordinal)
                .Select(table => table.MaxBy(entry => entry.Value))
                .Select(entry => (entry.Key.Table, entry.Key.Partition, entry.Value))
                .OrderByDescending(entry => entry.Value),
        ];

    private long Sum(Func<(string Phase, BilledKind Kind, string Target), bool> which) =>
        Counts.Where(entry => which(entry.Key)).Sum(entry => entry.Value);

    private static bool Is(string value, string? wanted) => wanted is null || value == wanted;
}
