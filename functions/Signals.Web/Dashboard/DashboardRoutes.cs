using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Alerts;
using Signals.Web.Dashboard.Bulk;
using Signals.Web.Dashboard.Causes;
using Signals.Web.Dashboard.Features;
using Signals.Web.Dashboard.Feedback;
using Signals.Web.Dashboard.Messages;
using Signals.Web.Dashboard.People;
using Signals.Web.Dashboard.Pipeline;
using Signals.Web.Dashboard.Retention;
using Signals.Web.Dashboard.Revenue;
using Signals.Web.Dashboard.Segments;
using Signals.Web.Dashboard.Team;
using Signals.Web.Dashboard.Today;
using Signals.Web.Dashboard.Undo;
using Signals.Web.Dashboard.ValueReports;
using Signals.Web.Dashboard.Views;
using Signals.Web.Dashboard.Work;

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
        PageRoute.Of<ValueReportPage>("/accounts/{id}/report", section: AccountFilters.Path),
        PageRoute.Download<ValueReportPdf>("/accounts/{id}/report.pdf", section: AccountFilters.Path),
        PageRoute.InNavigation<RevenuePage>(RevenueView.Path, "Revenue"),
        PageRoute.Download<RevenueDownload>(RevenueView.CsvPath, section: RevenueView.Path),
        PageRoute.InNavigation<CausesPage>("/causes", "Causes"),
        PageRoute.Of<CausePage>("/causes/{id}", section: "/causes"),
        PageRoute.Of<ProblemsPage>(ProblemsPage.Path, section: "/causes"),
        PageRoute.Of<ProblemPage>(ProblemParts.ChangePath, section: "/causes"),
        PageRoute.Download<CausesDownload>("/causes.csv", section: "/causes"),
        PageRoute.InNavigation<FeaturesPage>("/features", "Features"),
        PageRoute.Download<FeaturesDownload>("/features.csv", section: "/features"),
        PageRoute.InNavigation<FeedbackPage>("/feedback", "Feedback"),
        PageRoute.Of<RequestsPage>(RequestsPage.Path, section: "/feedback"),
        PageRoute.Of<RequestPage>(RequestsPage.Path + "/{key}", section: "/feedback"),
        PageRoute.Download<RequestsDownload>(RequestsPage.CsvPath, section: "/feedback"),
        PageRoute.Download<FeedbackDownload>("/feedback.csv", section: "/feedback"),
        PageRoute.InNavigation<RetentionPage>("/retention", "Retention"),
        PageRoute.Of<BeginningsPage>(BeginningsPage.Path, section: "/retention"),
        PageRoute.Download<RetentionDownload>("/retention.csv", section: "/retention"),
        PageRoute.Of<SegmentsPage>(SegmentsPage.Path, section: "/retention"),
        PageRoute.Download<SegmentsDownload>(SegmentsPage.CsvPath, section: "/retention"),
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
        PageRoute.Of<WebhooksPage>(PipelineAddresses.Webhooks, section: PipelineAddresses.Overview),
        PageRoute.Of<AuditTrailPage>(PipelineAddresses.Audit, section: PipelineAddresses.Overview),
        PageRoute.Of<DoctorPage>(PipelineAddresses.Doctor, section: PipelineAddresses.Overview),
        PageRoute.Of<KeptPage>(PipelineAddresses.Kept, section: PipelineAddresses.Overview),
        PageRoute.Of<ErasuresPage>(PipelineAddresses.Erasures, section: PipelineAddresses.Overview),
        PageRoute.Of<TeamPage>(TeamAddresses.Team, section: PipelineAddresses.Overview),
        PageRoute.Of<MePage>(TeamAddresses.Me, section: TeamAddresses.Me),
        PageRoute.Of<AddPasskeyPage>(TeamAddresses.NewPasskey, section: TeamAddresses.Me),
        PageRoute.Of<PersonPage>(PersonPage.Path, section: AccountFilters.Path, DashboardRole.Admin),
        PageRoute.Download<PersonDownload>("/people.json", section: AccountFilters.Path, DashboardRole.Admin),
    ];

    public static readonly IReadOnlyList<FormRoute> Forms =
    [
        FormRoute.Of<AcknowledgeForm>("/alerts/{id}/ack", DashboardRole.Manager),
        FormRoute.Of<SnoozeForm>("/alerts/{id}/snooze", DashboardRole.Manager),
        FormRoute.Of<ResolveForm>("/alerts/{id}/resolve", DashboardRole.Manager),
        FormRoute.Of<ReviewForm>("/accounts/{id}/review", DashboardRole.Manager),
        FormRoute.Of<ApproveReportForm>("/accounts/{id}/report/approve", DashboardRole.Manager),
        FormRoute.Of<WithdrawReportForm>("/accounts/{id}/report/withdraw", DashboardRole.Manager),
        FormRoute.Of<HandProblemForm>(ProblemParts.HandPath, DashboardRole.Manager),
        FormRoute.Of<ChangeProblemForm>(ProblemParts.ChangePath, DashboardRole.Manager),
        FormRoute.Of<CloseRequestForm>(RequestsPage.Path + "/{key}/close", DashboardRole.Manager),
        FormRoute.Of<ReopenRequestForm>(RequestsPage.Path + "/{key}/reopen", DashboardRole.Manager),
        FormRoute.Of<MergeRequestForm>(RequestsPage.Path + "/{key}/merge", DashboardRole.Manager),
        FormRoute.Of<HoldForm>("/accounts/{id}/hold", DashboardRole.Manager),
        FormRoute.Of<ReleaseForm>("/accounts/{id}/release", DashboardRole.Manager),
        FormRoute.Of<NoteForm>(WorkAddresses.AddNote, DashboardRole.Manager),
        FormRoute.Of<NoteChangeForm>(WorkAddresses.ChangeNote, DashboardRole.Manager),
        FormRoute.Of<NoteDeleteForm>(WorkAddresses.DeleteNote, DashboardRole.Manager),
        FormRoute.Of<HandForm>(WorkAddresses.Hand, DashboardRole.Manager),
        FormRoute.Of<HandEndForm>(WorkAddresses.HandEnd, DashboardRole.Manager),
        FormRoute.Of<StepForm>(WorkAddresses.AddStep, DashboardRole.Manager),
        FormRoute.Of<StepDoneForm>(WorkAddresses.StepDone, DashboardRole.Manager),
        FormRoute.Of<GoalForm>(WorkAddresses.AddGoal, DashboardRole.Manager),
        FormRoute.Of<GoalDoneForm>(WorkAddresses.GoalDone, DashboardRole.Manager),
        FormRoute.Of<GoalRemoveForm>(WorkAddresses.RemoveGoal, DashboardRole.Manager),
        FormRoute.Of<AnswerClosedForm>(WorkAddresses.AnswerClosed, DashboardRole.Manager),
        FormRoute.Of<AccountBulkForm>(BulkBar.AccountsPath, DashboardRole.Manager),
        FormRoute.Of<AlertBulkForm>(BulkBar.AlertsPath, DashboardRole.Manager),
        FormRoute.Of<SaveViewForm>(ViewBar.SavePath, DashboardRole.Manager),
        FormRoute.Of<ChangeViewForm>(ViewBar.ChangePath, DashboardRole.Manager),
        FormRoute.Of<UndoForm>(UndoForm.Path, DashboardRole.Manager),
        FormRoute.Of<EraseAccountForm>("/accounts/{id}/erase", DashboardRole.Admin),
        FormRoute.Of<ErasePersonForm>(PersonPage.ErasePath, DashboardRole.Admin),
        FormRoute.Of<InviteForm>(TeamAddresses.Invite, DashboardRole.Admin),
        FormRoute.Of<MailAgainForm>(TeamAddresses.Mail, DashboardRole.Admin),
        FormRoute.Of<ChangeUserForm>(TeamAddresses.Change, DashboardRole.Admin),
        FormRoute.Of<EndUserForm>(TeamAddresses.End, DashboardRole.Admin),
        FormRoute.Of<ChangeMeForm>(TeamAddresses.ChangeMe, DashboardRole.Reader),
        FormRoute.Of<EndSessionForm>(TeamAddresses.EndSession, DashboardRole.Reader),
        FormRoute.Of<EndOtherSessionsForm>(TeamAddresses.EndOthers, DashboardRole.Reader),
        FormRoute.Of<AddPasskeyForm>(TeamAddresses.AddPasskey, DashboardRole.Reader),
        FormRoute.Of<RemovePasskeyForm>(TeamAddresses.RemovePasskey, DashboardRole.Reader),
        FormRoute.Of<SignOutForm>("/signout", DashboardRole.Reader),
        FormRoute.Of<ReplayForm>(PipelineAddresses.Replay, DashboardRole.Admin),
        FormRoute.Of<ReplayAllForm>(PipelineAddresses.ReplayAll, DashboardRole.Admin),
        FormRoute.Of<DiscardForm>(PipelineAddresses.Discard, DashboardRole.Admin),
        FormRoute.Of<CreateKeyForm>(PipelineAddresses.CreateKey, DashboardRole.Admin),
        FormRoute.Of<RotateKeyForm>(PipelineAddresses.RotateKey, DashboardRole.Admin),
        FormRoute.Of<KeyKindForm>(PipelineAddresses.KeyKind, DashboardRole.Admin),
        FormRoute.Of<TestMailForm>(PipelineAddresses.TestMail, DashboardRole.Admin),
        FormRoute.Of<TestChatForm>(PipelineAddresses.TestChat, DashboardRole.Admin),
        FormRoute.Of<TestWebhookForm>(PipelineAddresses.TestWebhook, DashboardRole.Admin),
        FormRoute.Of<TellAgainForm>(PipelineAddresses.TellAgain, DashboardRole.Admin),
        FormRoute.Of<RevokeKeyForm>(PipelineAddresses.RevokeKey, DashboardRole.Admin),
        FormRoute.Of<CreateTokenForm>(PipelineAddresses.CreateToken, DashboardRole.Admin),
        FormRoute.Of<RotateTokenForm>(PipelineAddresses.RotateToken, DashboardRole.Admin),
        FormRoute.Of<EndTokenForm>(PipelineAddresses.EndToken, DashboardRole.Admin),
    ];
}
