using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Bulk;
using Signals.Web.Dashboard.Causes;
using Signals.Web.Dashboard.Features;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Messages;
using Signals.Web.Dashboard.Revenue;
using Signals.Web.Dashboard.Segments;
using Signals.Web.Dashboard.Team;
using Signals.Web.Dashboard.Today;
using Signals.Web.Dashboard.Undo;
using Signals.Web.Dashboard.ValueReports;
using Signals.Web.Dashboard.Views;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard;

/// <summary>The pages for people, and the way in.</summary>
internal static class DashboardEndpoints
{
    /// <summary>Registers the dashboard; an <see cref="IDashboardAccess"/> that the host registered before stays.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, string apiToken)
    {
        services.AddSingleton(provider => new Sessions(apiToken, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new FormTokens(apiToken, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new Notices(apiToken));
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<MailedLinks>();
        services.AddSingleton<SignInMailer>();
        services.AddSingleton(provider => new UserSessions(
            apiToken,
            provider.GetRequiredService<IEntityStore>(),
            provider.GetRequiredService<TeamUsers>(),
            provider.GetRequiredService<PassingRows>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<PasskeyBook>();
        services.AddSingleton<PasskeyCeremonies>();
        services.AddSingleton<PasskeyDesk>();
        services.AddSingleton<PasskeySection>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInHandler>();
        services.AddSingleton<SessionAccess>();
        services.TryAddSingleton<IDashboardAccess>(provider => provider.GetRequiredService<SessionAccess>());
        services.AddSingleton<RequestOrigin>();
        services.AddSingleton<Readers>();
        services.AddSingleton<Assets>();
        services.AddSingleton<Layout>();
        services.AddSingleton<DashboardHandler>();
        services.AddSingleton<ModelWords>();
        services.AddSingleton<OwnSegments>();
        services.AddSingleton<SegmentTerms>();
        services.AddSingleton<SegmentComparison>();
        services.AddSingleton<CauseWords>();
        services.AddSingleton<AccountTable>();
        services.AddSingleton<FoundPeople>();
        services.AddSingleton<AccountFileReader>();
        services.AddSingleton<WhySection>();
        services.AddSingleton<SentSection>();
        services.AddSingleton<TimelineSection>();
        services.AddSingleton<ITimelineSource, AccountTimeline>();
        services.AddSingleton<ITimelineSource, NotesTimeline>();
        services.AddSingleton<PeopleTable>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<MoveBook>();
        services.AddSingleton<LevelCounts>();
        services.AddSingleton<FirstTen>();
        services.AddSingleton<RenewalTable>();
        services.AddSingleton<ExpansionTable>();
        services.AddSingleton<OwnWork>();
        services.AddSingleton<ValueReportReader>();
        services.AddSingleton<TopicTable>();
        services.AddSingleton<CauseAccounts>();
        services.AddSingleton<ProblemsSection>();
        services.AddSingleton<FeatureTable>();
        services.AddSingleton<FeatureScores>();
        services.AddSingleton<SunsetSections>();
        services.AddSingleton<PlanSunsetSections>();
        services.AddSingleton<PlanSunsetDays>();
        services.AddSingleton<PlaybookTable>();
        services.AddSingleton<SentTable>();
        services.AddSingleton<MailReader>();
        services.AddSingleton<UndoBook>();
        services.AddSingleton<BulkDesk>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<WorkLetters>();
        foreach (var route in DashboardRoutes.Pages)
            services.TryAddSingleton(route.Page);
        foreach (var route in DashboardRoutes.Forms)
            services.TryAddSingleton(route.Form);
        return services;
    }

    public static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var handler = services.GetRequiredService<DashboardHandler>();
        var pages = endpoints.MapGroup("").WithGroupName("dashboard");
        services.GetRequiredService<Assets>().Map(pages);
        foreach (var route in DashboardRoutes.Pages)
        {
            pages.MapGet(
                route.Path,
                services.GetRequiredService(route.Page) switch
                {
                    IDashboardPage page => handler.Page(route, page),
                    IDashboardDownload download => handler.Download(route, download),
                    var other => throw new InvalidOperationException(
                        $"'{route.Path}' is drawn by {other.GetType().Name}, which is neither a page nor a download."
                    ),
                }
            );
        }
        foreach (var route in DashboardRoutes.Forms)
            pages.MapPost(route.Path, handler.Form(route, (IDashboardForm)services.GetRequiredService(route.Form)));
        if (services.GetRequiredService<IDashboardAccess>() is SessionAccess)
        {
            var signIn = services.GetRequiredService<SignInHandler>();
            pages.MapGet("/signin", (RequestDelegate)signIn.ByLinkAsync);
            pages.MapPost("/signin", (RequestDelegate)signIn.ByTokenAsync);
            pages.MapPost(SignInHandler.MailPath, (RequestDelegate)signIn.AskForMailAsync);
            pages.MapGet(PasskeyParts.SignInPath, (RequestDelegate)signIn.AskForPasskeyAsync);
            pages.MapPost(PasskeyParts.SignInPath, (RequestDelegate)signIn.ByPasskeyAsync);
            pages.MapPost(SignInHandler.OpenPath, (RequestDelegate)signIn.OpenMailedAsync);
        }
        return endpoints;
    }
}
