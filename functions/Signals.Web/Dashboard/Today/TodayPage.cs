namespace Signals.Web.Dashboard.Today;

internal sealed class TodayPage : IDashboardPage
{
    public Task<DashboardPage> ShowAsync(PageRequest request) => throw new NotImplementedException();
}
