using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Doors;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Model.Doors;
using Signals.Web.Webhooks;

namespace Signals.Web.Doors;

/// <summary>
/// <c>POST /v1/in/{door}</c>: what happens in another service. A post is answered once its events are durable, and may come as often and in
/// whatever order it likes: the events bear the service's own ids and times.
/// </summary>
internal sealed partial class DoorEndpoint(
    ValueModel model,
    DoorSecrets secrets,
    DoorReader reader,
    DoorCheck check,
    IngestionService ingestion,
    IntakeGates gates,
    TimeProvider clock,
    ILogger<DoorEndpoint> logger
)
{
    /// <summary>Services post far less; what is larger is refused.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private const string Path = "/v1/in/{door}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(Path, (HttpContext context) => context.RequestServices.GetRequiredService<DoorEndpoint>().HandleAsync(context))
            .ExcludeFromDescription();
        routes
            .MapMethods(
                Path,
                [HttpMethods.Head],
                (HttpContext context) => context.RequestServices.GetRequiredService<DoorEndpoint>().Confirm(context)
            )
            .ExcludeFromDescription();
    }

    /// <summary>Intercom asks whether an address is there before it posts anything (Intercom, "Set up Webhooks").</summary>
    private void Confirm(HttpContext context)
    {
        var (_, keys) = Find(context);
        context.Response.StatusCode = keys.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
    }

    private (Door? Door, IReadOnlyList<byte[]> Keys) Find(HttpContext context)
    {
        string id = context.Route("door");
        var door = model.Doors.FirstOrDefault(one => one.Id == id);
        return (door, door is null ? [] : secrets.Of(door));
    }

    private Task HandleAsync(HttpContext context)
    {
        var (door, keys) = Find(context);
        var posts = new SignedPosts(
            door?.Id ?? "a door",
            MaxBodyBytes,
            closed: "There is no such door here, or no secret is set for it.",
            malformed: "The post cannot be read",
            busy: "The events could not be stored just now; send the same again."
        );
        return posts.HandleAsync(
            context,
            door is not null && keys.Count > 0,
            body =>
            {
                gates.Single.CheckRoom();
                return Task.FromResult(check.Refuse(door!.Signature, keys, context.Request, body.Span));
            },
            body => TakeAsync(context, door!, body),
            logger
        );
    }

    private async Task TakeAsync(HttpContext context, Door door, ReadOnlyMemory<byte> body)
    {
        var reading = reader.Read(door, body, clock.GetUtcNow());
        await ingestion.AcceptAsync(reading.Batch, context.RequestAborted);
        foreach (var item in reading.Items.Where(item => item.Outcome == DoorOutcome.Quarantined))
            LogQuarantined(logger, door.Id, item.Type ?? "");
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            JsonSerializer.Serialize(
                new DoorAnswer(reading.Batch.Events.Count, reading.Batch.Quarantined.Count),
                DoorJson.Default.DoorAnswer
            ),
            context.RequestAborted
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of door {Door} could not be understood and is in quarantine: {Type}")]
    private static partial void LogQuarantined(ILogger logger, string door, string type);
}

/// <summary>What a post became.</summary>
/// <param name="Events">So many events.</param>
/// <param name="Quarantined">So many could not be understood; they are kept with the reason.</param>
internal sealed record DoorAnswer(int Events, int Quarantined);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(DoorAnswer))]
internal sealed partial class DoorJson : System.Text.Json.Serialization.JsonSerializerContext;

public static class DoorServices
{
    /// <summary>Registers what other services post to; the host brings <see cref="DoorSecrets"/> before.</summary>
    public static IServiceCollection AddDoors(this IServiceCollection services)
    {
        services.TryAddSingleton(DoorSecrets.None);
        services.AddSingleton<DoorReader>();
        services.AddSingleton<DoorCheck>();
        services.AddSingleton<DoorEndpoint>();
        return services;
    }
}
