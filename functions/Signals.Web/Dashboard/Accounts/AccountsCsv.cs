using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Csv;
using Signals.Web.Dashboard.Bulk;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>The accounts that the page shows, all of them, as a file that is written as it is read.</summary>
internal sealed class AccountsCsv(AccountPages pages, AccountFinder finder, ValueModel model) : IDashboardDownload
{
    private const string IdParameter = "id";

    /// <summary>The file of some accounts alone.</summary>
    public static string Of(IEnumerable<string> ids) =>
        Links.With(
            AccountFilters.CsvPath,
            ids.Select(id => (IdParameter, (string?)id)).Prepend((CsmChoice.Parameter, CsmChoice.Everybody))
        );

    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var (_, query) = AccountFilters.Of(request);
        string name = "accounts-" + reader.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using var file = await CsvFile.BeginAsync(
            response,
            name,
            reader.Language,
            "id",
            reader.Say("name"),
            reader.Say("level"),
            "score",
            reader.Say("column|since"),
            reader.Say("health"),
            reader.Say("column|active"),
            reader.Say("people"),
            reader.Say("plan"),
            reader.Say("price a month"),
            reader.Say("manager"),
            reader.Say("stage"),
            reader.Say("strategic"),
            reader.Say("renewal"),
            "cause",
            reader.Say("evidence")
        );
        var picked = request.Http.Query[IdParameter].OfType<string>().Take(AccountBulkForm.MaxPicked).ToList();
        var accounts =
            picked.Count > 0
                ? PickedAsync(picked, request.Cancellation)
                : pages.AllAsync(query with { After = null }, request.Cancellation);
        await foreach (var account in accounts)
        {
            var cause = account.Causes.Count > 0 ? account.Causes[0] : null;
            await file.RowAsync(
                account.Id,
                account.Name,
                account.Level.Name(),
                account.Score,
                account.Since,
                account.Health,
                account.Active,
                account.People,
                account.Plan,
                account.Price,
                account.Csm,
                account.Stage,
                account.Strategic,
                account.RenewalAt,
                cause?.Id,
                cause is null ? null : reader.Say(cause.Evidence)
            );
        }
    }

    private async IAsyncEnumerable<AccountSummary> PickedAsync(
        IReadOnlyList<string> ids,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (string id in ids)
        {
            if (await finder.FindAsync(id, cancellationToken) is { Review: { } review } account)
                yield return AccountSummary.Of(account, AccountFacts.Of(account, model), review);
        }
    }
}
