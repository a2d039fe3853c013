using System.Net;
using System.Text;

namespace Signals.Browser.Tests;

/// <summary>Who is kept out, on the running app.</summary>
public sealed class SecurityTests(DemoApp app) : DemoTests(app)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/accounts")]
    [InlineData("/accounts.csv")]
    [InlineData("/accounts/anything")]
    [InlineData("/pipeline")]
    public async Task Without_a_session_nothing_is_shown(string path)
    {
        Assert.SkipWhen(App.Missing is not null, App.Missing ?? "");
        using var response = await App.Client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_forged_principal_header_opens_nothing_on_one_machine()
    {
        Assert.SkipWhen(App.Missing is not null, App.Missing ?? "");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        string principal =
            """{"auth_typ":"aad","claims":[{"typ":"roles","val":"Admin"},{"typ":"preferred_username","val":"ann@nimbus.example"}]}""";
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));
        using var response = await App.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/signin?token=expired-or-never-printed")]
    [InlineData("/signin?token=")]
    public async Task A_link_that_is_none_or_was_used_opens_nothing(string path)
    {
        await using var stranger = await DemoPage.StrangerAsync(App, new Look());
        var response = await stranger.Page.GotoAsync(path);

        Assert.Equal(401, response!.Status);
        Assert.Empty(
            await stranger
                .Page.Context.CookiesAsync([App.Address])
                .ContinueWith(
                    cookies => cookies.Result.Where(cookie => cookie.Name == "signals-session"),
                    Cancel,
                    TaskContinuationOptions.OnlyOnRanToCompletion,
                    TaskScheduler.Default
                )
        );
    }

    [Fact]
    public async Task A_form_on_another_site_changes_nothing_though_the_browser_is_signed_in()
    {
        await using var victim = await SignedInAsync();
        await victim.OpenAsync("/");
        string action = (await victim.Page.Locator(".waiting form[action$='/ack']").First.GetAttributeAsync("action"))!;
        string token = (
            await victim.Page.Locator(".waiting form[action$='/ack'] input[name=form-token]").First.GetAttributeAsync("value")
        )!;
        int waiting = await victim.Page.Locator(".waiting .alerts > li").CountAsync();

        // Another site that even knows the token: its page is on another origin of this machine.
        await victim.Page.RouteAsync(
            "http://evil.example/**",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        ContentType = "text/html",
                        Body =
                            $"<form method=post action='{App.Address}{action}'><input name=form-token value='{token}'><button>Win</button></form>",
                    }
                )
        );
        await victim.Page.GotoAsync("http://evil.example/");
        var response = await victim.Page.RunAndWaitForResponseAsync(
            () => victim.Page.ClickAsync("button"),
            answer => answer.Url.EndsWith(action, StringComparison.Ordinal)
        );

        Assert.InRange(response.Status, 401, 403);
        await victim.OpenAsync("/");
        Assert.Equal(waiting, await victim.Page.Locator(".waiting .alerts > li").CountAsync());
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using var page = await SignedInAsync();
        await page.OpenAsync("/");
        await page.Page.EvaluateAsync("() => document.querySelectorAll('input[name=form-token]').forEach(field => field.remove())");
        var response = await page.Page.RunAndWaitForResponseAsync(
            () => page.Page.Locator(".waiting form[action$='/ack'] button").First.ClickAsync(),
            answer => answer.Url.EndsWith("/ack", StringComparison.Ordinal)
        );

        Assert.Equal(403, response.Status);
        await page.AssertSoundAsync("refused");
    }
}
