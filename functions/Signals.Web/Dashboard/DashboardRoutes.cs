using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Alerts;
using Signals.Web.Dashboard.Causes;
using Signals.Web.Dashboard.Features;
using Signals.Web.Dashboard.Feedback;
using Signals.Web.Dashboard.Messages;
using Signals.Web.Dashboard.People;
using Signals.Web.Dashboard.Pipeline;
using Signals.Web.Dashboard.Retention;
using Signals.Web.Dashboard.Today;

namespace Signals.Web.Dashboard;

/// <summary>Every page and form of the dashboard. What stands here is registered, routed and guarded; nothing else is.</summary>
internal static class DashboardRoutes
{
    /// <summary>In the order of the navigation.</summary>
    public static readonly IReadOnlyList<PageRoute> Pages =
    [
        PageRoute.InNavigation<TodayPage>("/", "Today"),
        PageRoute.InNavigation<AccountsPage>(AccountFilters.Path, "Accounts"),
        PageRoute.Download<AccountsCsv>(AccountFilters.CsvPath, section: AccountFilters.Path),
        PageRoute.Of<AccountPage>("/accounts/{id}", section: AccountFilters.Path),
        PageRoute.Of<PeoplePage>("/accounts/{id}/people", section: AccountFilters.Path),
        PageRoute.InNavigation<CausesPage>("/causes", "Causes"),
        PageRoute.Of<CausePage>("/causes/{id}", section: "/causes"),
        PageRoute.Download<CausesDownload>("/causes.csv", section: "/causes"),
        PageRoute.InNavigation<FeaturesPage>("/features", "Features"),
        PageRoute.Download<FeaturesDownload>("/features.csv", section: "/features"),
        PageRoute.InNavigation<FeedbackPage>("/feedback", "Feedback"),
        PageRoute.Download<FeedbackDownload>("/feedback.csv", section: "/feedback"),
        PageRoute.InNavigation<RetentionPage>("/retention", "Retention"),
        PageRoute.Download<RetentionDownload>("/retention.csv", section: "/retention"),
        PageRoute.InNavigation<MessagesPage>("/messages", "Messages"),
        PageRoute.Of<MailPage>("/messages/{id}", section: "/messages"),
        PageRoute.Download<MailFrame>("/messages/{id}/html", section: "/messages"),
        PageRoute.Download<MessagesDownload>("/messages.csv", section: "/messages"),
        PageRoute.InNavigation<PipelinePage>(PipelineAddresses.Overview, "Pipeline"),
        PageRoute.Of<NamesPage>(PipelineAddresses.Names, section: PipelineAddresses.Overview),
        PageRoute.Of<QuarantinePage>(PipelineAddresses.Quarantine, section: PipelineAddresses.Overview),
        PageRoute.Of<DeadLettersPage>(PipelineAddresses.DeadLetters, section: PipelineAddresses.Overview),
        PageRoute.Of<KeysPage>(PipelineAddresses.Keys, section: PipelineAddresses.Overview),
        PageRoute.Of<TokensPage>(PipelineAddresses.Tokens, section: PipelineAddresses.Overview),
        PageRoute.Of<AuditTrailPage>(PipelineAddresses.Audit, section: PipelineAddresses.Overview),
        PageRoute.Of<DoctorPage>(PipelineAddresses.Doctor, section: PipelineAddresses.Overview),
        PageRoute.Of<KeptPage>(PipelineAddresses.Kept, section: PipelineAddresses.Overview),
        PageRoute.Of<ErasuresPage>(PipelineAddresses.Erasures, section: PipelineAddresses.Overview),
        PageRoute.Of<PersonPage>(PersonPage.Path, section: AccountFilters.Path, DashboardRole.Admin),
        PageRoute.Download<PersonDownload>("/people.json", section: AccountFilters.Path, DashboardRole.Admin),
    ];

    public static readonly IReadOnlyList<FormRoute> Forms =
    [
        FormRoute.Of<AcknowledgeForm>("/alerts/{id}/ack", DashboardRole.Manager),
        FormRoute.Of<SnoozeForm>("/alerts/{id}/snooze", DashboardRole.Manager),
        FormRoute.Of<ResolveForm>("/alerts/{id}/resolve", DashboardRole.Manager),
        FormRoute.Of<ReviewForm>("/accounts/{id}/review", DashboardRole.Manager),
        FormRoute.Of<HoldForm>("/accounts/{id}/hold", DashboardRole.Manager),
        FormRoute.Of<ReleaseForm>("/accounts/{id}/release", DashboardRole.Manager),
        FormRoute.Of<EraseAccountForm>("/accounts/{id}/erase", DashboardRole.Admin),
        FormRoute.Of<ErasePersonForm>(PersonPage.ErasePath, DashboardRole.Admin),
        FormRoute.Of<SignOutForm>("/signout", DashboardRole.Reader),
        FormRoute.Of<ReplayForm>(PipelineAddresses.Replay, DashboardRole.Admin),
        FormRoute.Of<ReplayAllForm>(PipelineAddresses.ReplayAll, DashboardRole.Admin),
        FormRoute.Of<DiscardForm>(PipelineAddresses.Discard, DashboardRole.Admin),
        FormRoute.Of<CreateKeyForm>(PipelineAddresses.CreateKey, DashboardRole.Admin),
        FormRoute.Of<RotateKeyForm>(PipelineAddresses.RotateKey, DashboardRole.Admin),
        FormRoute.Of<KeyKindForm>(PipelineAddresses.KeyKind, DashboardRole.Admin),
        FormRoute.Of<TestMailForm>(PipelineAddresses.TestMail, DashboardRole.Admin),
        FormRoute.Of<TestChatForm>(PipelineAddresses.TestChat, DashboardRole.Admin),
        FormRoute.Of<RevokeKeyForm>(PipelineAddresses.RevokeKey, DashboardRole.Admin),
        FormRoute.Of<CreateTokenForm>(PipelineAddresses.CreateToken, DashboardRole.Admin),
        FormRoute.Of<RotateTokenForm>(PipelineAddresses.RotateToken, DashboardRole.Admin),
        FormRoute.Of<EndTokenForm>(PipelineAddresses.EndToken, DashboardRole.Admin),
    ];
}
