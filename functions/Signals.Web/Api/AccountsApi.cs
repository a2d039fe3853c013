using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Measures;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Indexes;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>Answers what is asked about accounts.</summary>
internal sealed class AccountsApi(
    AccountPages pages,
    AccountFinder finder,
    AccountReader reader,
    AccountLists lists,
    ReviewService reviews,
    ReviewFanOut fanOut,
    MeasurePass measures,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>Accounts of one cause that are counted at most while somebody waits.</summary>
    private const int MaxCounted = 5000;

    private const int RowsPerShard = 500;

    public async Task ListAsync(HttpContext context)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var page = await pages.ReadAsync(AccountQuery.Of(context.Request, today, model), context.RequestAborted);
        await ApiAnswers.WriteAsync(
            context,
            new Page<AccountItem>([.. page.Items.Select(AccountItem.Of)], page.Next),
            ApiJson.For(context).PageAccountItem
        );
    }

    public async Task GetAsync(HttpContext context) => await AnswerAsync(context, await FindAsync(context));

    public async Task PeopleAsync(HttpContext context)
    {
        string? after = Cursor.People.Read(context.Request);
        var account = await FindAsync(context);
        await ApiAnswers.WriteAsync(
            context,
            await reader.PeopleAsync(account, after, context.RequestAborted),
            ApiJson.Default.PagePersonView
        );
    }

    public async Task ReviewAsync(HttpContext context)
    {
        var account = await FindAsync(context);
        if (await reviews.ReviewAsync(account.Key, context.RequestAborted) is null)
            throw new ApiRefusal(
                StatusCodes.Status409Conflict,
                $"'{account.Id}' is a person without a group; found a model whose accounts are groups, which reviews only those."
            );
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), ApiCaller.Of(context).Name, "account.reviewed", account.Id),
            context.RequestAborted
        );
        await AnswerAsync(context, await FindAsync(context));
    }

    public async Task ReviewAllAsync(HttpContext context)
    {
        var asked = await fanOut.AskAllAsync(context.RequestAborted);
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), ApiCaller.Of(context).Name, "accounts.reviewed", "all", $"{asked.Accounts} accounts"),
            context.RequestAborted
        );
        await ApiAnswers.WriteAsync(
            context,
            new ReviewsAsked(asked.Accounts, asked.Complete),
            ApiJson.Default.ReviewsAsked,
            StatusCodes.Status202Accepted
        );
    }

    /// <summary>Few accounts are counted now; many were counted by the last pass over all of them.</summary>
    public async Task CausesAsync(HttpContext context)
    {
        var latest = await measures.ReadAsync(context.RequestAborted);
        bool many = latest?.Accounts > MeasurePass.FewAccounts;
        var counts = new List<CauseCount>();
        foreach (string cause in CauseCatalogue.Ids)
        {
            int accounts = many ? latest!.Causes.GetValueOrDefault(cause) : await CountAsync(cause, context.RequestAborted);
            counts.Add(new CauseCount(cause, CauseNames.Of(cause), accounts, Complete: many || accounts < MaxCounted));
        }

        await ApiAnswers.WriteAsync(context, new CauseCounts(counts, many ? latest!.MeasuredAt : null), ApiJson.For(context).CauseCounts);
    }

    private async Task<int> CountAsync(string cause, CancellationToken cancellationToken)
    {
        var accounts = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (account, _) in lists.ReadAsync(AccountLists.ByCause(cause), null, RowsPerShard, cancellationToken))
        {
            accounts.Add(account.Key);
            if (accounts.Count == MaxCounted)
                break;
        }

        return accounts.Count;
    }

    private async Task AnswerAsync(HttpContext context, AccountState account) =>
        await ApiAnswers.WriteAsync(context, await reader.ReadAsync(account, context.RequestAborted), ApiJson.For(context).AccountView);

    private Task<AccountState> FindAsync(HttpContext context) => finder.GetAsync(context.Route("id"), context.RequestAborted);
}
