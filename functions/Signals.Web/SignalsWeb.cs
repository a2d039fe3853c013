using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Model;
using Signals.Core.Processing.Addresses;
using Signals.Core.Processing.Surveys;
using Signals.Web.Addresses;
using Signals.Web.Alerts;
using Signals.Web.Api;
using Signals.Web.Dashboard;
using Signals.Web.Dashboard.Access;
using Signals.Web.Doctor;
using Signals.Web.Doors;
using Signals.Web.Health;
using Signals.Web.Help;
using Signals.Web.Ingestion;
using Signals.Web.Mcp;
using Signals.Web.Schemas;
using Signals.Web.Security;
using Signals.Web.Surveys;
using Signals.Web.Unsubscribe;
using Signals.Web.ValueReports;
using Signals.Web.Webhooks;

namespace Signals.Web;

/// <summary>The whole HTTP face, alike in both hosts.</summary>
public static class SignalsWeb
{
    /// <summary>
    /// Registers ingestion, API, webhooks, the chat channels of alerts, unsubscribe page, dashboard and probes. The host adds
    /// <see cref="Core.SignalsCore.AddSignalsCore"/> and its ports; one that signs people in itself registers an
    /// <see cref="IDashboardAccess"/> before, one that stands behind proxies <see cref="TrustedProxies"/>, one that takes events at
    /// another path too <see cref="EventsPath"/>, one with a library for pages <see cref="BrowserLibrary"/>, one that mails by SendGrid
    /// calls <see cref="SendGridWebhookExtensions.AddSendGridWebhook"/> before, one that knows a Slack app
    /// <see cref="SlackActionsExtensions.AddSlackActions"/>.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="writeKeys">The configured keys of who may send events; people make others on the dashboard.</param>
    /// <param name="apiToken">Opens the API and signs dashboard sessions; 16 characters or more.</param>
    /// <param name="configureIngestion">Changes the limits of ingestion.</param>
    public static IServiceCollection AddSignalsWeb(
        this IServiceCollection services,
        HashedWriteKeys writeKeys,
        string apiToken,
        Action<IngestionOptions>? configureIngestion = null
    )
    {
        services.AddRouting();
        services.AddSingleton(writeKeys);
        services.AddSingleton<WriteKeyRows>();
        services.AddSingleton<WriteKeys>();
        services.AddSingleton<IWriteKeys>(provider => provider.GetRequiredService<WriteKeys>());
        services.AddIngestion(configureIngestion);
        services.AddHostedService<StateGuardService>();
        services.AddHostedService<PipelineWatchService>();
        services.TryAddSingleton(TrustedProxies.None);
        services.TryAddSingleton(EventsPath.None);
        services.AddApiToken(apiToken);
        services.AddApi();
        services.AddMcp();
        services.AddAlertWebhooks();
        services.AddDashboard(apiToken);
        services.AddSingleton<AddressConfirmation>();
        services.AddSingleton<SurveyDesk>();
        services.AddSingleton<HelpEndpoints>();
        services.AddHealth();
        services.AddDoctor();
        services.TryAddSingleton(new SendGridSignature([]));
        services.AddSingleton<SendGridWebhook>();
        services.AddDoors();
        return services;
    }

    /// <summary>
    /// Puts the whole face into a request pipeline: a <see cref="WebApplication"/>, or any other that a host runs requests through.
    /// A sign-in link for the dashboard comes from <see cref="SignInLinks.Create"/>.
    /// </summary>
    public static IApplicationBuilder MapSignalsWeb(this IApplicationBuilder app)
    {
        string product = app.ApplicationServices.GetRequiredService<ValueModel>().Product;
        app.ApplicationServices.GetRequiredService<TrustedProxies>().Use(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<LeadingSlashes>();
        if (app.ApplicationServices.GetRequiredService<EventsPath>() is { Path.HasValue: true } events)
            app.UseMiddleware<EventsPathRewriting>(events);
        app.UseMiddleware<ApiProblems>();
        app.UseMiddleware<DashboardFaults>();
        app.UseMiddleware<UnknownRoutes>();
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapIngestion();
            DoorEndpoint.Map(endpoints);
            HelpEndpoints.Map(endpoints);
            endpoints.MapApi();
            endpoints.MapMcp();
            endpoints.MapUnsubscribe(product);
            endpoints.MapAddresses(product);
            endpoints.MapSurveys();
            endpoints.MapAlertLinks();
            endpoints.MapReports();
            SlackActions.Map(endpoints);
            SendGridWebhook.Map(endpoints);
            endpoints.MapDashboard();
            endpoints.MapSchemas();
            endpoints.MapHealth();
        });
        return app;
    }
}
