using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class DashboardTests : IAsyncLifetime
{
    private const string Hostile = "</title><script>alert(1)</script>\" onload='x' &amp;";

    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_start_page_lists_flagged_accounts_with_their_cause_and_evidence()
    {
        await GivenAStuckAccountAsync("acme", "Acme");

        var page = await PageAsync("/", await SignInAsync());

        var row = Assert.Single(page.QuerySelectorAll(".accounts > li"));
        Assert.Equal("Acme", row.QuerySelector("h2 a")!.TextContent);
        Assert.Equal("/accounts/acme", row.QuerySelector("h2 a")!.GetAttribute("href"));
        Assert.StartsWith("Onboarding stalled: Import your users", row.QuerySelector(".cause")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("\"Import your users\" failed 3 times", row.QuerySelector(".evidence")!.TextContent);
        Assert.Equal("0 of 1 active", row.QuerySelector(".people p")!.TextContent);
    }

    [Fact]
    public async Task An_accounts_page_shows_evidence_people_against_the_floor_and_outreach()
    {
        await GivenAStuckAccountAsync("acme", "Acme");
        await _host.SendAsync(SignalsHost.Track("u-acme", "acme", "Report Shared", new { minutes = 7.5 }));
        await _host.SettleAsync();

        var page = await PageAsync("/accounts/acme", await SignInAsync());

        Assert.Equal("Acme", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("\"Import your users\" failed 3 times", page.QuerySelector(".lines")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("u-acme@x.example", page.QuerySelector("ul.people")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("7.5 minutes under the floor", page.QuerySelector("ul.people .value p")!.TextContent);
        Assert.Equal(2, page.QuerySelectorAll("ul.outreach > li .tag.sent").Length);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts/evil")]
    public async Task Hostile_names_stay_text(string path)
    {
        await GivenAStuckAccountAsync("evil", Hostile);

        var page = await PageAsync(path, await SignInAsync());

        Assert.Empty(page.QuerySelectorAll("script, [onload], img, iframe, link"));
        Assert.Equal(Hostile, page.QuerySelector("h1 bdi, h2 bdi")!.TextContent);
    }

    [Theory]
    [InlineData("a/b?c#d")]
    [InlineData("\" onmouseover=\"x")]
    public async Task The_link_to_an_account_leads_to_it_whatever_its_id(string id)
    {
        await GivenAStuckAccountAsync(id, "Acme");
        string cookie = await SignInAsync();

        string link = (await PageAsync("/", cookie)).QuerySelector(".accounts h2 a")!.GetAttribute("href")!;

        Assert.Equal("Acme", (await PageAsync(link, cookie)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Pages_run_nothing_and_load_nothing()
    {
        using var response = await GetAsync("/", await SignInAsync());

        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Nothing_flagged_reads_as_that()
    {
        var page = await PageAsync("/", await SignInAsync());

        Assert.StartsWith("No account is flagged.", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts/acme")]
    public async Task Without_a_session_a_page_says_how_to_get_in(string path)
    {
        await GivenAStuckAccountAsync("acme", "Acme");

        using var response = await GetAsync(path, cookie: null);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("signals serve", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", body, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_from_another_site_is_opened_again_from_this_one_so_that_the_cookie_comes_along()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accounts/acme%20one?x=1");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await ReadAsync(response);

        Assert.Equal("0;url=/accounts/acme%20one?x=1", page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task A_sign_in_link_works_once_and_sets_a_strict_cookie()
    {
        string link = _host.Services.GetRequiredService<SignInLinks>().Create();

        using var first = await GetAsync(link, cookie: null);
        using var second = await GetAsync(link, cookie: null);

        string cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=2592000", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(SignalsHost.ApiToken, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_api_token_signs_a_browser_in()
    {
        using var asked = await GetAsync("/", cookie: null);
        var form = (await ReadAsync(asked)).QuerySelector("form")!;
        Assert.Equal(("post", "/signin", "password"), (form.GetAttribute("method"), form.GetAttribute("action"), form.QuerySelector("input")!.GetAttribute("type")));
        Assert.Contains("form-action 'self'", asked.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var response = await PostTokenAsync(new FormUrlEncodedContent([new("token", SignalsHost.ApiToken)]));
        string cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("Nimbus", (await PageAsync("/", cookie)).QuerySelector(".product")!.TextContent, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> NoTokens => new()
    {
        { "token=wrong", "application/x-www-form-urlencoded" },
        { "token=", "application/x-www-form-urlencoded" },
        { "other=" + SignalsHost.ApiToken, "application/x-www-form-urlencoded" },
        { "token=" + SignalsHost.ApiToken + "&pad=" + new string('x', 5000), "application/x-www-form-urlencoded" },
        { SignalsHost.ApiToken, "text/plain" },
    };

    [Theory]
    [MemberData(nameof(NoTokens))]
    public async Task Anything_but_the_token_signs_nobody_in(string body, string type)
    {
        using var response = await PostTokenAsync(new StringContent(body, System.Text.Encoding.UTF8, type));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_sign_in_link_is_forgotten_after_a_day()
    {
        string link = _host.Services.GetRequiredService<SignInLinks>().Create();
        _host.Clock.Advance(TimeSpan.FromHours(24));

        using var response = await GetAsync(link, cookie: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days()
    {
        string cookie = await SignInAsync();
        _host.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        using var before = await GetAsync("/", cookie);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await GetAsync("/", cookie);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_cookie_that_was_changed_opens_nothing()
    {
        string cookie = await SignInAsync();
        string later = cookie.Replace("signals-session=1", "signals-session=2", StringComparison.Ordinal);

        using var response = await GetAsync("/", later);

        Assert.NotEqual(cookie, later);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/accounts/nobody", HttpStatusCode.NotFound)]
    [InlineData("/?risk=high", HttpStatusCode.BadRequest)]
    [InlineData("/?cursor=x", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_gets_a_page_that_leads_back(string path, HttpStatusCode status)
    {
        using var response = await GetAsync(path, await SignInAsync());

        Assert.Equal(status, response.StatusCode);
        Assert.NotNull((await ReadAsync(response)).QuerySelector("a[href='/']"));
    }

    [Fact]
    public async Task A_long_list_goes_on_with_the_next_page()
    {
        await _host.SendAsync(Enumerable.Range(0, 60).SelectMany(i => Enumerable.Range(0, 3).Select(_ => SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"))));
        await _host.SettleAsync();
        string cookie = await SignInAsync();

        var first = await PageAsync("/", cookie);
        var second = await PageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!, cookie);

        Assert.Equal((50, 10), (first.QuerySelectorAll(".accounts > li").Length, second.QuerySelectorAll(".accounts > li").Length));
    }

    private async Task GivenAStuckAccountAsync(string id, string name)
    {
        await _host.SendAsync(
            SignalsHost.Person("u-" + id, new { email = "u-acme@x.example" }),
            SignalsHost.Account("u-" + id, id, new { name, plan = "pro" }),
            SignalsHost.Track("u-" + id, id, "Import Failed"), SignalsHost.Track("u-" + id, id, "Import Failed"), SignalsHost.Track("u-" + id, id, "Import Failed"));
        await _host.SettleAsync();
    }

    private async Task<string> SignInAsync()
    {
        using var response = await GetAsync(_host.Services.GetRequiredService<SignInLinks>().Create(), cookie: null);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpResponseMessage> PostTokenAsync(HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = form };
        return await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<IDocument> PageAsync(string path, string cookie)
    {
        using var response = await GetAsync(path, cookie);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadAsync(response);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
