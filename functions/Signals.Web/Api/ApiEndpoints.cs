using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Experiments;
using Signals.Core.State.Seen;
using Signals.Web.Dashboard.Access;
using Signals.Web.Help;
using Signals.Web.Security;
using Signals.Web.Warehouse;

namespace Signals.Web.Api;

/// <summary>The API for scripts and other systems, behind a token. What no role is said of is an admin's.</summary>
internal static class ApiEndpoints
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<AccountFinder>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton<AccountReader>();
        services.AddSingleton<AccountsApi>();
        services.AddSingleton<OutreachPages>();
        services.AddSingleton<OutreachApi>();
        services.AddSingleton<AlertPages>();
        services.AddSingleton<AlertsApi>();
        services.AddSingleton<MeasuresApi>();
        services.AddSingleton<PipelineReader>();
        services.AddSingleton<SuppressionsApi>();
        services.AddSingleton<KeysApi>();
        services.AddSingleton<PersonDesk>();
        services.AddSingleton<PeopleApi>();
        services.AddSingleton<ErasuresApi>();
        services.AddSingleton<HelpKeyApi>();
        services.AddSingleton<ExportReader>();
        services.AddSingleton<ExportEndpoints>();
        return services;
    }

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        var accounts = endpoints.ServiceProvider.GetRequiredService<AccountsApi>();
        var outreach = endpoints.ServiceProvider.GetRequiredService<OutreachApi>();
        var alerts = endpoints.ServiceProvider.GetRequiredService<AlertsApi>();
        var measures = endpoints.ServiceProvider.GetRequiredService<MeasuresApi>();
        var pipeline = endpoints.ServiceProvider.GetRequiredService<PipelineReader>();
        var seen = endpoints.ServiceProvider.GetRequiredService<SeenBook>();
        var suppressions = endpoints.ServiceProvider.GetRequiredService<SuppressionsApi>();
        var keys = endpoints.ServiceProvider.GetRequiredService<KeysApi>();
        var people = endpoints.ServiceProvider.GetRequiredService<PeopleApi>();
        var erasures = endpoints.ServiceProvider.GetRequiredService<ErasuresApi>();
        var effects = endpoints.ServiceProvider.GetRequiredService<EffectLog>();
        var helpKey = endpoints.ServiceProvider.GetRequiredService<HelpKeyApi>();
        var api = endpoints.MapGroup("/api").RequireApiToken();
        api.MapGet("/accounts", (RequestDelegate)accounts.ListAsync).Needs(DashboardRole.Reader);
        api.MapGet("/accounts/{id}", (RequestDelegate)accounts.GetAsync).Needs(DashboardRole.Reader);
        api.MapGet("/accounts/{id}/people", (RequestDelegate)accounts.PeopleAsync).Needs(DashboardRole.Reader);
        api.MapPost("/accounts/{id}/review", (RequestDelegate)accounts.ReviewAsync).Needs(DashboardRole.Manager);
        api.MapPost("/reviews", (RequestDelegate)accounts.ReviewAllAsync).Needs(DashboardRole.Manager);
        api.MapGet("/causes", (RequestDelegate)accounts.CausesAsync).Needs(DashboardRole.Reader);
        api.MapGet("/features", (RequestDelegate)measures.FeaturesAsync).Needs(DashboardRole.Reader);
        api.MapGet("/retention", (RequestDelegate)measures.RetentionAsync).Needs(DashboardRole.Reader);
        api.MapGet("/revenue", (RequestDelegate)measures.RevenueAsync).Needs(DashboardRole.Reader);
        api.MapGet("/support", (RequestDelegate)measures.SupportAsync).Needs(DashboardRole.Reader);
        api.MapGet("/segments", (RequestDelegate)measures.SegmentsAsync).Needs(DashboardRole.Reader);
        api.MapGet("/surveys", (RequestDelegate)measures.SurveysAsync).Needs(DashboardRole.Reader);
        api.MapGet("/outreach", (RequestDelegate)outreach.ListAsync).Needs(DashboardRole.Reader);
        api.MapGet("/outreach/{id}", (RequestDelegate)outreach.GetAsync).Needs(DashboardRole.Reader);
        api.MapGet("/alerts", (RequestDelegate)alerts.ListAsync).Needs(DashboardRole.Reader);
        api.MapGet("/alerts/{id}", (RequestDelegate)alerts.GetAsync).Needs(DashboardRole.Reader);
        api.MapPost("/alerts/{id}/ack", (RequestDelegate)alerts.AcknowledgeAsync).Needs(DashboardRole.Manager);
        api.MapPost("/alerts/{id}/snooze", (RequestDelegate)alerts.SnoozeAsync).Needs(DashboardRole.Manager);
        api.MapPost("/alerts/{id}/resolve", (RequestDelegate)alerts.ResolveAsync).Needs(DashboardRole.Manager);
        api.MapGet(
                "/experiments",
                (RequestDelegate)(
                    async context =>
                        await ApiAnswers.WriteAsync(
                            context,
                            new ExperimentViews([.. (await effects.ReadAsync(context.RequestAborted)).Select(ExperimentView.Of)]),
                            ApiJson.Default.ExperimentViews
                        )
                )
            )
            .Needs(DashboardRole.Reader);
        api.MapGet(
                "/pipeline",
                (RequestDelegate)(
                    async context =>
                        await ApiAnswers.WriteAsync(
                            context,
                            await pipeline.ReadAsync(context.RequestAborted) with
                            {
                                Seen = SeenView.Of(await seen.ReadAsync(context.RequestAborted)),
                            },
                            ApiJson.Default.PipelineView
                        )
                )
            )
            .Needs(DashboardRole.Reader);
        api.MapGet("/help/key", (RequestDelegate)helpKey.GetAsync).Needs(DashboardRole.Admin);
        api.MapGet("/people/{id}", (RequestDelegate)people.GetAsync).Needs(DashboardRole.Admin);
        api.MapDelete("/people/{id}", (RequestDelegate)erasures.DeletePersonAsync).Needs(DashboardRole.Admin);
        api.MapDelete("/accounts/{id}", (RequestDelegate)erasures.DeleteAccountAsync).Needs(DashboardRole.Admin);
        api.MapGet("/erasures", (RequestDelegate)erasures.ListAsync).Needs(DashboardRole.Admin);
        api.MapPost("/erasures", (RequestDelegate)erasures.PostAsync).Needs(DashboardRole.Admin);
        api.MapGet("/erasures/{id}", (RequestDelegate)erasures.GetAsync).Needs(DashboardRole.Admin);
        api.MapPost("/erasures/restore", (RequestDelegate)erasures.RestoreAsync).Needs(DashboardRole.Admin);
        api.MapGet("/accounts/{id}/export", (RequestDelegate)people.AccountAsync).Needs(DashboardRole.Admin);
        api.MapGet("/suppressions", (RequestDelegate)suppressions.ExportAsync).Needs(DashboardRole.Manager);
        api.MapPost("/suppressions", (RequestDelegate)suppressions.ImportAsync).Needs(DashboardRole.Manager);
        api.MapGet("/keys", (RequestDelegate)keys.ListAsync).Needs(DashboardRole.Admin);
        api.MapPost("/keys", (RequestDelegate)keys.CreateAsync).Needs(DashboardRole.Admin);
        api.MapPost("/keys/{id}/kind", (RequestDelegate)keys.SetKindAsync).Needs(DashboardRole.Admin);
        endpoints.ServiceProvider.GetRequiredService<ExportEndpoints>().Map(api);
        var regulations = endpoints.MapGroup("").RequireApiToken();
        foreach (string path in new[] { "/regulations", "/regulations/sources/{source}", "/v1beta/workspaces/{workspace}/regulations" })
            regulations.MapPost(path, (RequestDelegate)erasures.RegulateAsync).Needs(DashboardRole.Admin);
        regulations.MapGet("/regulations/{id}", (RequestDelegate)erasures.RegulationAsync).Needs(DashboardRole.Admin);
        endpoints.MapGet("/openapi/v1.json", (RequestDelegate)OpenApiDocument.AnswerAsync);
        return endpoints;
    }
}
