using Signals.Web.Api;

namespace Signals.Web.Dashboard.Accounts;

/// <summary>All accounts, worst first.</summary>
internal sealed class AccountsPage(AccountPages pages, AccountTable table) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var page = await pages.ReadAsync(AccountQuery.Of(request.Http), request.Cancellation);
        string title = reader.Say("Accounts", "Comptes");
        return new DashboardPage(title, Html.Of(
            $"""
            {Heading.Of(title)}
            {table.Of(reader, page.Items, title)}
            """));
    }
}
