using System.Globalization;
using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Web.Api;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>The accounts that the page shows, all of them, as a file that is written as it is read.</summary>
internal sealed class AccountsCsv(AccountPages pages) : IDashboardDownload
{
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
            reader.Say("name", "nom"),
            reader.Say("level", "niveau"),
            "score",
            reader.Say("since", "depuis"),
            reader.Say("health", "santé"),
            reader.Say("active", "actifs"),
            reader.Say("people", "personnes"),
            reader.Say("plan", "offre"),
            reader.Say("price a month", "prix par mois"),
            reader.Say("manager", "responsable"),
            reader.Say("stage", "étape"),
            reader.Say("strategic", "stratégique"),
            reader.Say("renewal", "renouvellement"),
            "cause",
            reader.Say("evidence", "indice")
        );
        await foreach (var account in pages.AllAsync(query with { After = null }, request.Cancellation))
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
}
