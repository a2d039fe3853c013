using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>
/// The accounts that the page shows, all of them, as a CSV file (RFC 4180), written as it is read. It begins with a byte order mark: without one
/// Excel takes UTF-8 for the machine's own code page.
/// </summary>
internal sealed class AccountsCsv(AccountPages pages) : IDashboardDownload
{
    private const int CharsPerWrite = 32 * 1024;

    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var (_, query) = AccountFilters.Of(request);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"accounts-{reader.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv\"";
        var text = new StringBuilder("\uFEFF");
        CsvRow.Append(
            text, "id", reader.Say("name", "nom"), reader.Say("level", "niveau"), reader.Say("score", "score"), reader.Say("since", "depuis"),
            reader.Say("health", "santé"), reader.Say("active", "actifs"), reader.Say("people", "personnes"), reader.Say("plan", "offre"),
            reader.Say("price", "prix"), reader.Say("currency", "devise"), reader.Say("manager", "responsable"), reader.Say("stage", "étape"),
            reader.Say("strategic", "stratégique"), reader.Say("renewal", "renouvellement"), reader.Say("cause", "cause"), reader.Say("evidence", "preuve"));
        await foreach (var account in pages.AllAsync(query with { After = null }, request.Cancellation))
        {
            var cause = account.Causes.Count > 0 ? account.Causes[0] : null;
            CsvRow.Append(
                text, account.Id, account.Name, account.Level.Name(), account.Score, Day(account.Since), account.Health, account.Active, account.People,
                account.Plan, account.Price, reader.Currency, account.Csm, account.Stage, account.Strategic ? reader.Say("yes", "oui") : reader.Say("no", "non"),
                Day(account.RenewalAt), cause?.Id, cause is null ? null : reader.Say(cause.Evidence));
            if (text.Length >= CharsPerWrite)
            {
                await response.WriteAsync(text.ToString(), request.Cancellation);
                text.Clear();
            }
        }
        await response.WriteAsync(text.ToString(), request.Cancellation);
    }

    private static string? Day(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
