using Signals.Core.State.Accounts;
using Signals.Web.Api;
using Signals.Web.Dashboard.Bulk;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Account;

/// <summary>Holds an account's messages for some days.</summary>
internal sealed class HoldForm(AccountFinder finder, BulkDesk desk) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string text = request.Text(HoldBox.DaysField, most: 4);
        if (!int.TryParse(text, out int days) || days is < 1 or >= MessageHold.MaxDays)
            throw ApiRefusal.BadParameter(HoldBox.DaysField, text, $"1 to {MessageHold.MaxDays - 1}");
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        return await desk.HoldAsync(request, [account], days, Links.Account(account.Id));
    }
}
