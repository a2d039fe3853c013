using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>Signing in with a passkey: what it opens, and what it does not.</summary>
public sealed class PasskeyTests : TeamPages
{
    private const string Ann = "ann@nimbus.example";
    private const string Refused = "Sign in first";

    [Fact]
    public async Task A_key_that_was_added_signs_in_and_opens_nothing_once_it_was_removed()
    {
        using var key = new SoftAuthenticator();
        var ann = await ComeInAsync("Ann", Ann);
        // What is noted at one moment is told in any order.
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var me = await AddAsync(ann, key, "Laptop");
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("The passkey “Laptop” is added.", me.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);

        var (browser, page) = await SignInAsync(key, returnTo: "/accounts");
        Assert.Equal("/accounts", page.QuerySelector("main a")!.GetAttribute("href"));
        Assert.Contains("Ann", (await browser.OpenAsync("/me")).QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [("session.opened", "by passkey"), ("passkey.added", "Laptop")],
            (await AuditAsync()).Where(entry => entry.Who == Ann).Take(2).Select(entry => (entry.Action, entry.Detail))
        );

        me = await browser.OpenAsync("/me");
        Assert.Contains("last used on", me.QuerySelector(".passkeys")!.TextContent, StringComparison.Ordinal);
        await browser.SubmitAsync(me.QuerySelector("form[action='/me/passkeys/remove']"));
        Assert.Contains(await AuditAsync(), entry => entry is { Action: "passkey.removed", Detail: "Laptop" });

        (_, page) = await SignInAsync(key, HttpStatusCode.Unauthorized);
        Assert.Equal(Refused, page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("https://evil.example", "signals.nimbus.example")]
    [InlineData("https://signals.nimbus.example.evil.example", "signals.nimbus.example")]
    [InlineData("http://signals.nimbus.example", "signals.nimbus.example")]
    [InlineData("https://signals.nimbus.example:444", "signals.nimbus.example")]
    [InlineData(SoftAuthenticator.Origin, "evil.example")]
    public async Task A_page_elsewhere_gets_nothing_signed_for_here(string origin, string domain)
    {
        using var key = new SoftAuthenticator();
        await AddAsync(await ComeInAsync("Ann", Ann), key);

        (key.SaidOrigin, key.Domain) = (origin, domain);

        await SignInAsync(key, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_a_while()
    {
        using var key = new SoftAuthenticator();
        await AddAsync(await ComeInAsync("Ann", Ann), key);
        var form = await AskAsync(new DashboardBrowser(Host));
        string answer = key.Sign(OptionsOf(form));

        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(form, answer));
        // The same answer, and the same signature for another question.
        Assert.Equal(HttpStatusCode.Unauthorized, await AnswerAsync(form, answer));
        Assert.Equal(HttpStatusCode.Unauthorized, await AnswerAsync(await AskAsync(new DashboardBrowser(Host)), answer));

        form = await AskAsync(new DashboardBrowser(Host));
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await AnswerAsync(form, key.Sign(OptionsOf(form))));
    }

    [Fact]
    public async Task A_key_lets_in_whose_it_is_and_nobody_else()
    {
        using var anns = new SoftAuthenticator();
        using var bobs = new SoftAuthenticator();
        await AddAsync(await ComeInAsync("Ann", Ann), anns);
        await AddAsync(await ComeInAsync("Bob", "bob@nimbus.example"), bobs);

        // Ann's key in Bob's name, and Bob's credential signed by Ann's key.
        string ann = anns.UserHandle;
        anns.UserHandle = bobs.UserHandle;
        await SignInAsync(anns, HttpStatusCode.Unauthorized);
        using var forged = new SoftAuthenticator { CredentialId = bobs.CredentialId, UserHandle = bobs.UserHandle };
        await SignInAsync(forged, HttpStatusCode.Unauthorized);

        anns.UserHandle = ann;
        var (browser, _) = await SignInAsync(anns);
        Assert.Contains("Ann", (await browser.OpenAsync("/me")).QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_whose_count_goes_back_was_copied()
    {
        using var key = new SoftAuthenticator { Count = 5 };
        await AddAsync(await ComeInAsync("Ann", Ann), key);
        key.Count = 6;
        await SignInAsync(key);

        await SignInAsync(key, HttpStatusCode.Unauthorized);
        key.Count = 4;
        await SignInAsync(key, HttpStatusCode.Unauthorized);
        key.Count = 7;
        await SignInAsync(key);
    }

    [Fact]
    public async Task A_key_dies_with_the_access_of_who_held_it()
    {
        using var key = new SoftAuthenticator();
        await AddAsync(await ComeInAsync("Ann", Ann), key);
        var admin = await DashboardBrowser.SignedInAsync(Host);
        await admin.SubmitAsync((await admin.OpenAsync("/team")).QuerySelector("form[action='/team/end']"));

        await SignInAsync(key, HttpStatusCode.Unauthorized);
        Assert.Empty(await Host.Services.GetRequiredService<PasskeyBook>().ListAsync(TeamUsers.IdOf(Ann), Cancel));

        // Let in again, they have none.
        await ComeInAsync("Ann", Ann);
        await SignInAsync(key, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_is_made_for_who_asked_for_it()
    {
        using var key = new SoftAuthenticator();
        var ann = await ComeInAsync("Ann", Ann);
        var bob = await ComeInAsync("Bob", "bob@nimbus.example");
        var anns = (await ann.OpenAsync("/me/passkeys/new")).QuerySelector("form[data-passkey=create]")!;
        var bobs = (await bob.OpenAsync("/me/passkeys/new")).QuerySelector("form[data-passkey=create]")!;

        // Bob answers Ann's question.
        var page = await bob.SubmitAsync(
            bobs,
            (PasskeyParts.CeremonyField, anns.QuerySelector("input[name=ceremony]")!.GetAttribute("value")!),
            (PasskeyParts.CredentialField, key.Create(anns.GetAttribute("data-options")!))
        );

        Assert.Contains("No passkey was added", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".passkeys"));
    }

    [Fact]
    public async Task One_key_is_added_once_and_ten_at_most()
    {
        using var key = new SoftAuthenticator();
        var ann = await ComeInAsync("Ann", Ann);
        await AddAsync(ann, key);
        var form = (await ann.OpenAsync("/me/passkeys/new")).QuerySelector("form[data-passkey=create]")!;
        // The browser is told which there are.
        Assert.Contains("excludeCredentials", form.GetAttribute("data-options")!, StringComparison.Ordinal);
        Assert.Contains("No passkey was added", (await AddAsync(ann, key)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);

        for (int i = 1; i < PasskeyBook.MaxKeys; i++)
        {
            using var more = new SoftAuthenticator();
            await AddAsync(ann, more, $"Key {i}");
        }
        var me = await ann.OpenAsync("/me");
        Assert.Equal(PasskeyBook.MaxKeys, me.QuerySelectorAll(".passkeys > li").Length);
        Assert.Null(me.QuerySelector("a[href='/me/passkeys/new']"));
    }

    [Fact]
    public async Task The_question_says_nothing_of_who_is_known_and_may_be_asked_so_often()
    {
        using var key = new SoftAuthenticator();
        await AddAsync(await ComeInAsync("Ann", Ann), key);

        string options = OptionsOf(await AskAsync(new DashboardBrowser(Host)));
        Assert.DoesNotContain(Convert.ToBase64String(key.CredentialId)[..8], options, StringComparison.Ordinal);
        Assert.Contains("\"userVerification\":\"preferred\"", options, StringComparison.Ordinal);

        using var unknown = new SoftAuthenticator { UserHandle = "bm9ib2R5" };
        var (_, page) = await SignInAsync(unknown, HttpStatusCode.Unauthorized);
        string stranger = page.QuerySelector("main")!.TextContent;
        key.Domain = "evil.example";
        (_, page) = await SignInAsync(key, HttpStatusCode.Unauthorized);
        Assert.Equal(stranger, page.QuerySelector("main")!.TextContent);

        HttpStatusCode status = HttpStatusCode.OK;
        for (int i = 0; i < SignInLimits.PerAddress && status == HttpStatusCode.OK; i++)
        {
            using var response = await new DashboardBrowser(Host).SendAsync(HttpMethod.Get, PasskeyParts.SignInPath);
            status = response.StatusCode;
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}")]
    public async Task What_is_no_answer_is_refused(string credential)
    {
        var form = await AskAsync(new DashboardBrowser(Host));

        Assert.Equal(HttpStatusCode.Unauthorized, await AnswerAsync(form, credential));
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        using var key = new SoftAuthenticator();
        await AddAsync(await ComeInAsync("Ann", Ann), key);
        var browser = new DashboardBrowser(Host);
        var form = await AskAsync(browser);
        browser.Headers["Sec-Fetch-Site"] = "cross-site";

        using var response = await browser.PostAsync(form, (PasskeyParts.CredentialField, key.Sign(OptionsOf(form))));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("https://signals.nimbus.example", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://signals.nimbus.example", false)]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("https://192.0.2.7", false)]
    [InlineData("https://[2001:db8::1]", false)]
    [InlineData("", false)]
    public async Task They_are_offered_where_browsers_have_them(string address, bool isOffered)
    {
        Host.Services.GetRequiredService<Core.Response.Mail.PublicAddress>().Url = address;
        using var response = await new DashboardBrowser(Host).SendAsync(HttpMethod.Get, "/signin");

        var page = await DashboardBrowser.ReadAsync(response);
        Assert.Equal(isOffered, page.QuerySelector("a[href^='/signin/passkey']") is not null);
    }

    /// <summary>Adds a key on the page for it, and opens the page that follows.</summary>
    private static async Task<IHtmlDocument> AddAsync(DashboardBrowser browser, SoftAuthenticator key, string name = "Phone")
    {
        var form = (await browser.OpenAsync("/me/passkeys/new")).QuerySelector("form[data-passkey=create]")!;
        return await browser.SubmitAsync(
            form,
            ("name", name),
            (PasskeyParts.CredentialField, key.Create(form.GetAttribute("data-options")!))
        );
    }

    /// <summary>A browser that was asked for its key and gave it, and the page that it got.</summary>
    private async Task<(DashboardBrowser Browser, IHtmlDocument Page)> SignInAsync(
        SoftAuthenticator key,
        HttpStatusCode expected = HttpStatusCode.OK,
        string returnTo = "/"
    )
    {
        // Each is a minute later: that one may try so often only is another matter.
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var browser = new DashboardBrowser(Host);
        var form = await AskAsync(browser, returnTo);
        using var response = await browser.PostAsync(form, (PasskeyParts.CredentialField, key.Sign(OptionsOf(form))));
        Assert.Equal(expected, response.StatusCode);
        return (browser, await DashboardBrowser.ReadAsync(response));
    }

    private static async Task<IElement> AskAsync(DashboardBrowser browser, string returnTo = "/") =>
        (await browser.OpenAsync($"{PasskeyParts.SignInPath}?return={Uri.EscapeDataString(returnTo)}")).QuerySelector(
            "form[data-passkey=get]"
        )!;

    private async Task<HttpStatusCode> AnswerAsync(IElement form, string credential)
    {
        using var response = await new DashboardBrowser(Host).PostAsync(form, (PasskeyParts.CredentialField, credential));
        return response.StatusCode;
    }

    private static string OptionsOf(IElement form) => form.GetAttribute("data-options")!;
}
