using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Signals.Web.Tests.Ingestion;

/// <summary>
/// What a server or mobile library puts on the wire for the same six calls of one person, in its own envelope, headers and writing. The
/// facts (fields, nulls, times, headers) are those of the libraries' public sources in 2026; the words are ours.
/// </summary>
/// <param name="Name">As <c>context.library</c> says.</param>
/// <param name="Path">Where it posts.</param>
/// <param name="Body">The JSON. It was sent at 11:55 UTC by the sender's clock, which runs five minutes late: it is noon by ours.</param>
public sealed record LibraryWire(string Name, string Path, string Body)
{
    public const string WriteKey = "write-key-1";

    public bool Gzip { get; init; }

    public bool KeyInHeader { get; init; } = true;

    public string? ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override string ToString() => Name;

    public HttpRequestMessage Request()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Gzip ? Zip(body) : body) };
        request.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        if (Gzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        if (KeyInHeader)
            request.Headers.Authorization = IngestionHost.Basic(WriteKey + ":");
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return memory.ToArray();
    }

    /// <summary>Ruby: <c>/v1/import</c>, no key in the body, what was not given as null, times in the server's own zone.</summary>
    public static LibraryWire Ruby { get; } =
        new(
            "analytics-ruby/2.5.0",
            "/v1/import",
            """
            {"sentAt":"2025-06-01T13:55:00.000+02:00","batch":[
            {"anonymousId":null,"context":{"library":{"name":"analytics-ruby","version":"2.5.0"}},"integrations":null,"messageId":"rb-1","timestamp":"2025-06-01T13:54:50.000+02:00","userId":"u1","options":null,"type":"identify","traits":{"email":"ann@customer.example","createdAt":"2024-05-01T00:00:00.000Z"}},
            {"anonymousId":null,"context":{"library":{"name":"analytics-ruby","version":"2.5.0"}},"integrations":null,"messageId":"rb-2","timestamp":"2025-06-01T13:54:50.000+02:00","userId":"u1","options":null,"type":"group","groupId":"acme","traits":{"plan":"pro"}},
            {"anonymousId":null,"context":{"groupId":"acme","library":{"name":"analytics-ruby","version":"2.5.0"}},"integrations":{"All":true},"messageId":"rb-3","timestamp":"2025-06-01T13:54:50.000+02:00","userId":"u1","options":null,"type":"track","event":"Report Shared","properties":{"minutes":3}},
            {"anonymousId":null,"context":{"groupId":"acme","library":{"name":"analytics-ruby","version":"2.5.0"}},"integrations":null,"messageId":"rb-4","timestamp":"2025-06-01T13:54:50.000+02:00","userId":"u1","options":null,"type":"page","name":"Home","category":null,"properties":{}},
            {"anonymousId":"a1","context":{"library":{"name":"analytics-ruby","version":"2.5.0"}},"integrations":null,"messageId":"rb-5","timestamp":"2025-06-01T13:54:50.000+02:00","userId":null,"options":null,"type":"screen","name":"Start","properties":{}},
            {"anonymousId":null,"context":{"library":{"name":"analytics-ruby","version":"2.5.0"}},"integrations":null,"messageId":"rb-6","timestamp":"2025-06-01T13:54:50.000+02:00","userId":"u1","options":null,"type":"alias","previousId":"a1"}]}
            """
        )
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Accept"] = "application/json",
                ["User-Agent"] = "analytics-ruby/2.5.0",
                ["X-Retry-Count"] = "2",
            },
        };

    /// <summary>Java: <c>/v1/import</c>, a context and a sequence of the batch, dates in traits as seconds in text.</summary>
    public static LibraryWire Java { get; } =
        new(
            "analytics-java/3.5.2",
            "/v1/import",
            """
            {"batch":[
            {"type":"identify","messageId":"jv-1","sentAt":"2025-06-01T11:55:00.000Z","timestamp":"2025-06-01T11:54:50.000Z","context":{},"userId":"u1","integrations":{},"traits":{"email":"ann@customer.example","createdAt":"1714521600"}},
            {"type":"group","messageId":"jv-2","timestamp":"2025-06-01T11:54:50.000Z","userId":"u1","integrations":{},"groupId":"acme","traits":{"plan":"pro"}},
            {"type":"track","messageId":"jv-3","timestamp":"2025-06-01T11:54:50.000Z","context":{"groupId":"acme"},"userId":"u1","integrations":{"All":true},"event":"Report Shared","properties":{"minutes":3.0}},
            {"type":"page","messageId":"jv-4","timestamp":"2025-06-01T11:54:50.000Z","context":{"groupId":"acme"},"userId":"u1","integrations":{},"name":"Home","properties":{}},
            {"type":"screen","messageId":"jv-5","timestamp":"2025-06-01T11:54:50.000Z","anonymousId":"a1","integrations":{},"name":"Start","properties":{}},
            {"type":"alias","messageId":"jv-6","timestamp":"2025-06-01T11:54:50.000Z","userId":"u1","integrations":{},"previousId":"a1"}],
            "sentAt":"2025-06-01T11:55:00.000Z","context":{"library":{"name":"analytics-java","version":"3.5.2"}},"sequence":7,"writeKey":"write-key-1"}
            """
        )
        {
            ContentType = "application/json; charset=UTF-8",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["User-Agent"] = "analytics-java/3.5.2" },
        };

    /// <summary>Python: the key in header and body, times with <c>+00:00</c>, numeric ids as text, gzip where that was asked for.</summary>
    public static LibraryWire Python { get; } =
        new(
            "analytics-python/2.3.4",
            "/v1/batch",
            """
            {"batch": [
            {"integrations": {}, "anonymousId": null, "timestamp": "2025-06-01T11:54:50.000+00:00", "context": {"library": {"name": "analytics-python", "version": "2.3.4"}}, "type": "identify", "userId": "u1", "traits": {"email": "ann@customer.example", "createdAt": "2024-05-01T00:00:00+00:00"}, "messageId": "py-1"},
            {"integrations": {}, "anonymousId": null, "timestamp": "2025-06-01T11:54:50.000+00:00", "groupId": "acme", "context": {"library": {"name": "analytics-python", "version": "2.3.4"}}, "userId": "u1", "traits": {"plan": "pro"}, "type": "group", "messageId": "py-2"},
            {"integrations": {}, "anonymousId": null, "properties": {"minutes": 3}, "timestamp": "2025-06-01T11:54:50.000+00:00", "context": {"groupId": "acme", "library": {"name": "analytics-python", "version": "2.3.4"}}, "userId": "u1", "type": "track", "event": "Report Shared", "messageId": "py-3"},
            {"integrations": {}, "anonymousId": null, "properties": {}, "timestamp": "2025-06-01T11:54:50.000+00:00", "category": null, "context": {"groupId": "acme", "library": {"name": "analytics-python", "version": "2.3.4"}}, "userId": "u1", "type": "page", "name": "Home", "messageId": "py-4"},
            {"integrations": {}, "anonymousId": "a1", "properties": {}, "timestamp": "2025-06-01T11:54:50.000+00:00", "category": null, "context": {"library": {"name": "analytics-python", "version": "2.3.4"}}, "userId": null, "type": "screen", "name": "Start", "messageId": "py-5"},
            {"integrations": {}, "previousId": "a1", "timestamp": "2025-06-01T11:54:50.000+00:00", "context": {"library": {"name": "analytics-python", "version": "2.3.4"}}, "userId": "u1", "type": "alias", "messageId": "py-6", "anonymousId": null}],
            "sentAt": "2025-06-01T11:55:00.000000+00:00", "writeKey": "write-key-1"}
            """
        )
        {
            Gzip = true,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["User-Agent"] = "analytics-python/2.3.4" },
        };

    /// <summary>
    /// Go: a batch with an id of its own, nanoseconds, an anonymous id that repeats the user's, and zero times where none is set.
    /// </summary>
    public static LibraryWire Go { get; } =
        new(
            "analytics-go/3.3.0",
            "/v1/batch",
            """
            {"messageId":"go-batch-1","sentAt":"2025-06-01T11:55:00.000000001Z","batch":[
            {"type":"identify","messageId":"go-1","anonymousId":"u1","userId":"u1","timestamp":"2025-06-01T11:54:50.000000001Z","traits":{"email":"ann@customer.example","createdAt":"2024-05-01T00:00:00Z","deactivatedAt":"0001-01-01T00:00:00Z"}},
            {"type":"group","messageId":"go-2","userId":"u1","groupId":"acme","timestamp":"2025-06-01T11:54:50.000000001Z","traits":{"plan":"pro","renewalAt":"0001-01-01T00:00:00Z"}},
            {"type":"track","messageId":"go-3","userId":"u1","event":"Report Shared","timestamp":"2025-06-01T11:54:50.000000001Z","originalTimestamp":"0001-01-01T00:00:00Z","context":{"groupId":"acme"},"properties":{"minutes":3}},
            {"type":"page","messageId":"go-4","userId":"u1","name":"Home","timestamp":"2025-06-01T11:54:50.000000001Z","context":{"groupId":"acme"}},
            {"type":"screen","messageId":"go-5","anonymousId":"a1","name":"Start","timestamp":"2025-06-01T11:54:50.000000001Z"},
            {"type":"alias","messageId":"go-6","previousId":"a1","userId":"u1","timestamp":"2025-06-01T11:54:50.000000001Z"}],
            "context":{"library":{"name":"analytics-go","version":"3.3.0"}}}
            """
        )
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["User-Agent"] = "analytics-go (version: 3.3.0)" },
        };

    /// <summary>
    /// PHP: times in whole seconds with an offset, lists for empty objects below the first level, gzip where that was asked for.
    /// </summary>
    public static LibraryWire Php { get; } =
        new(
            "analytics-php/3.8.1",
            "/v1/batch",
            """
            {"batch":[
            {"userId":"u1","traits":{"email":"ann@customer.example","createdAt":1714521600,"tags":[]},"context":{"library":{"name":"analytics-php","version":"3.8.1","consumer":"LibCurl"}},"timestamp":"2025-06-01T07:54:50-04:00","messageId":"ph-1","type":"identify"},
            {"userId":"u1","groupId":"acme","traits":{"plan":"pro"},"context":{"library":{"name":"analytics-php","version":"3.8.1","consumer":"LibCurl"},"app":[]},"timestamp":"2025-06-01T07:54:50-04:00","messageId":"ph-2","type":"group"},
            {"userId":"u1","event":"Report Shared","properties":{"minutes":"3"},"context":{"library":{"name":"analytics-php","version":"3.8.1","consumer":"LibCurl"},"groupId":"acme"},"integrations":[],"timestamp":"2025-06-01T07:54:50-04:00","messageId":"ph-3","type":"track"},
            {"userId":"u1","name":"Home","properties":{},"context":{"library":{"name":"analytics-php","version":"3.8.1","consumer":"LibCurl"},"groupId":"acme"},"timestamp":"2025-06-01T07:54:50-04:00","messageId":"ph-4","type":"page"},
            {"anonymousId":"a1","name":"Start","properties":[],"context":{"library":{"name":"analytics-php","version":"3.8.1","consumer":"LibCurl"}},"timestamp":"2025-06-01T07:54:50-04:00","messageId":"ph-5","type":"screen"},
            {"previousId":"a1","userId":"u1","context":{"library":{"name":"analytics-php","version":"3.8.1","consumer":"LibCurl"}},"timestamp":"2025-06-01T07:54:50-04:00","messageId":"ph-6","type":"alias"}],
            "sentAt":"2025-06-01T07:55:00-04:00"}
            """
        )
        {
            Gzip = true,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["User-Agent"] = "analytics-php/3.8.1" },
        };

    /// <summary>Swift: <c>/v1/b</c>, the key at the very end of the body, a line an event, a context full of the device.</summary>
    public static LibraryWire Swift { get; } =
        new(
            "analytics-swift/1.9.1",
            "/v1/b",
            """
            { "batch": [
            {"type":"identify","messageId":"sw-1","anonymousId":"a1","userId":"u1","timestamp":"2025-06-01T11:54:50.000Z","integrations":{},"_metadata":{"bundled":[],"unbundled":[],"bundledIds":[]},"traits":{"email":"ann@customer.example","createdAt":"2024-05-01"},"context":CONTEXT}
            ,{"type":"group","messageId":"sw-2","anonymousId":"a1","userId":"u1","groupId":"acme","timestamp":"2025-06-01T11:54:50.000Z","integrations":{},"traits":{"plan":"pro"},"context":CONTEXT}
            ,{"type":"track","messageId":"sw-3","anonymousId":"a1","userId":"u1","event":"Report Shared","timestamp":"2025-06-01T11:54:50.000Z","integrations":{},"properties":{"minutes":3},"context":{"groupId":"acme","library":{"name":"analytics-swift","version":"1.9.1"}}}
            ,{"type":"page","messageId":"sw-4","anonymousId":"a1","userId":"u1","name":"Home","timestamp":"2025-06-01T11:54:50.000Z","integrations":{},"properties":{},"context":{"groupId":"acme","library":{"name":"analytics-swift","version":"1.9.1"}}}
            ,{"type":"screen","messageId":"sw-5","anonymousId":"a1","name":"Start","category":"","timestamp":"2025-06-01T11:54:50.000Z","integrations":{},"properties":{},"context":CONTEXT}
            ,{"type":"alias","messageId":"sw-6","anonymousId":"a1","userId":"u1","previousId":"a1","timestamp":"2025-06-01T11:54:50.000Z","integrations":{},"context":CONTEXT}
            ],"sentAt":"2025-06-01T11:55:00.000Z","writeKey":"write-key-1"}
            """.Replace(
                "CONTEXT",
                """{"library":{"name":"analytics-swift","version":"1.9.1"},"app":{"name":"Nimbus","version":"4.2","build":"421","namespace":"example.nimbus"},"device":{"manufacturer":"Apple","type":"ios","model":"iPhone15,2","name":"iPhone","id":"0F"},"os":{"name":"iOS","version":"18.1"},"screen":{"width":393,"height":852},"network":{"bluetooth":false,"cellular":false,"wifi":true},"locale":"fr-FR","timezone":"Europe/Paris","userAgent":"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148","instanceId":"7"}""",
                StringComparison.Ordinal
            )
        )
        {
            KeyInHeader = false,
            ContentType = "application/json; charset=utf-8",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["User-Agent"] = "analytics-ios/1.9.1",
                ["Accept-Encoding"] = "gzip",
            },
        };
}
