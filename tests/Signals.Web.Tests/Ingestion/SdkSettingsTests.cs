using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Mail;
using Signals.Web.Ingestion;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Ingestion;

/// <summary>What SDKs are told of where to send, by the way they came.</summary>
public sealed class SdkSettingsTests
{
    private const string Settings = $"/v1/projects/{SignalsHost.BrowserKey}/settings";

    /// <summary>Scheme and host, the page's origin, the path, the address that customers see; what the answer must say.</summary>
    public static TheoryData<string, string?, string, string?, string> Ways =>
        new()
        {
            { "signals.example", "https://shop.example", "", null, "https://signals.example/v1" },
            { "signals.example", "http://shop.example", "", null, "http://signals.example/v1" },
            { "signals.example", null, "", "https://signals.example", "https://signals.example/v1" },
            { "www.shop.example", null, "", "https://www.shop.example/help-desk/", "https://www.shop.example/help-desk/v1" },
            { "signals.example", null, "/ev", "https://signals.example", "https://signals.example/ev/v1" },
            { "other.example", "https://shop.example", "/ev", "https://signals.example", "https://other.example/ev/v1" },
            { "localhost:5080", "https://shop.example", "", null, "http://localhost:5080/v1" },
            { "127.0.0.1:5080", "https://shop.example", "", "https://signals.example", "http://127.0.0.1:5080/v1" },
            { "[::1]:5080", "https://shop.example", "", null, "http://[::1]:5080/v1" },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_browser_library_is_told_the_address_that_it_came_by(
        string host,
        string? origin,
        string path,
        string? publicUrl,
        string expected
    )
    {
        await using var signals = new SignalsHost { Configure = services => services.AddSingleton(EventsPath.Parse("/ev")!) };
        await signals.InitializeAsync();
        signals.Services.GetRequiredService<PublicAddress>().Url = (publicUrl ?? "http://localhost").TrimEnd('/');
        using var request = new HttpRequestMessage(HttpMethod.Get, path + Settings);
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var response = await signals.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        var settings = JsonSerializer.Deserialize<JsonElement>(answer.Body);
        var segment = settings.GetProperty("integrations").GetProperty("Segment.io");
        Assert.Equal(expected, $"{segment.GetProperty("protocol").GetString()}://{segment.GetProperty("apiHost").GetString()}");
        Assert.Equal(SignalsHost.BrowserKey, segment.GetProperty("apiKey").GetString());
        Assert.True(segment.GetProperty("deliveryStrategy").GetProperty("config").GetProperty("keepalive").GetBoolean());
        Assert.Equal(0, settings.GetProperty("metrics").GetProperty("sampleRate").GetInt32());
        Assert.Single(settings.GetProperty("integrations").EnumerateObject());
    }

    [Fact]
    public async Task RudderStacks_is_told_of_a_source_that_is_on_and_reports_nothing()
    {
        await using var signals = new SignalsHost();
        await signals.InitializeAsync();

        using var response = await signals.Stranger.GetAsync(
            $"/sourceConfig/?p=npm&v=3&writeKey={SignalsHost.BrowserKey}",
            TestContext.Current.CancellationToken
        );
        using var unknown = await signals.Stranger.GetAsync("/sourceConfig/?writeKey=other", TestContext.Current.CancellationToken);
        using var none = await signals.Stranger.GetAsync("/sourceConfig", TestContext.Current.CancellationToken);

        var source = JsonSerializer.Deserialize<JsonElement>((await Answer.ReadAsync(response)).Body).GetProperty("source");
        Assert.True(source.GetProperty("enabled").GetBoolean());
        Assert.Empty(source.GetProperty("destinations").EnumerateArray());
        Assert.All(
            source.GetProperty("config").GetProperty("statsCollection").EnumerateObject(),
            kind => Assert.False(kind.Value.GetProperty("enabled").GetBoolean())
        );
        Assert.Contains("not known", (await Answer.ReadAsync(unknown)).Detail(HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        Assert.Contains("no write key", (await Answer.ReadAsync(none)).Detail(HttpStatusCode.Unauthorized), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_beacons_key_is_in_its_query_and_is_kept_out_of_the_quarantine()
    {
        await using var host = new IngestionHost();
        await host.InitializeAsync();

        var answer = await host.PostAsync(
            $"/beacon/v1/batch?writeKey={IngestionHost.WriteKey}",
            """{"batch":[{"type":"track","event":"Left","anonymousId":"a1","messageId":"1"},{"type":"track","writeKey":"write-key-1"}]}""",
            request => request.Headers.Authorization = null
        );
        var unknown = await host.PostAsync(
            "/beacon/v1/batch?writeKey=other",
            """{"batch":[]}""",
            request => request.Headers.Authorization = null
        );

        answer.IsSuccess();
        unknown.IsProblem(HttpStatusCode.Unauthorized);
        Assert.Equal("Left", Assert.Single(host.Events).Name);
        Assert.DoesNotContain(IngestionHost.WriteKey, Assert.Single(host.Quarantined).Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ev/v1/track", true)]
    [InlineData("/ev/v1/t", true)]
    [InlineData("/ev//v1/t", false)]
    [InlineData("/ev/api/accounts", false)]
    [InlineData("/ev/accounts", false)]
    [InlineData("/evil/v1/track", false)]
    public async Task Under_a_path_of_ones_own_events_are_taken_and_nothing_else_is(string address, bool taken)
    {
        await using var signals = new SignalsHost { Configure = services => services.AddSingleton(EventsPath.Parse("/ev")!) };
        await signals.InitializeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent("""{"type":"track","event":"Shared","userId":"u1"}"""),
        };
        request.Headers.Authorization = IngestionHost.Basic(SignalsHost.BrowserKey + ":");

        using var response = await signals.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/ev")]
    [InlineData("/count-2")]
    public void A_path_of_one_part_is_good(string text) => Assert.Equal(text, EventsPath.Parse(text)!.Path.Value);

    [Theory]
    [InlineData("ev")]
    [InlineData("/")]
    [InlineData("/e")]
    [InlineData("/ev/")]
    [InlineData("/ev/in")]
    [InlineData("/EV")]
    [InlineData("/v1")]
    [InlineData("/api")]
    [InlineData("/ac")]
    [InlineData("/alert")]
    [InlineData("/pipeline")]
    [InlineData("/sch")]
    [InlineData("/-a")]
    public void A_path_that_pages_or_the_API_begin_with_is_refused(string text) => Assert.Null(EventsPath.Parse(text));

    [Fact]
    public void Nothing_is_no_path() => Assert.Equal(EventsPath.None, EventsPath.Parse(""));

    [Theory]
    [InlineData("/analytics.js/v1/key/analytics.min.js")]
    [InlineData("/v1/library.js")]
    public async Task Without_a_library_the_answer_says_where_one_would_be(string path)
    {
        await using var host = new IngestionHost();
        await host.InitializeAsync();

        using var response = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(
            "browser/analytics.min.js",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}
