namespace Signals.Testing.Cost;

/// <summary>
/// What folds read and wrote in the accounts table: rows read, different rows of accounts and people changed, transactions, and accounts
/// changed (a newcomer's directory entry is the row of their own account).
/// </summary>
public sealed record FoldTotals(long RowsRead, long RowsChanged, long Transactions, long AccountsChanged)
{
    public static FoldTotals operator +(FoldTotals a, FoldTotals b) =>
        new(a.RowsRead + b.RowsRead, a.RowsChanged + b.RowsChanged, a.Transactions + b.Transactions, a.AccountsChanged + b.AccountsChanged);
}
