using Signals.Core.Response.Planning;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Account;

/// <summary>Lets an account's messages go again.</summary>
internal sealed class ReleaseForm(AccountFinder finder, MessageHolds holds) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        bool released = await holds.ReleaseAsync(account.Key, request.Who, request.Cancellation);
        return new FormAnswer(Links.Account(account.Id), released ? reader.Say("Messages go again.") : reader.Say("Nothing was held."));
    }
}
