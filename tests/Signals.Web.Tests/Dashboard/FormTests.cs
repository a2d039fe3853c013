using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>What stands before every form, shown on the one that is on every page.</summary>
public sealed class FormTests : IAsyncLifetime
{
    private const string Path = "/signout";

    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(null, null)]
    [InlineData("same-origin", null)]
    [InlineData(null, "https://signals.nimbus.example")]
    public async Task A_form_of_our_own_page_is_taken(string? site, string? origin)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string token = await TokenAsync(browser);
        using var response = await PostAsync(browser, token, site, origin);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("none", null)]
    [InlineData("cross-site", "https://signals.nimbus.example")]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task A_form_that_another_site_sends_is_refused_even_with_our_token(string? site, string? origin)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string token = await TokenAsync(browser);
        using var response = await PostAsync(browser, token, site, origin);

        await AssertRefusedAsync(browser, response);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        using var response = await PostAsync(browser, token: null);

        await AssertRefusedAsync(browser, response);
    }

    [Fact]
    public async Task A_token_of_another_session_is_refused()
    {
        var other = await DashboardBrowser.SignedInAsync(_host);
        string token = await TokenAsync(other);
        var browser = await DashboardBrowser.SignedInAsync(_host);
        using var response = await PostAsync(browser, token);

        await AssertRefusedAsync(browser, response);
    }

    [Fact]
    public async Task A_token_that_was_changed_or_grew_old_is_refused()
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string token = await TokenAsync(browser);
        using var changed = await PostAsync(browser, "9" + token[1..]);
        await AssertRefusedAsync(browser, changed);

        _host.Clock.Advance(FormTokens.Lifetime);
        using var old = await PostAsync(browser, token);
        await AssertRefusedAsync(browser, old);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task Only_forms_are_read(string type)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string token = await TokenAsync(browser);
        using var content = new StringContent($"{FormTokens.Field}={Uri.EscapeDataString(token)}", System.Text.Encoding.UTF8, type);
        using var response = await browser.SendAsync(HttpMethod.Post, Path, content);

        await AssertRefusedAsync(browser, response);
    }

    [Fact]
    public async Task Without_a_session_a_form_is_refused_before_it_is_read()
    {
        using var response = await PostAsync(new DashboardBrowser(_host), "anything");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task People_whom_app_service_signed_in_have_tokens_of_their_own()
    {
        await using var azure = new SignalsHost { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };
        await azure.InitializeAsync();
        var tokens = azure.Services.GetRequiredService<FormTokens>();
        Principal Ann(string oid) => new("ann@nimbus.example", DashboardRole.Manager, "aad:" + oid);

        Assert.True(tokens.IsOf(Ann("1"), tokens.Create(Ann("1"))));
        Assert.False(tokens.IsOf(Ann("2"), tokens.Create(Ann("1"))));
    }

    private static async Task AssertRefusedAsync(DashboardBrowser browser, HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        // Nobody was signed out.
        using var after = await browser.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private static async Task<string> TokenAsync(DashboardBrowser browser) =>
        (await browser.OpenAsync("/")).QuerySelector($"footer input[name={FormTokens.Field}]")!.GetAttribute("value")!;

    private static async Task<HttpResponseMessage> PostAsync(
        DashboardBrowser browser,
        string? token,
        string? site = null,
        string? origin = null
    )
    {
        if (site is not null)
            browser.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null)
            browser.Headers["Origin"] = origin;
        var response = await browser.PostAsync(Path, token is null ? [] : [new(FormTokens.Field, token)]);
        browser.Headers.Remove("Sec-Fetch-Site");
        browser.Headers.Remove("Origin");
        return response;
    }
}
