using Microsoft.AspNetCore.Http;
using Signals.Core.Intake.CloudEvents;
using Signals.Core.Intake.Events;

namespace Signals.Web.Ingestion;

/// <summary>
/// Tells CloudEvents' three content modes (CloudEvents HTTP Protocol Binding 1.0, section 3) and Event Grid's schema apart.
/// </summary>
internal static class CloudEventRequest
{
    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";

    public static ReadEvents Read(HttpRequest request, Memory<byte> body, DateTimeOffset receivedAt, IntakeRules rules)
    {
        string mediaType = request.ContentType ?? "";
        if (mediaType.StartsWith(Batched, StringComparison.OrdinalIgnoreCase))
            return CloudEventReader.ReadBatch(body, receivedAt, rules);
        if (mediaType.StartsWith(Structured, StringComparison.OrdinalIgnoreCase))
            return CloudEventReader.ReadStructured(body, receivedAt, rules);
        if (Attribute(request, "specversion") is null && EventGridSchema.IsSchema(body.Span))
            return body.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8)
                ? CloudEventReader.ReadBatch(body, receivedAt, rules)
                : CloudEventReader.ReadStructured(body, receivedAt, rules);
        if (Attribute(request, "specversion") is null)
            throw IngestionRefusal.BadRequest(
                $"Found no CloudEvent; expected the content type {Structured} or {Batched}, ce-* headers, or Event Grid's schema."
            );
        return CloudEventReader.ReadBinary(AttributesOf(request), body, receivedAt, rules);
    }

    private static CloudEventAttributes AttributesOf(HttpRequest request) =>
        new()
        {
            SpecVersion = Attribute(request, "specversion"),
            Id = Attribute(request, "id"),
            Source = Attribute(request, "source"),
            Type = Attribute(request, "type"),
            Subject = Attribute(request, "subject"),
            Time = Attribute(request, "time"),
            GroupId = Attribute(request, "groupid"),
            DataContentType = request.ContentType,
        };

    /// <summary>An attribute's header; what HTTP cannot carry in one is percent-encoded there (section 3.1.3.2).</summary>
    private static string? Attribute(HttpRequest request, string name) =>
        request.Headers.TryGetValue("ce-" + name, out var values) ? Uri.UnescapeDataString(values.ToString()) : null;
}
