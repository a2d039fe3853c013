using Signals.Core.Daily.Erasure;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.People;

/// <summary>Erases an account, with whoever is in no other.</summary>
internal sealed class EraseAccountForm(AccountFinder accounts, ErasureDesk desk) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var account = await accounts.GetAsync(request.Route("id"), request.Cancellation);
        if (!EraseBox.IsConfirmed(request, account.Id))
            return new FormAnswer(Links.Account(account.Id), EraseBox.NotConfirmed(request.Reader)) { IsProblem = true };
        var wish = account.Key.IsGroup ? new ErasureWish { Groups = [account.Id] } : new ErasureWish { UserIds = [account.Id] };
        await desk.AskAsync(wish, request.Who, request.Cancellation);
        return new FormAnswer(ErasuresPage.Path, EraseBox.Done(request.Reader));
    }
}
