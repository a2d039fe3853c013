using Signals.Core.Accounts;

namespace Signals.Testing.Cost;

/// <summary>
/// What folds read and wrote in the accounts table: rows read, different rows of accounts and people changed, transactions, and accounts
/// changed (a newcomer's directory entry is the row of their own account).
/// </summary>
public sealed record FoldTotals(long RowsRead, long RowsChanged, long Transactions, long AccountsChanged)
{
    public static FoldTotals operator +(FoldTotals a, FoldTotals b) =>
        new(a.RowsRead + b.RowsRead, a.RowsChanged + b.RowsChanged, a.Transactions + b.Transactions, a.AccountsChanged + b.AccountsChanged);

    /// <summary>One delivery's: what was counted between two bills, and the rows that the meter noted meanwhile.</summary>
    internal static FoldTotals Between(Bill before, Bill after, BillingMeter meter) => new(
        Reads(after) - Reads(before), meter.RowsChanged, Commits(after) - Commits(before), meter.AccountsChanged);

    private static long Reads(Bill bill) =>
        bill.Of(BilledKind.Get, "fold", AccountRows.Table) + bill.Of(BilledKind.Query, "fold", AccountRows.Table);

    private static long Commits(Bill bill) => bill.Of(BilledKind.Commit, "fold", AccountRows.Table);
}
