using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Account;

/// <summary>Holds an account's messages until the end of a day, where the sender is.</summary>
internal sealed class HoldForm(AccountFinder finder, MessageHolds holds) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string text = request.Text(HoldBox.DaysField, most: 4),
            reason = request.Text(HoldBox.ReasonField, MessageHold.MaxReasonChars);
        if (!int.TryParse(text, out int days) || days is < 1 or >= MessageHold.MaxDays)
            throw ApiRefusal.BadParameter(HoldBox.DaysField, text, $"1 to {MessageHold.MaxDays - 1}");
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        string address = Links.Account(account.Id);
        if (reason.Length == 0)
            return new FormAnswer(address, reader.Say("Nothing was held: a reason is needed.")) { IsProblem = true };
        var until = reader.EndOf(reader.Today.AddDays(days));
        await holds.HoldAsync(account.Key, until, request.Who, reason, request.Cancellation);
        return new FormAnswer(address, reader.Say($"Messages are held until {reader.Day(until)}."));
    }
}
