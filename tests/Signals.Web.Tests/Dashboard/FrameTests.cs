using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Mail;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>What surrounds every page.</summary>
public sealed class FrameTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(null, "en")]
    [InlineData("fr", "fr")]
    [InlineData("fr-CA,fr;q=0.9,en;q=0.8", "fr")]
    [InlineData("en-GB, fr;q=0.9", "en")]
    [InlineData("de, fr;q=0.4, en;q=0.3", "fr")]
    [InlineData("fr;q=0, en", "en")]
    [InlineData("de, es", "en")]
    [InlineData("*, fr;q=0.5", "en")]
    [InlineData(";;;,=", "en")]
    public async Task A_page_speaks_the_language_the_browser_likes_best(string? accepts, string language)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        if (accepts is not null)
            browser.Headers["Accept-Language"] = accepts;
        using var response = await browser.SendAsync(HttpMethod.Get, "/accounts");
        var page = await DashboardBrowser.ReadAsync(response);

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(language, response.Content.Headers.ContentLanguage.Single());
        Assert.Equal(language == "fr" ? "Comptes" : "Accounts", page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData(null, "UTC")]
    [InlineData("America/New_York", "America/New York")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    [InlineData("Nowhere/Land", "UTC")]
    [InlineData("../../etc/passwd", "UTC")]
    public async Task Times_are_those_of_the_zone_that_the_browser_remembered(string? cookie, string zone)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        if (cookie is not null)
            browser.SetCookie("signals-zone", cookie);

        Assert.Contains(zone, (await browser.OpenAsync("/")).QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Sandbox: every mail and alert goes to me@company.example, and nobody else gets any.")]
    [InlineData("fr", "Bac à sable : tous les e-mails et toutes les alertes vont à me@company.example, et personne d’autre n’en reçoit.")]
    public async Task While_everything_goes_to_one_address_every_page_says_so(string language, string said)
    {
        await using var host = new SignalsHost
        {
            Configure = services => services.AddSingleton(SandboxRecipient.Parse("me@company.example")!),
        };
        await host.InitializeAsync();
        var browser = await DashboardBrowser.SignedInAsync(host);
        browser.Headers["Accept-Language"] = language;

        foreach (string path in new[] { "/", "/messages", "/accounts" })
            Assert.Equal(said, (await browser.OpenAsync(path)).QuerySelector("p.sandbox")!.TextContent.Replace('\u00a0', ' '));

        using var signIn = await new DashboardBrowser(host).SendAsync(HttpMethod.Get, "/");
        Assert.Null((await DashboardBrowser.ReadAsync(signIn)).QuerySelector("p.sandbox"));
        Assert.Null((await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/")).QuerySelector("p.sandbox"));
    }

    [Fact]
    public async Task A_page_runs_and_loads_nothing_but_its_own_style_script_and_icon()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        using var response = await browser.SendAsync(HttpMethod.Get, "/");
        var page = await DashboardBrowser.ReadAsync(response);

        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single()
        );
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
        foreach (var asset in page.QuerySelectorAll("link[href], script[src]"))
        {
            using var answer = await _host.Stranger.GetAsync(
                asset.GetAttribute("href") ?? asset.GetAttribute("src"),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_navigation_says_where_the_reader_is()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);

        Assert.Equal("Today", (await browser.OpenAsync("/")).QuerySelector("nav a[aria-current=page]")!.TextContent);
        Assert.Equal(
            "Accounts",
            (await browser.OpenAsync("/accounts?risk=critical")).QuerySelector("nav a[aria-current=page]")!.TextContent
        );
    }

    [Theory]
    [InlineData("GET", "/accounts/nobody", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("POST", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/accounts?risk=high", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/accounts?cursor=x", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_gets_a_page_that_leads_back_in_the_readers_language(string method, string path, HttpStatusCode status)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = "fr";
        using var response = await browser.SendAsync(new HttpMethod(method), path);
        var page = await DashboardBrowser.ReadAsync(response);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("accueil", page.QuerySelector("main a[href='/']")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Theory]
    [InlineData("/nowhere", "*/*")]
    [InlineData("/v1/nowhere", "text/html")]
    public async Task Programs_get_no_page(string path, string accept)
    {
        var browser = new DashboardBrowser(_host) { Headers = { ["Accept"] = accept } };
        using var response = await browser.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEqual("text/html", response.Content.Headers.ContentType?.MediaType);
    }
}
