using System.Buffers;
using System.Text.Json;

namespace Signals.Web.Ingestion;

/// <summary>
/// What SDKs ask of their vendor before they send anything. The answers name this app as the place to send to, the key, and no other
/// destination, plug-in or statistics.
/// </summary>
internal static class SdkSettings
{
    /// <summary>
    /// Segment's: C#, Swift and Kotlin want the integration, the browser's posts to <c>{protocol}://{apiHost}</c>. Its requests outlive the
    /// page (keepalive); one that a browser will not keep goes into the library's own queue and comes on the next page.
    /// </summary>
    public static ReadOnlyMemory<byte> Segment(string writeKey, SdkAddress address) =>
        Write(json =>
        {
            json.WriteStartObject("integrations");
            json.WriteStartObject("Segment.io");
            json.WriteString("apiKey", writeKey);
            json.WriteString("apiHost", address.Host + "/v1");
            json.WriteString("protocol", address.Protocol);
            json.WriteStartObject("deliveryStrategy");
            json.WriteString("strategy", "standard");
            json.WriteStartObject("config");
            json.WriteBoolean("keepalive", true);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("metrics");
            json.WriteNumber("sampleRate", 0);
            json.WriteEndObject();
        });

    /// <summary>RudderStack's: a source that is on, sends to its data plane alone, and reports nothing about itself.</summary>
    public static ReadOnlyMemory<byte> RudderStack(string writeKey) =>
        Write(json =>
        {
            json.WriteStartObject("source");
            json.WriteString("id", "signals");
            json.WriteString("name", "signals");
            json.WriteString("writeKey", writeKey);
            json.WriteBoolean("enabled", true);
            json.WriteString("workspaceId", "signals");
            json.WriteStartArray("destinations");
            json.WriteEndArray();
            json.WriteStartObject("config");
            json.WriteStartObject("statsCollection");
            foreach (string kind in (string[])["errors", "metrics"])
            {
                json.WriteStartObject(kind);
                json.WriteBoolean("enabled", false);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
