using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Model;

namespace Signals.Web.Tests.Ingestion;

/// <summary>What real SDKs put on the wire.</summary>
public sealed class SdkWireTests : IAsyncLifetime
{
    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Segments_node_sdk_sends_basic_and_a_write_key_in_the_body()
    {
        var answer = await _host.PostAsync(
            "/v1/batch",
            """
            {"batch":[{"type":"track","event":"Report Shared","userId":"u1","properties":{"pages":3},"timestamp":"2025-06-01T11:59:58.000Z","context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}},"integrations":{},"messageId":"node-next-1","_metadata":{"nodeVersion":"20"}}],"writeKey":"write-key-1","sentAt":"2025-06-01T11:59:59.000Z"}
            """,
            request => request.Headers.Add("X-Retry-Count", "1")
        );

        answer.IsSuccess();
        var usage = Assert.Single(_host.Events);
        Assert.Equal(
            ("Report Shared", "@segment/analytics-node/3.1.0", IngestionHost.Now.AddSeconds(-1)),
            (usage.Name, usage.Library, usage.Timestamp)
        );
    }

    [Fact]
    public async Task Rudderstacks_node_sdk_sends_gzip_as_a_form()
    {
        byte[] body = IngestionHost.Gzip(
            """
            {"batch":[{"type":"identify","userId":"u1","traits":{"email":"a@example.com"},"originalTimestamp":"2025-06-01T11:00:00.000Z","sentAt":"2025-06-01T11:00:10.000Z","messageId":"r-1"}],"sentAt":"2025-06-01T11:00:10.000Z"}
            """
        );

        var answer = await _host.PostAsync(
            "/v1/batch",
            body,
            request =>
            {
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
                request.Content.Headers.ContentEncoding.Add("gzip");
            }
        );

        answer.IsSuccess();
        Assert.Equal(IngestionHost.Now.AddSeconds(-10), Assert.Single(_host.Events).Timestamp);
    }

    [Fact]
    public async Task Customer_ios_node_sdk_sends_nothing_but_the_batch()
    {
        var answer = await _host.PostAsync(
            "/v1/batch",
            """
            {"batch":[{"type":"group","groupId":"acme","traits":{"plan":"pro"},"userId":"u1","timestamp":"2025-06-01T11:00:00.000Z","messageId":"c-1"}]}
            """
        );

        answer.IsSuccess();
        Assert.Equal(
            (EventType.Group, "acme", IngestionHost.Now.AddHours(-1)),
            (_host.Events[0].Type, _host.Events[0].GroupId, _host.Events[0].Timestamp)
        );
    }

    [Fact]
    public async Task The_c_sharp_sdk_sends_gzip_without_any_header_and_its_key_last()
    {
        byte[] body = IngestionHost.Gzip(
            """
            {"batch":[{"type":"screen","name":"Home","anonymousId":"a1","timestamp":"2025-06-01T11:00:00.000Z","messageId":"s-1","properties":{}}],"sentAt":"2025-06-01T12:00:00.000Z","writeKey":"write-key-1"}
            """
        );

        var answer = await _host.PostAsync(
            "/v1/b",
            body,
            request =>
            {
                request.Headers.Authorization = null;
                request.Content!.Headers.ContentType = null;
            }
        );

        answer.IsSuccess();
        Assert.Equal((ViewNames.Screen, "a1"), (_host.Events[0].Name, _host.Events[0].AnonymousId));
    }

    [Fact]
    public async Task The_c_sharp_sdk_finds_the_integration_it_looks_for()
    {
        using var response = await _host.Client.GetAsync(
            $"/v1/projects/{IngestionHost.WriteKey}/settings",
            TestContext.Current.CancellationToken
        );
        using var unknown = await _host.Client.GetAsync("/v1/projects/other/settings", TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(JsonDocument.Parse(answer.Body).RootElement.GetProperty("integrations").TryGetProperty("Segment.io", out _));
        (await Answer.ReadAsync(unknown)).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/v1/t")]
    [InlineData("/v1/track")]
    public async Task The_browser_library_posts_plain_text_across_origins(string path)
    {
        var answer = await _host.PostAsync(
            path,
            """{"event":"Clicked","anonymousId":"a1","properties":{},"type":"track","writeKey":"write-key-1","sentAt":"2025-06-01T12:00:00Z","timestamp":"2025-06-01T12:00:00Z"}""",
            request =>
            {
                request.Headers.Authorization = null;
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
                request.Headers.Add("Origin", "https://shop.example");
            }
        );

        answer.IsSuccess();
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("Clicked", Assert.Single(_host.Events).Name);
    }

    [Fact]
    public async Task A_browser_may_ask_first()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/batch");
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");

        using var response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("POST", answer.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Contains("Authorization, Content-Type", answer.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anonymousid,authorization,content-type")]
    [InlineData("traceparent,tracestate,baggage,sentry-trace")]
    [InlineData("X-Datadog-Trace-Id, x-b3-traceid")]
    [InlineData("content-type,isLoggedIn,x-custom!header")]
    public async Task A_browser_may_send_whatever_header_its_library_adds(string asked)
    {
        var allowed = (await PreflightAsync("/v1/track", asked))
            .Headers["Access-Control-Allow-Headers"]
            .Split(',', StringSplitOptions.TrimEntries);

        Assert.All([.. asked.Split(',', StringSplitOptions.TrimEntries), "Authorization"], name => Assert.Contains(name, allowed));
    }

    [Theory]
    [InlineData("x-evil: 1")]
    [InlineData("a;b")]
    [InlineData("")]
    [InlineData("<script>")]
    public async Task What_is_no_list_of_headers_is_answered_with_the_usual_ones(string asked)
    {
        var answer = await PreflightAsync("/v1/track", asked);

        Assert.Equal(
            (HttpStatusCode.NoContent, "Authorization, Content-Type, Content-Encoding, X-Retry-Count, X-Strict-Mode"),
            (answer.Status, answer.Headers["Access-Control-Allow-Headers"])
        );
    }

    private async Task<Answer> PreflightAsync(string path, string headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", headers);
        using var response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    [Theory]
    [InlineData("identify", "i", EventType.Identify)]
    [InlineData("track", "t", EventType.Track)]
    [InlineData("page", "p", EventType.Page)]
    [InlineData("screen", "s", EventType.Screen)]
    [InlineData("group", "g", EventType.Group)]
    [InlineData("alias", "a", EventType.Alias)]
    public async Task Each_call_has_a_long_and_a_short_route(string name, string shortName, EventType type)
    {
        const string Body = """{"userId":"u","event":"E","groupId":"g","previousId":"p"}""";

        (await _host.PostAsync("/v1/" + name, Body)).IsSuccess();
        (await _host.PostAsync("/v1/" + shortName, Body)).IsSuccess();

        Assert.Equal([type, type], _host.Events.Select(usage => usage.Type));
    }

    [Theory]
    [InlineData("""{"batch":[{"type":"page","userId":"u","timestamp":"2025-06-01T10:00:00Z"}],"sentAt":"2025-06-01T10:00:00Z"}""", 0)]
    [InlineData(
        """{"sentAt":"2025-06-01T12:00:00.000+02:00","batch":[{"type":"page","userId":"u","timestamp":"2025-06-01T11:59:50+02:00"}]}""",
        -10
    )]
    [InlineData(
        """{"sequence":3,"batch":[{"type":"page","userId":"u","timestamp":"2025-06-01T09:59:00Z","sentAt":"2025-06-01T10:00:00Z"}]}""",
        -60
    )]
    [InlineData("""{"batch":[{"type":"page","userId":"u"}],"writeKey":"write-key-1"}""", 0)]
    public async Task What_Ruby_and_Java_post_to_import_is_live_and_its_clock_corrected(string body, int seconds)
    {
        (await _host.PostAsync("/v1/import", body)).IsSuccess();

        var usage = Assert.Single(_host.Events);
        Assert.Equal((false, usage.ReceivedAt.AddSeconds(seconds)), (usage.Imported, usage.Timestamp));
    }

    [Fact]
    public async Task The_door_for_history_takes_5000_events_as_history()
    {
        string items = string.Join(
            ',',
            Enumerable.Range(0, 5000).Select(i => $$"""{"type":"page","userId":"u{{i}}","timestamp":"2019-01-01T00:00:00Z"}""")
        );

        (await _host.PostAsync("/v1/history", IngestionHost.Gzip($$"""{"batch":[{{items}}]}"""))).IsSuccess();

        Assert.Equal(5000, _host.Events.Count);
        Assert.All(_host.Events, usage => Assert.True(usage.Imported));
    }
}
