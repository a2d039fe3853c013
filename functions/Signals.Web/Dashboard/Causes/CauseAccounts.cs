using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Model;
using Signals.Core.Response.Problems;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;

namespace Signals.Web.Dashboard.Causes;

/// <summary>The accounts that something holds back, the worst first, from the list of its cause.</summary>
internal sealed class CauseAccounts(AccountLists lists)
{
    private const int RowsPerShard = 16;

    /// <summary>Rows of the cause's list that one request reads at most.</summary>
    private const int MaxScanned = 2000;

    /// <summary>
    /// At most so many of them, from after a cursor on; with the cursor to go on from, which is null where there are no more.
    /// </summary>
    public async Task<(IReadOnlyList<AccountSummary> Found, string? Next)> ReadAsync(
        Topic topic,
        string? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var found = new List<AccountSummary>();
        string? last = after;
        int scanned = 0;
        await foreach (var (account, cursor) in lists.ReadAsync(AccountLists.ByCause(topic.Cause), after, RowsPerShard, cancellationToken))
        {
            if (found.Count == take || scanned == MaxScanned)
                return (found, last);
            (last, scanned) = (cursor, scanned + 1);
            if (IsAbout(account, topic))
                found.Add(account);
        }
        return (found, null);
    }

    /// <summary>The same accounts as a problem's, and whom it holds back among them.</summary>
    public async Task<(IReadOnlyList<ProblemAccount> Accounts, ProblemFigures Figures)> BehindAsync(
        Topic topic,
        CancellationToken cancellationToken
    )
    {
        var (found, _) = await ReadAsync(topic, null, ProblemBook.MaxAccounts, cancellationToken);
        string key = PeopleSummaries.Key(topic.Cause, topic.Detail);
        var counted = topic.Figures;
        // The daily count knows them all; before the first one, what was just read does.
        var figures =
            counted.Accounts >= found.Count
                ? new ProblemFigures(counted.Accounts, counted.AtRisk, counted.People, counted.Price)
                : new ProblemFigures(
                    found.Count,
                    found.Count(account => account.Level >= RiskLevel.AtRisk),
                    found.Sum(account => account.Affected?.GetValueOrDefault(key) ?? 0),
                    found.Sum(account => account.Price)
                );
        return (
            [
                .. found.Select(account => new ProblemAccount(
                    new AccountKey(account.Key),
                    account.Id,
                    account.Name,
                    account.Price,
                    (
                        account.Causes.FirstOrDefault(cause => cause.Id == topic.Cause && cause.Detail == topic.Detail)
                        ?? account.Causes.First(cause => cause.Id == topic.Cause)
                    ).Evidence
                )),
            ],
            figures
        );
    }

    private static bool IsAbout(AccountSummary account, Topic topic) =>
        topic.Detail is null
        || account.Causes.Any(cause => cause.Id == topic.Cause && cause.Detail == topic.Detail)
        || account.Affected?.GetValueOrDefault(PeopleSummaries.Key(topic.Cause, topic.Detail)) > 0;
}
