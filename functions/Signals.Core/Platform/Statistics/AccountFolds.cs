namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Deals accounts into folds, those that churned as evenly as those that did not. The deal depends on the accounts' ids alone, so that
/// different regressions meet the same folds.
/// </summary>
public static class AccountFolds
{
    /// <summary>The fold of each account.</summary>
    /// <param name="ids">A hash of each account's id.</param>
    /// <param name="churned">For each account whether it churned.</param>
    /// <param name="folds">How many folds.</param>
    public static int[] Deal(IReadOnlyList<ulong> ids, IReadOnlyList<bool> churned, int folds)
    {
        int[] dealt = new int[ids.Count];
        int next = 0;
        foreach (
            int account in Enumerable.Range(0, ids.Count).OrderByDescending(account => churned[account]).ThenBy(account => ids[account])
        )
            dealt[account] = next++ % folds;
        return dealt;
    }
}
