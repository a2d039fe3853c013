using Signals.Core.Lists;
using Signals.Core.Model;

namespace Signals.Web.Api;

/// <summary>Reads accounts a page at a time, worst first, from the list that answers most of the query; the rest is filtered while reading.</summary>
internal sealed class AccountPages(AccountLists lists)
{
    private const int RowsPerShard = 64;

    /// <summary>Rows that one request reads at most.</summary>
    public int MaxScanned { get; init; } = 5000;

    public async Task<Page<AccountSummary>> ReadAsync(AccountQuery query, CancellationToken cancellationToken)
    {
        string list = query.Cause is { } cause ? AccountLists.ByCause(cause) : AccountLists.ByRisk;
        var found = new List<AccountSummary>();
        // An account whose score changes stands in two places for a moment.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? last = query.After;
        int scanned = 0;
        foreach (var (from, level) in Ranges(query))
        {
            await foreach (var (account, cursor) in lists.ReadAsync(list, from, RowsPerShard, cancellationToken))
            {
                if (level is { } digit && cursor[0] != digit)
                    break;
                if (found.Count == Page<AccountSummary>.Size || scanned == MaxScanned)
                    return new Page<AccountSummary>(found, Cursor.Accounts.Write(last!));
                scanned++;
                last = cursor;
                if (query.Matches(account) && seen.Add(account.Key))
                    found.Add(account);
            }
        }
        return new Page<AccountSummary>(found, null);
    }

    /// <summary>
    /// The parts of the list to read: all of it, or those of some levels. A row's key begins with the level's digit, worst first, so the
    /// digit alone comes right before the level's first row.
    /// </summary>
    private static IEnumerable<(string? From, char? Level)> Ranges(AccountQuery query)
    {
        if (query.Levels.Count == 0)
        {
            yield return (query.After, null);
            yield break;
        }
        foreach (var level in query.Levels)
        {
            char digit = (char)('0' + ((int)RiskLevel.Critical - (int)level));
            if (query.After is not { } after || after[0] < digit)
                yield return (digit.ToString(), digit);
            else if (after[0] == digit)
                yield return (after, digit);
        }
    }
}
