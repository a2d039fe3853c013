using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Today;

namespace Signals.Web.Dashboard;

/// <summary>Every page and form of the dashboard. What stands here is registered, routed and guarded; nothing else is.</summary>
internal static class DashboardRoutes
{
    /// <summary>In the order of the navigation.</summary>
    public static readonly IReadOnlyList<PageRoute> Pages =
    [
        PageRoute.InNavigation<TodayPage>("/", "Today", "Aujourd’hui"),
        PageRoute.InNavigation<AccountsPage>("/accounts", "Accounts", "Comptes"),
        PageRoute.Of<AccountPage>("/accounts/{id}", section: "/accounts"),
    ];

    public static readonly IReadOnlyList<FormRoute> Forms =
    [
        FormRoute.Of<SignOutForm>("/signout", DashboardRole.Reader),
    ];
}
