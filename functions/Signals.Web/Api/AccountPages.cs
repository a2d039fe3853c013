using System.Runtime.CompilerServices;
using Signals.Core.Model;
using Signals.Core.State.Indexes;

namespace Signals.Web.Api;

/// <summary>Reads accounts a page at a time from the list that answers most of the query; the rest is filtered while reading.</summary>
internal sealed class AccountPages(AccountLists lists)
{
    private const int RowsPerShard = 64;

    /// <summary>Rows that one request reads at most.</summary>
    public int MaxScanned { get; init; } = 5000;

    /// <summary>The same, reading at most so many rows.</summary>
    public AccountPages Reading(int maxScanned) => new(lists) { MaxScanned = maxScanned };

    public async Task<Page<AccountSummary>> ReadAsync(AccountQuery query, CancellationToken cancellationToken)
    {
        var found = new List<AccountSummary>();
        string? last = query.After;
        int scanned = 0;
        await foreach (var (account, cursor) in ScanAsync(query, cancellationToken))
        {
            if (found.Count == Page<AccountSummary>.Size || scanned == MaxScanned)
                return new Page<AccountSummary>(found, CursorOf(query).Write(last!));
            scanned++;
            last = cursor;
            if (account is not null)
                found.Add(account);
        }
        return new Page<AccountSummary>(found, null);
    }

    /// <summary>All accounts that match, as many as the reader takes, in the query's order.</summary>
    public async IAsyncEnumerable<AccountSummary> AllAsync(AccountQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (account, _) in ScanAsync(query, cancellationToken))
        {
            if (account is not null)
                yield return account;
        }
    }

    /// <summary>How the pages of a query go on.</summary>
    public static Cursor CursorOf(AccountQuery query) =>
        query.IsInOrderOfNames ? Cursor.AccountsByName
        : AccountOrders.RangeOf(query.Order) is null ? Cursor.Accounts
        : Cursor.AccountsInOrder;

    /// <summary>The rows of the list that answers most of the query, with null for those that do not match.</summary>
    private async IAsyncEnumerable<(AccountSummary? Account, string Cursor)> ScanAsync(
        AccountQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // An account whose score changes stands in two places for a moment.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ranges =
            query.IsInOrderOfNames ? [NameRange(query)]
            : AccountOrders.RangeOf(query.Order) is not { } range ? Ranges(query)
            : [(query.After ?? (query.Order == AccountOrder.Renewal ? AccountLists.RenewalOrder(query.Today) : range), range)];
        foreach (var (from, prefix) in ranges)
        {
            await foreach (var (account, cursor) in lists.ReadAsync(ListOf(query), from, RowsPerShard, cancellationToken))
            {
                if (!cursor.StartsWith(prefix, StringComparison.Ordinal) || IsBeyond(query, cursor))
                    break;
                yield return (query.Matches(account) && seen.Add(account.Key) ? account : null, cursor);
            }
        }
    }

    private static bool IsBeyond(AccountQuery query, string cursor) =>
        query is { Order: AccountOrder.Renewal, Until: { } last }
        && string.CompareOrdinal(cursor, AccountLists.RenewalOrder(last.AddDays(1))) >= 0;

    /// <summary>
    /// The list that leaves least to be passed over: a manager has fewer accounts than a segment, a segment fewer than a cause, a cause
    /// fewer than a plan.
    /// </summary>
    private static string ListOf(AccountQuery query) =>
        query switch
        {
            { IsInOrderOfNames: true } => AccountLists.ByName,
            { Order: var order } when AccountOrders.RangeOf(order) is not null => AccountLists.InOrder,
            { Csm: { } csm } => AccountLists.ByCsm(csm),
            { Segment: { } segment } => AccountLists.BySegment(segment),
            { Cause: { } cause } => AccountLists.ByCause(cause),
            { Plan: { } plan } => AccountLists.ByPlan(plan),
            _ => AccountLists.ByRisk,
        };

    private static (string? From, string Prefix) NameRange(AccountQuery query)
    {
        string prefix = AccountLists.NameKey(query.NamePrefix ?? "");
        return (query.After ?? (prefix.Length == 0 ? null : prefix), prefix);
    }

    /// <summary>
    /// The parts of the list to read: all of it, or those of some levels. A row's key begins with the level's digit, worst first, so the
    /// digit alone comes right before the level's first row.
    /// </summary>
    private static IEnumerable<(string? From, string Prefix)> Ranges(AccountQuery query)
    {
        if (query.Levels.Count == 0)
        {
            yield return (query.After, "");
            yield break;
        }
        foreach (var level in query.Levels)
        {
            string digit = ((int)RiskLevel.Critical - (int)level).ToString();
            if (query.After is not { } after || after[0] < digit[0])
                yield return (digit, digit);
            else if (after[0] == digit[0])
                yield return (after, digit);
        }
    }
}
