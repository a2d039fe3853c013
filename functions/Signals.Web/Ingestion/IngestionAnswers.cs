using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Signals.Core.Intake.Events;

namespace Signals.Web.Ingestion;

/// <summary>
/// What senders are told: Segment's <c>{"success":true}</c>, or an RFC 9457 problem with <c>"success":false</c> beside it.
/// </summary>
internal static class IngestionAnswers
{
    private static readonly byte[] Success = """{"success":true}"""u8.ToArray();

    public static Task WriteSuccessAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Success.Length;
        return context.Response.Body.WriteAsync(Success, context.RequestAborted).AsTask();
    }

    /// <summary>The answer to Event Grid's question whether its events are wanted.</summary>
    public static Task WriteValidationAsync(HttpContext context, string code)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("validationResponse", code);
            json.WriteEndObject();
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        return context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).AsTask();
    }

    public static Task WriteRefusalAsync(HttpContext context, IngestionRefusal refusal)
    {
        if (refusal.RetryAfter is { } delay)
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"signals\"";
        return WriteProblemAsync(context, refusal.Status, refusal.Message, []);
    }

    /// <summary>Strict mode's answer: every fault of the body, nothing of which was kept.</summary>
    public static Task WriteFaultsAsync(HttpContext context, IReadOnlyList<EventFault> faults, int events) =>
        WriteProblemAsync(
            context,
            StatusCodes.Status400BadRequest,
            $"{faults.Count} of {events} events cannot be understood; strict mode kept none of them.",
            faults
        );

    private static Task WriteProblemAsync(HttpContext context, int status, string detail, IReadOnlyList<EventFault> faults)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            WriteProblem(json, status, detail, faults);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = buffer.WrittenCount;
        return context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static void WriteProblem(Utf8JsonWriter json, int status, string detail, IReadOnlyList<EventFault> faults)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteBoolean("success", false);
        if (faults.Count > 0)
            WriteFaults(json, faults);
        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, IReadOnlyList<EventFault> faults)
    {
        json.WriteStartArray("faults");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteNumber("index", fault.Index);
            json.WriteString("path", fault.Path);
            json.WriteString("found", fault.Found);
            json.WriteString("expected", fault.Expected);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
