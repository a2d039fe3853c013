using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Experiments;
using Signals.Core.State.Seen;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>The API for scripts and other systems, behind the API token.</summary>
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
        var api = endpoints.MapGroup("/api").RequireApiToken();
        api.MapGet("/accounts", (RequestDelegate)accounts.ListAsync);
        api.MapGet("/accounts/{id}", (RequestDelegate)accounts.GetAsync);
        api.MapGet("/accounts/{id}/people", (RequestDelegate)accounts.PeopleAsync);
        api.MapPost("/accounts/{id}/review", (RequestDelegate)accounts.ReviewAsync);
        api.MapPost("/reviews", (RequestDelegate)accounts.ReviewAllAsync);
        api.MapGet("/causes", (RequestDelegate)accounts.CausesAsync);
        api.MapGet("/features", (RequestDelegate)measures.FeaturesAsync);
        api.MapGet("/retention", (RequestDelegate)measures.RetentionAsync);
        api.MapGet("/surveys", (RequestDelegate)measures.SurveysAsync);
        api.MapGet("/outreach", (RequestDelegate)outreach.ListAsync);
        api.MapGet("/outreach/{id}", (RequestDelegate)outreach.GetAsync);
        api.MapGet("/alerts", (RequestDelegate)alerts.ListAsync);
        api.MapGet("/alerts/{id}", (RequestDelegate)alerts.GetAsync);
        api.MapPost("/alerts/{id}/ack", (RequestDelegate)alerts.AcknowledgeAsync);
        api.MapPost("/alerts/{id}/snooze", (RequestDelegate)alerts.SnoozeAsync);
        api.MapPost("/alerts/{id}/resolve", (RequestDelegate)alerts.ResolveAsync);
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
        );
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
        );
        api.MapGet("/people/{id}", (RequestDelegate)people.GetAsync);
        api.MapDelete("/people/{id}", (RequestDelegate)erasures.DeletePersonAsync);
        api.MapDelete("/accounts/{id}", (RequestDelegate)erasures.DeleteAccountAsync);
        api.MapGet("/erasures", (RequestDelegate)erasures.ListAsync);
        api.MapPost("/erasures", (RequestDelegate)erasures.PostAsync);
        api.MapGet("/erasures/{id}", (RequestDelegate)erasures.GetAsync);
        api.MapPost("/erasures/restore", (RequestDelegate)erasures.RestoreAsync);
        api.MapGet("/accounts/{id}/export", (RequestDelegate)people.AccountAsync);
        api.MapGet("/suppressions", (RequestDelegate)suppressions.ExportAsync);
        api.MapPost("/suppressions", (RequestDelegate)suppressions.ImportAsync);
        api.MapGet("/keys", (RequestDelegate)keys.ListAsync);
        api.MapPost("/keys", (RequestDelegate)keys.CreateAsync);
        api.MapPost("/keys/{id}/kind", (RequestDelegate)keys.SetKindAsync);
        foreach (string path in new[] { "/regulations", "/v1beta/workspaces/{workspace}/regulations" })
            endpoints.MapPost(path, (RequestDelegate)erasures.RegulateAsync).RequireApiToken();
        endpoints.MapGet("/openapi/v1.json", (RequestDelegate)OpenApiDocument.AnswerAsync);
        return endpoints;
    }
}
