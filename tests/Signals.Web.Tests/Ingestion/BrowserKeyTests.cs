using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Intake.Monitoring;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Ingestion;

/// <summary>The whole way of a browser key: made, sent with, folded, and what the API shows of the account then.</summary>
public sealed class BrowserKeyTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/v1/batch")]
    [InlineData("/v1/import")]
    [InlineData("/v1/history")]
    public async Task A_key_that_everybody_can_read_moves_no_account_to_another_manager(string path)
    {
        await _host.SendAsync(SignalsHost.Account("ann", "acme", new { csm = "zoe@nimbus.example", plan = "pro" }));
        await _host.FoldAsync();
        string key = await MakeAsync("browser");

        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(path, key, Group("mallory@nimbus.example", "free")));
        await _host.SettleAsync();

        var account = await _host.GetAsync("/api/accounts/acme");
        Assert.Equal("zoe@nimbus.example", account.GetProperty("csm").GetString());
        Assert.Equal("pro", account.GetProperty("plan").GetString());
        await _host.Services.GetRequiredService<LeftOutList>().FlushAsync(Cancellation);
        var told = (await _host.GetAsync("/api/pipeline")).GetProperty("seen").GetProperty("leftOut").EnumerateArray();
        Assert.Equal(
            ["browser csm 1", "browser plan 1"],
            told.Select(rule => $"{rule.GetProperty("kind")} {rule.GetProperty("rule")} {rule.GetProperty("count")}")
        );
        var page = await (await Dashboard.DashboardBrowser.SignedInAsync(_host)).OpenAsync("/pipeline/names");
        var row = page.QuerySelector("#left-out ~ .scroll tbody tr")!.TextContent;
        Assert.Contains("What a browser key may not say", row, StringComparison.Ordinal);
        Assert.DoesNotContain("mallory", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_said_to_live_on_a_server_is_believed_from_then_on()
    {
        string key = await MakeAsync("browser");
        var made = (await _host.GetAsync("/api/keys")).GetProperty("items")[0];
        Assert.Equal("browser", made.GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, made.GetProperty("secret").ValueKind);

        using var answer = await SendAsync($"/api/keys/{made.GetProperty("id").GetString()}/kind", new { kind = "server" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/batch", key, Group("zoe@nimbus.example", "pro")));
        await _host.SettleAsync();

        Assert.Equal("zoe@nimbus.example", (await _host.GetAsync("/api/accounts/acme")).GetProperty("csm").GetString());
    }

    [Fact]
    public async Task An_address_that_waits_is_shown_and_not_written_to()
    {
        await _host.SendAsync(
            SignalsHost.Account("ann", "acme", new { plan = "pro" }),
            SignalsHost.Person("ann", new { email = "ann@acme.example" })
        );
        string key = await MakeAsync("browser");
        var taken = new { batch = new[] { SignalsHost.Person("ann", new { email = "mallory@evil.example" }) } };
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/batch", key, taken));
        await _host.SettleAsync();

        var person = (await _host.GetAsync("/api/accounts/acme")).GetProperty("people")[0];
        Assert.Equal("ann@acme.example", person.GetProperty("email").GetString());
        Assert.Equal("mallory@evil.example", person.GetProperty("waitingEmail").GetString());
        var page = await (await Dashboard.DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts/acme");
        Assert.Contains(
            "waits until a server says it: mallory@evil.example",
            page.QuerySelector("table.people .under")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task CloudEvents_with_a_browser_key_are_a_browsers_word_too()
    {
        string key = await MakeAsync("browser");
        var identify = new
        {
            specversion = "1.0",
            id = "1",
            source = "x",
            type = "identify",
            subject = "ann",
            data = new { traits = new { role = "admin", name = "Ann" } },
        };
        await PostAsync("/v1/cloudevents", key, identify, "application/cloudevents+json");
        await _host.SendAsync(SignalsHost.Account("ann", "acme", new { plan = "pro" }));
        await _host.SettleAsync();

        Assert.Equal(
            JsonValueKind.Null,
            (await _host.GetAsync("/api/accounts/acme")).GetProperty("people")[0].GetProperty("role").ValueKind
        );
    }

    [Theory]
    [InlineData("""{ "name": "web" }""")]
    [InlineData("""{ "name": "web", "kind": "both" }""")]
    [InlineData("""{ "kind": "browser" }""")]
    [InlineData("""{ "name": "", "kind": "browser" }""")]
    [InlineData("[]")]
    [InlineData("kind")]
    public async Task No_kind_is_guessed(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/keys") { Content = new StringContent(body) };
        using var answer = await _host.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, (await _host.GetAsync("/api/keys")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_key_that_is_not_there_has_no_kind()
    {
        using var answer = await SendAsync("/api/keys/0123456789abcdef/kind", new { kind = "server" });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static object Group(string csm, string plan) =>
        new { batch = new[] { SignalsHost.Account("mallory", "acme", new { csm, plan }) } };

    private async Task<string> MakeAsync(string kind)
    {
        using var answer = await SendAsync("/api/keys", new { name = kind, kind });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        return JsonSerializer
            .Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancellation))
            .GetProperty("secret")
            .GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(string path, object body) =>
        _host.Client.PostAsync(path, new StringContent(JsonSerializer.Serialize(body)), Cancellation);

    private async Task<HttpStatusCode> PostAsync(string path, string key, object body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, type),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        using var response = await _host.Stranger.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
