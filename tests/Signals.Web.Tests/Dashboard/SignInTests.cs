using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Audit;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts")]
    [InlineData("/accounts/acme")]
    public async Task Without_a_session_a_page_says_how_to_get_in(string path)
    {
        _host.Services.GetRequiredService<SignInLinks>().Create();
        using var response = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, path);
        var page = await DashboardBrowser.ReadAsync(response);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("signals serve", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Null(page.QuerySelector("nav"));
    }

    [Fact]
    public async Task Where_no_links_are_printed_the_page_speaks_of_the_token_alone()
    {
        using var response = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, "/");
        string text = (await DashboardBrowser.ReadAsync(response)).Body!.TextContent;

        Assert.DoesNotContain("signals serve", text, StringComparison.Ordinal);
        Assert.Contains("Signals__ApiToken", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    public async Task While_the_audit_trail_cannot_be_written_nobody_is_let_in_and_is_told_so(string accept)
    {
        string link = _host.Services.GetRequiredService<SignInLinks>().Create();
        var browser = new DashboardBrowser(_host) { Headers = { ["Accept"] = accept } };
        _host.Store.Probe.Before = _ => throw new TransientStoreException("away", retryAfter: TimeSpan.FromSeconds(7));
        using var form = new FormUrlEncodedContent([new("token", SignalsHost.ApiToken)]);

        using var byLink = await browser.SendAsync(HttpMethod.Get, link);
        using var byToken = await browser.SendAsync(HttpMethod.Post, "/signin", form);

        foreach (var response in (HttpResponseMessage[])[byLink, byToken])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.Contains(
                "Nobody can be signed in just now",
                (await DashboardBrowser.ReadAsync(response)).Body!.TextContent,
                StringComparison.Ordinal
            );
        }
        _host.Store.Probe.Before = null;
        using var again = await browser.SendAsync(HttpMethod.Get, link);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_link_from_another_site_is_opened_again_from_this_one_so_that_the_cookie_comes_along()
    {
        var browser = new DashboardBrowser(_host) { Headers = { ["Sec-Fetch-Site"] = "cross-site" } };
        using var response = await browser.SendAsync(HttpMethod.Get, "/accounts/acme%20one?x=1");
        var page = await DashboardBrowser.ReadAsync(response);

        Assert.Equal("0;url=/accounts/acme%20one?x=1", page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task A_sign_in_link_works_once_and_sets_a_strict_cookie()
    {
        string link = _host.Services.GetRequiredService<SignInLinks>().Create();

        using var first = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, link);
        using var second = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, link);

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
    public async Task The_api_token_signs_a_browser_in_and_the_audit_trail_says_so()
    {
        var browser = new DashboardBrowser(_host);
        using var asked = await browser.SendAsync(HttpMethod.Get, "/");
        var form = (await DashboardBrowser.ReadAsync(asked)).QuerySelector("form[action='/signin']")!;

        using var response = await browser.PostAsync(form, ("token", SignalsHost.ApiToken));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("Nimbus", (await browser.OpenAsync("/")).QuerySelector(".product")!.TextContent, StringComparison.Ordinal);
        var entry = Assert.Single(
            (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, TestContext.Current.CancellationToken)).Entries
        );
        Assert.Equal(("link", "session.opened"), (entry.Who, entry.Action));
    }

    public static TheoryData<string, string> NoTokens =>
        new()
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
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await new DashboardBrowser(_host).SendAsync(HttpMethod.Post, "/signin", content);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Another_site_cannot_sign_a_browser_in()
    {
        var browser = new DashboardBrowser(_host) { Headers = { ["Origin"] = "https://evil.example" } };
        using var response = await browser.PostAsync("/signin", [new("token", SignalsHost.ApiToken)]);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task After_many_wrong_attempts_within_a_minute_others_are_shed_and_the_right_token_still_opens()
    {
        for (int i = 0; i < SignInLimits.PerAddress; i++)
        {
            using var wrong = await new DashboardBrowser(_host).PostAsync("/signin", [new("token", "guess " + i)]);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var shed = await new DashboardBrowser(_host).PostAsync("/signin", [new("token", "another guess")]);
        using var shedLink = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, "/signin?token=guess");
        using var right = await new DashboardBrowser(_host).PostAsync("/signin", [new("token", SignalsHost.ApiToken)]);
        using var link = await new DashboardBrowser(_host).SendAsync(
            HttpMethod.Get,
            _host.Services.GetRequiredService<SignInLinks>().Create()
        );

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (shed.StatusCode, shedLink.StatusCode));
        Assert.Equal("60", shed.Headers.GetValues("Retry-After").Single());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (right.StatusCode, link.StatusCode));
    }

    [Fact]
    public async Task A_links_token_says_what_it_is_for_and_another_secret_under_its_id_leaves_it_whole()
    {
        string link = _host.Services.GetRequiredService<SignInLinks>().Create();
        Assert.Matches("^/signin\\?token=si_[0-9a-f]{8}_[A-Za-z0-9_-]{32}$", link);
        using var forged = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, link[..^32] + new string('A', 32));
        using var right = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, link);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (forged.StatusCode, right.StatusCode));
    }

    [Fact]
    public async Task Wrong_tokens_of_the_api_are_shed_likewise()
    {
        var answers = new List<HttpStatusCode>();
        for (int i = 0; i <= SignInLimits.PerAddress; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/pipeline");
            request.Headers.Authorization = new("Bearer", $"guess-number-{i:0000}");
            using var answer = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(SignInLimits.PerAddress, answers.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        await _host.GetAsync("/api/pipeline");
    }

    [Fact]
    public async Task A_cookie_that_was_kept_opens_nothing_once_its_reader_signed_out()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string kept = browser.Cookie("signals-session")!;
        var another = await DashboardBrowser.SignedInAsync(_host);
        using var signedOut = await browser.PostAsync((await browser.OpenAsync("/")).QuerySelector("footer form"));

        var thief = new DashboardBrowser(_host);
        thief.SetCookie("signals-session", kept);
        using var stolen = await thief.SendAsync(HttpMethod.Get, "/");
        using var other = await another.SendAsync(HttpMethod.Get, "/");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (stolen.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Ended_sessions_are_forgotten_when_they_would_have_ended_by_themselves()
    {
        for (int i = 0; i < 3; i++)
        {
            var browser = await DashboardBrowser.SignedInAsync(_host);
            using var signedOut = await browser.PostAsync((await browser.OpenAsync("/")).QuerySelector("footer form"));
            if (i < 2)
                _host.Clock.Advance(TimeSpan.FromDays(31));
        }
        await _host.Services.GetRequiredService<PassingRows>().PruneAsync(TestContext.Current.CancellationToken);

        var rows = await _host.Store.QueryAsync(
            new Core.Platform.Storage.EntityQuery("system", "ended-sessions"),
            TestContext.Current.CancellationToken
        );
        Assert.Single(rows.Entities);
    }

    [Fact]
    public async Task A_sign_in_link_is_forgotten_after_a_day()
    {
        string link = _host.Services.GetRequiredService<SignInLinks>().Create();
        _host.Clock.Advance(TimeSpan.FromHours(24));

        using var response = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, link);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        _host.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        using var before = await browser.SendAsync(HttpMethod.Get, "/");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await browser.SendAsync(HttpMethod.Get, "/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_session_ends_when_its_reader_signs_out()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        using var response = await browser.PostAsync((await browser.OpenAsync("/")).QuerySelector("footer form"));
        using var after = await browser.SendAsync(HttpMethod.Get, "/");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized), (response.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_cookie_that_was_changed_opens_nothing()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string cookie = browser.Cookie("signals-session")!;
        Assert.StartsWith("1", cookie, StringComparison.Ordinal);
        browser.SetCookie("signals-session", "2" + cookie[1..]);

        using var response = await browser.SendAsync(HttpMethod.Get, "/");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_forged_principal_opens_nothing_on_one_machine()
    {
        var browser = DashboardBrowser.OfPrincipal(_host, "Admin");
        using var response = await browser.SendAsync(HttpMethod.Get, "/");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
