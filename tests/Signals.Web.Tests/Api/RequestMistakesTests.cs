using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signals.Web.Tests.Ingestion;

namespace Signals.Web.Tests.Api;

/// <summary>Mistakes that people make in requests, and what each is told.</summary>
public sealed class RequestMistakesTests : IAsyncLifetime
{
    private const string Good = """{"type":"track","event":"Shared","userId":"u1"}""";

    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Method and address, whose key or token, the body; the status and what the answer must say.</summary>
    public static TheoryData<string, string?, string?, int, string[]> Mistakes =>
        new()
        {
            // Addresses.
            { "POST /v1/trak", SignalsHost.WriteKey, Good, 404, ["/v1/trak", "Did you mean /v1/track?"] },
            { "POST /v1/events", SignalsHost.WriteKey, Good, 404, ["/v1/events", "/v1/batch"] },
            { "POST /track", SignalsHost.WriteKey, Good, 404, ["Did you mean /v1/track?"] },
            { "POST /batch", SignalsHost.WriteKey, Good, 404, ["Did you mean /v1/batch?"] },
            { "POST /api/v1/track", SignalsHost.WriteKey, Good, 404, ["Did you mean /v1/track?"] },
            { "POST /v2/track", SignalsHost.WriteKey, Good, 404, ["Did you mean /v1/track?"] },
            { "GET /api/acounts", SignalsHost.ApiToken, null, 404, ["Did you mean /api/accounts?"] },
            { "GET /api/account/acme", SignalsHost.ApiToken, null, 404, ["Did you mean /api/accounts/acme?"] },
            { "GET /api/accounts/acme/people/all", SignalsHost.ApiToken, null, 404, ["/openapi/v1.json"] },
            { "GET /openapi.json", null, null, 404, ["/openapi/v1.json"] },
            { "GET /schemas/value_model.json", null, null, 404, ["/schemas/value-model.json"] },
            { "GET /health", null, null, 404, ["Did you mean /healthz?"] },
            { "POST /webhooks/sendgird", null, "[]", 404, ["Did you mean /webhooks/sendgrid?"] },
            // Methods.
            { "GET /v1/track", SignalsHost.WriteKey, null, 405, ["Found GET /v1/track, expected", "POST"] },
            { "POST /api/accounts", SignalsHost.ApiToken, "{}", 405, ["Found POST, expected GET"] },
            // Keys.
            { "POST /v1/track", null, Good, 401, ["no write key", "Basic user name", "'writeKey' in the body"] },
            { "POST /v1/track", "other", Good, 401, ["not known here"] },
            { "GET /api/accounts", null, null, 401, ["token"] },
            { "GET /api/accounts", SignalsHost.WriteKey, null, 401, ["token"] },
            { "GET /sourceConfig", null, null, 401, ["no write key"] },
            // Bodies.
            { "POST /v1/track", SignalsHost.WriteKey, "", 400, ["JSON"] },
            { "POST /v1/track", SignalsHost.WriteKey, "event=Shared&userId=u1", 400, ["JSON"] },
            { "POST /v1/track", SignalsHost.WriteKey, "[" + Good + "]", 400, ["object"] },
            { "POST /v1/batch", SignalsHost.WriteKey, Good, 400, ["batch"] },
            { "POST /v1/batch", SignalsHost.WriteKey, "[" + Good + "]", 400, ["batch"] },
            { "POST /v1/batch", SignalsHost.WriteKey, """{"batch":{}}""", 400, ["batch"] },
            { "POST /v1/cloudevents", SignalsHost.WriteKey, Good, 400, ["application/cloudevents+json", "ce-*"] },
            // What one event lacks, in strict mode.
            { "POST! /v1/track", SignalsHost.WriteKey, """{"userId":"u1"}""", 400, ["event"] },
            { "POST! /v1/track", SignalsHost.WriteKey, """{"event":"Shared"}""", 400, ["userId", "anonymousId"] },
            { "POST! /v1/track", SignalsHost.WriteKey, """{"event":"Shared","userId":"undefined"}""", 400, ["userId"] },
            { "POST! /v1/group", SignalsHost.WriteKey, """{"userId":"u1"}""", 400, ["groupId"] },
            { "POST! /v1/alias", SignalsHost.WriteKey, """{"userId":"u1"}""", 400, ["previousId"] },
            {
                "POST! /v1/batch",
                SignalsHost.WriteKey,
                """{"batch":[{"type":"trak","event":"A","userId":"u1"}]}""",
                400,
                ["type", "track"]
            },
            { "POST! /v1/track", SignalsHost.WriteKey, """{"event":"A","userId":"u1","timestamp":"yesterday"}""", 400, ["timestamp"] },
            {
                "POST! /v1/track",
                SignalsHost.WriteKey,
                """{"event":"A","userId":"u1","timestamp":"1999-01-01T00:00:00Z"}""",
                400,
                ["timestamp"]
            },
            // The API's own words.
            { "GET /api/accounts?risk=high", SignalsHost.ApiToken, null, 400, ["risk", "at-risk", "critical"] },
            { "GET /api/accounts?cause=friktion", SignalsHost.ApiToken, null, 400, ["cause", "friction"] },
            { "GET /api/accounts/nobody", SignalsHost.ApiToken, null, 404, ["There is no account 'nobody'"] },
            { "GET /api/outreach?state=done", SignalsHost.ApiToken, null, 400, ["state", "sent"] },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_a_request_is_told_with_what_to_do(string asked, string? key, string? body, int status, string[] words)
    {
        string[] parts = asked.Split(' ', 2);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0].TrimEnd('!')), parts[1]);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (parts[0].EndsWith('!'))
            request.Headers.Add("X-Strict-Mode", "1");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);

        using var response = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        string told = Told(text);
        Assert.All(words, word => Assert.Contains(word, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_page_of_another_origin_asked_for_wrongly_it_may_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/trak");
        request.Headers.Add("Origin", "https://shop.example");

        using var response = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("*", (await Answer.ReadAsync(response)).Headers["Access-Control-Allow-Origin"]);
    }

    /// <summary>The detail, and each fault that strict mode lists.</summary>
    private static string Told(string text)
    {
        using var document = JsonDocument.Parse(text);
        var problem = document.RootElement;
        string told = problem.GetProperty("detail").GetString()!;
        if (problem.TryGetProperty("faults", out var faults))
            told += string.Concat(
                faults
                    .EnumerateArray()
                    .Select(fault =>
                        $"\n{fault.GetProperty("path")}: found {fault.GetProperty("found")}, expected {fault.GetProperty("expected")}"
                    )
            );
        return told;
    }
}
