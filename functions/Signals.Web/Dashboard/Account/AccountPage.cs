using Signals.Web.Api;

namespace Signals.Web.Dashboard.Account;

/// <summary>One account: how it is, and why.</summary>
internal sealed class AccountPage(AccountFinder finder, AccountReader accounts) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var account = await accounts.ReadAsync(await finder.GetAsync(request.Route("id"), request.Cancellation), request.Cancellation);
        return new DashboardPage(account.Name, Heading.Of(Html.Isolated(account.Name), Html.Empty));
    }
}
