using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Bulk;

/// <summary>Does one thing to the alerts that were ticked.</summary>
internal sealed class AlertBulkForm(AccountFinder finder, AlertBook alerts, BulkDesk desk) : IDashboardForm
{
    private const int MaxPicked = 50;
    private const int MaxDoChars = 20;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string address = request.ReturnTo("/"),
            what = request.Text(BulkBar.DoField, MaxDoChars);
        var picked = request.All(BulkBar.PickField).Distinct(StringComparer.Ordinal).Take(MaxPicked).ToList();
        if (picked.Count == 0)
            return BulkDesk.Problem(address, reader.Say("Tick the rows first."));
        var standing = new List<Alert>();
        foreach (string text in picked)
        {
            if (AlertId.Parse(text) is { } id && await alerts.GetAsync(id, request.Cancellation) is { Stands: true } alert)
                standing.Add(alert);
        }
        if (standing.Count == 0)
            return BulkDesk.Problem(address, reader.Say("There was no alert to answer among those."));
        switch (what)
        {
            case BulkBar.Acknowledge:
                return await desk.AnswerAsync(request, standing, snooze: false, address);
            case BulkBar.Snooze:
                return await desk.AnswerAsync(request, standing, snooze: true, address);
            case BulkBar.Hand:
                var accounts = new List<AccountState>();
                foreach (var alert in standing)
                {
                    if (await finder.FindAsync(alert.AccountId, request.Cancellation) is { } account)
                        accounts.Add(account);
                }
                return await desk.HandAsync(request, accounts, address);
            default:
                throw ApiRefusal.BadParameter(BulkBar.DoField, what, "ack, snooze or hand");
        }
    }
}
