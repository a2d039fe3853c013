using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Alerts;
using Signals.Web.Dashboard.Today;

namespace Signals.Web.Dashboard;

/// <summary>Every page and form of the dashboard. What stands here is registered, routed and guarded; nothing else is.</summary>
internal static class DashboardRoutes
{
    /// <summary>In the order of the navigation.</summary>
    public static readonly IReadOnlyList<PageRoute> Pages =
    [
        PageRoute.InNavigation<TodayPage>("/", "Today", "Aujourd’hui"),
        PageRoute.InNavigation<AccountsPage>(AccountFilters.Path, "Accounts", "Comptes"),
        PageRoute.Download<AccountsCsv>(AccountFilters.CsvPath, section: AccountFilters.Path),
        PageRoute.Of<AccountPage>("/accounts/{id}", section: AccountFilters.Path),
        PageRoute.Of<PeoplePage>("/accounts/{id}/people", section: AccountFilters.Path),
    ];

    public static readonly IReadOnlyList<FormRoute> Forms =
    [
        FormRoute.Of<AcknowledgeForm>("/alerts/{id}/ack", DashboardRole.Manager),
        FormRoute.Of<SnoozeForm>("/alerts/{id}/snooze", DashboardRole.Manager),
        FormRoute.Of<ResolveForm>("/alerts/{id}/resolve", DashboardRole.Manager),
        FormRoute.Of<ReviewForm>("/accounts/{id}/review", DashboardRole.Manager),
        FormRoute.Of<HoldForm>("/accounts/{id}/hold", DashboardRole.Manager),
        FormRoute.Of<ReleaseForm>("/accounts/{id}/release", DashboardRole.Manager),
        FormRoute.Of<SignOutForm>("/signout", DashboardRole.Reader),
    ];
}
