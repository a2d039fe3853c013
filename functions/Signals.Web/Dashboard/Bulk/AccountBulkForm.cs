using Signals.Core.Response.Alerts;
using Signals.Core.State.Accounts;
using Signals.Web.Api;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Bulk;

/// <summary>Does one thing to the accounts that were ticked in a list.</summary>
internal sealed class AccountBulkForm(AccountFinder finder, AlertBook alerts, BulkDesk desk) : IDashboardForm
{
    /// <summary>A page of the list.</summary>
    public const int MaxPicked = 50;

    private const int MaxDoChars = 20;
    private const int HoldDays = 14;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string address = request.ReturnTo(AccountFilters.Path),
            what = request.Text(BulkBar.DoField, MaxDoChars);
        var ids = request.All(BulkBar.PickField).Distinct(StringComparer.Ordinal).Take(MaxPicked).ToList();
        if (ids.Count == 0)
            return BulkDesk.Problem(address, reader.Say("Tick the rows first."));
        if (what == BulkBar.Export)
            return new FormAnswer(AccountsCsv.Of(ids));
        var accounts = new List<AccountState>();
        foreach (string id in ids)
        {
            if (await finder.FindAsync(id, request.Cancellation) is { } account)
                accounts.Add(account);
        }
        switch (what)
        {
            case BulkBar.Hand:
                return await desk.HandAsync(request, accounts, address);
            case BulkBar.Hold:
                return await desk.HoldAsync(request, accounts, HoldDays, address);
            case BulkBar.Snooze:
                var standing = new List<Alert>();
                foreach (var account in accounts)
                {
                    if (await alerts.OfAccountAsync(account.Key, request.Cancellation) is { Stands: true } alert)
                        standing.Add(alert);
                }
                return await desk.AnswerAsync(request, standing, snooze: true, address);
            default:
                throw ApiRefusal.BadParameter(BulkBar.DoField, what, "hand, hold, snooze or export");
        }
    }
}
