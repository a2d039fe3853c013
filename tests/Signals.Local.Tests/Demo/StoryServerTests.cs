using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Signals.Local.CommandLine;
using Signals.Local.Demo;
using Signals.Local.Hosting;
using Signals.Local.Tests.Storage;
using Signals.Messages.Sources;
using Signals.Testing;

namespace Signals.Local.Tests.Demo;

/// <summary>What stands at the demo's address before the demo does.</summary>
public sealed class StoryServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _url = $"http://127.0.0.1:{FreePort.Find()}";
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(1) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "en", "Days played: <output id=\"told\" for=\"day\">34</output>")]
    [InlineData("/signin?token=si_1dcead4a_0KzpopmG3rUAMqlynGxfbqNgzewgEhYA", "fr-CA,en;q=0.5", "Cette page devient le tableau de bord")]
    [InlineData("/accounts/acme", "ja,de,fr;q=0.9,en;q=0.1", "Cette page devient le tableau de bord")]
    public async Task A_browser_sees_at_every_address_how_far_the_story_is(string path, string languages, string told)
    {
        await using var server = await StartAsync();
        server.Played = 34;

        using var answer = await AskAsync(path, "text/html", languages);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Contains($"<progress id=\"day\" max=\"{DemoStory.Length}\" value=\"34\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "unsafe-inline",
            string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("GET", "/readyz")]
    [InlineData("GET", "/healthz")]
    [InlineData("POST", "/v1/batch")]
    public async Task Probes_and_SDKs_are_told_to_come_again(string method, string path)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), _url + path);

        using var answer = await _client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task The_page_knows_by_its_own_question_when_the_app_has_taken_over()
    {
        await using (var server = await StartAsync())
        {
            server.Played = 89;
            using var told = await AskAsync("/demo/story", "*/*");
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
            using var story = JsonDocument.Parse(await told.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(89, story.RootElement.GetProperty("day").GetInt32());
        }

        // The same address at once: nobody who waited holds it.
        await using var app = LocalHost.Build(Options, _url);
        await app.StartAsync(Cancel);
        using var answer = await AskAsync("/demo/story", "*/*");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var page = await AskAsync("/", "text/html");
        Assert.DoesNotContain("Days played", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_before_the_story_is()
    {
        await using var server = await StartAsync();

        Assert.Equal(ExitCodes.BadInput, await SignalsCommand.RunAsync(["demo", "--urls", _url]));
    }

    private LocalOptions Options => new(_folder.Path, DemoModel.Read(), TemplateSource.Embedded, new LocalSettings(null, null, null));

    private Task<StoryServer> StartAsync() => StoryServer.StartAsync(Options, _url, Cancel);

    private async Task<HttpResponseMessage> AskAsync(string path, string accept, string languages = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _url + path);
        request.Headers.Accept.ParseAdd(accept);
        foreach (string language in languages.Split(','))
            request.Headers.AcceptLanguage.Add(StringWithQualityHeaderValue.Parse(language));
        return await _client.SendAsync(request, Cancel);
    }
}
