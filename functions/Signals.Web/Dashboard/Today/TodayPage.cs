using Signals.Web.Api;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.Today;

/// <summary>What a CS manager opens every morning.</summary>
internal sealed class TodayPage(AccountPages pages, AccountTable table) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var page = await pages.ReadAsync(new AccountQuery(AccountQuery.FlaggedLevels), request.Cancellation);
        return new DashboardPage(reader.Say("Today", "Aujourd’hui"), Html.Of(
            $"""
            {Heading.Of(reader.Say("Today", "Aujourd’hui"), reader.LongDay(reader.Today))}
            {table.Of(reader, page.Items, reader.Say("Accounts that need you", "Comptes qui ont besoin de vous"))}
            """))
        { Refreshes = true };
    }
}
