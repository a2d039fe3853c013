using System.Text.Encodings.Web;
using System.Text.Json;
using Signals.Core.Model;

namespace Signals.Core.Response.Webhooks;

/// <summary>An event as it is posted.</summary>
/// <remarks>The Standard Webhooks specification 1.0; CloudEvents 1.0.2, structured JSON.</remarks>
public static class WebhookBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ContentTypeOf(WebhookFormat format) =>
        format == WebhookFormat.CloudEvents ? "application/cloudevents+json" : "application/json";

    /// <param name="format">How the endpoint reads.</param>
    /// <param name="id">The event's.</param>
    /// <param name="told">The event.</param>
    /// <param name="source">Where it comes from: the address of the app.</param>
    public static byte[] Write(WebhookFormat format, string id, WebhookEvent told, string source)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, Options))
        {
            writer.WriteStartObject();
            if (format == WebhookFormat.CloudEvents)
            {
                writer.WriteString("specversion", "1.0");
                writer.WriteString("id", id);
                writer.WriteString("source", source);
                writer.WriteString("type", "signals." + told.Type);
                if (told.Account.Length > 0)
                    writer.WriteString("subject", told.Account);
                writer.WriteString("time", told.At.UtcDateTime);
                writer.WriteString("datacontenttype", "application/json");
            }
            else
            {
                writer.WriteString("type", told.Type);
                writer.WriteString("timestamp", told.At.UtcDateTime);
            }
            writer.WritePropertyName("data");
            told.Data.WriteTo(writer);
            writer.WriteEndObject();
        }
        return memory.ToArray();
    }
}
