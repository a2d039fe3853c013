using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Model;

namespace Signals.Web.Ingestion;

/// <summary>The ingestion surface: Segment's HTTP Tracking API, what SDKs ask for before they send, and CloudEvents.</summary>
public static class IngestionEndpoints
{
    private static readonly (string Name, string Short, EventType Type)[] Calls =
    [
        ("identify", "i", EventType.Identify),
        ("track", "t", EventType.Track),
        ("page", "p", EventType.Page),
        ("screen", "s", EventType.Screen),
        ("group", "g", EventType.Group),
        ("alias", "a", EventType.Alias),
    ];

    /// <summary>
    /// Registers what <see cref="MapIngestion"/> needs. The host brings <see cref="Core.Platform.Messaging.IMessageQueue"/>, an
    /// <see cref="IWriteKeys"/>, and <see cref="TimeProvider"/> where it is not the system's.
    /// </summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, Action<IngestionOptions>? configure = null)
    {
        var options = new IngestionOptions();
        configure?.Invoke(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.TryAddSingleton(provider => provider.GetService<ValueModel>() is { } model ? new IntakeRules(model) : IntakeRules.Usual);
        services.AddSingleton<Backlog>();
        services.AddSingleton<IntakeGates>();
        services.AddSingleton<IntakeLull>();
        services.AddSingleton<IngestionService>();
        services.AddSingleton<IngestionHandler>();
        return services;
    }

    /// <summary>
    /// Maps the routes under <c>/v1</c>, and what libraries of pages ask for elsewhere. Other methods on them are answered 405.
    /// </summary>
    public static IEndpointRouteBuilder MapIngestion(this IEndpointRouteBuilder endpoints)
    {
        var handler = endpoints.ServiceProvider.GetRequiredService<IngestionHandler>();
        foreach (var (name, shortName, type) in Calls)
        {
            endpoints.MapCall($"/v1/{name}", context => handler.TakeSingleAsync(context, type));
            endpoints.MapCall($"/v1/{shortName}", context => handler.TakeSingleAsync(context, type));
        }
        endpoints.MapCall("/v1/batch", handler.TakeBatchAsync);
        endpoints.MapCall("/v1/b", handler.TakeBatchAsync);
        endpoints.MapCall("/v1/import", handler.TakeImportAsync);
        endpoints.MapCall("/v1/history", handler.TakeHistoryAsync);
        endpoints.MapPost("/v1/cloudevents", handler.TakeCloudEventsAsync).ExcludeFromDescription();
        endpoints
            .MapMethods("/v1/cloudevents", [HttpMethods.Options], (RequestDelegate)WebhookHandshake.AnswerAsync)
            .ExcludeFromDescription();
        endpoints.MapSdk("/v1/projects/{writeKey}/settings", handler.AnswerSegmentSettingsAsync);
        endpoints.MapSdk("/sourceConfig", handler.AnswerRudderStackSettingsAsync);
        var library = endpoints.ServiceProvider.GetService<BrowserLibrary>() ?? BrowserLibrary.None;
        endpoints.MapSdk("/analytics.js/v1/{writeKey}/analytics.min.js", library.AnswerAsync);
        // Lists of blockers name the address before, whatever the host and whatever stands in front of it.
        endpoints.MapSdk("/v1/library.js", library.AnswerAsync);
        endpoints.MapCall("/beacon/v1/batch", handler.TakeBeaconAsync);
        return endpoints;
    }

    /// <summary>What an SDK asks for before it sends anything.</summary>
    private static void MapSdk(this IEndpointRouteBuilder endpoints, string path, RequestDelegate answer)
    {
        endpoints.MapGet(path, answer).ExcludeFromDescription();
        endpoints.MapPreflight(path);
    }

    private static void MapCall(this IEndpointRouteBuilder endpoints, string path, RequestDelegate take)
    {
        endpoints.MapPost(path, take).ExcludeFromDescription();
        endpoints.MapPreflight(path);
    }

    private static void MapPreflight(this IEndpointRouteBuilder endpoints, string path) =>
        endpoints.MapMethods(path, [HttpMethods.Options], (RequestDelegate)CrossOrigin.AnswerPreflightAsync).ExcludeFromDescription();
}
