using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Messages;

public sealed class MessagesPageTests : IAsyncLifetime
{
    private const string Hostile = "</title><script>alert(1)</script>\u202E";

    private readonly SignalsHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_sent_stands_by_state_and_leads_to_the_mail_as_it_was_sent()
    {
        await GivenAStuckAccountAsync("Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);

        var list = await browser.OpenAsync("/messages?state=sent");
        Assert.Empty((await browser.OpenAsync("/messages?state=bounced")).QuerySelectorAll("table.sent"));
        var row = list.QuerySelectorAll("table.sent tbody tr")
            .Single(row => row.TextContent.Contains("ann@acme.example", StringComparison.Ordinal));
        var page = await browser.OpenAsync(row.QuerySelector("th a")!.GetAttribute("href")!);

        Assert.Equal(row.QuerySelector("th a")!.TextContent, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["As it was sent", "In plain text"], page.QuerySelectorAll("h2").Select(head => head.TextContent));
        Assert.Contains("Import your users", page.QuerySelector("pre.mail")!.TextContent, StringComparison.Ordinal);
        var frame = page.QuerySelector("iframe")!;
        Assert.Equal(("", true), (frame.GetAttribute("sandbox"), frame.HasAttribute("title")));
        Assert.Contains(
            "Import your users",
            (await browser.OpenAsync(frame.GetAttribute("src")!)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_frame_can_run_load_and_send_nothing_and_only_we_may_show_it()
    {
        await GivenAStuckAccountAsync("Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);

        using var response = await browser.SendAsync(HttpMethod.Get, await FrameAsync(browser));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            response.Headers.GetValues("Content-Security-Policy").Single()
        );
        Assert.Equal(
            ("SAMEORIGIN", "nosniff"),
            (response.Headers.GetValues("X-Frame-Options").Single(), response.Headers.GetValues("X-Content-Type-Options").Single())
        );
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_a_mail()
    {
        await GivenAStuckAccountAsync("Acme");
        string frame = await FrameAsync(await DashboardBrowser.SignedInAsync(_host));

        foreach (string path in new[] { "/messages", "/messages.csv", frame, frame.Replace("/html", "", StringComparison.Ordinal) })
        {
            using var response = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_link_that_unsubscribes_the_customer_is_not_given_away()
    {
        await GivenAStuckAccountAsync("Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string frame = await FrameAsync(browser);

        string html = (await browser.OpenAsync(frame)).DocumentElement.OuterHtml;
        string text = (await browser.OpenAsync(frame.Replace("/html", "", StringComparison.Ordinal)))
            .QuerySelector("pre.mail")!
            .TextContent;

        Assert.Contains("/u/…", html, StringComparison.Ordinal);
        Assert.Contains("/u/…", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("/u/[A-Za-z0-9]", html + text);
    }

    [Fact]
    public async Task Hostile_names_stay_text_in_lists_pages_and_mails()
    {
        await GivenAStuckAccountAsync(Hostile);
        var browser = await DashboardBrowser.SignedInAsync(_host);
        string frame = await FrameAsync(browser);

        foreach (string path in new[] { "/messages", frame, frame.Replace("/html", "", StringComparison.Ordinal) })
            Assert.Empty((await browser.OpenAsync(path)).QuerySelectorAll("script:not([src^='/assets/'])"));
    }

    [Fact]
    public async Task A_playbook_says_what_it_sent_and_how_many_more_people_a_verdict_needs()
    {
        await GivenAStuckAccountAsync("Acme");
        var log = _host.Services.GetRequiredService<EffectLog>();
        var sent = await RecordAsync();
        for (int i = 0; i < 12; i++)
            await log.RecordAsync(
                sent with
                {
                    Id = sent.Id.Replace(".", $".{i:x}", StringComparison.Ordinal),
                },
                heldOut: i >= 9,
                reached: i < 6,
                Cancel
            );
        await log.SumAsync(Cancel);
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/messages");

        var row = page.QuerySelector("table.playbooks tbody tr")!;
        Assert.StartsWith("Onboarding stalled", row.QuerySelector("th")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["1", "67%6 of 9", "0%0 of 3"], row.QuerySelectorAll("td").Take(3).Select(cell => cell.TextContent));
        Assert.Contains("too early", row.QuerySelectorAll("td")[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("+66.7 points", row.QuerySelectorAll("td")[3].TextContent, StringComparison.Ordinal);
        Assert.Matches(
            "first told 1[0-9] days after|first told 30 days after|nothing to measure",
            page.QuerySelectorAll("table.playbooks tbody tr")[1].TextContent
        );
    }

    [Fact]
    public async Task The_playbooks_are_a_file_and_speak_French()
    {
        await GivenAStuckAccountAsync("Acme");
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = "fr";

        using var response = await browser.SendAsync(HttpMethod.Get, "/messages.csv");
        string[] lines = (await response.Content.ReadAsStringAsync(Cancel)).Trim().Split("\r\n");

        Assert.StartsWith("scénario;prévu;envoyé;", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("Mise en route bloquée;0;1;", StringComparison.Ordinal));
        Assert.Equal(CauseCatalogue.Ids.Count + 1, lines.Length);
    }

    [Theory]
    [InlineData("/messages/nonsense")]
    [InlineData("/messages/20260302090000000.0123456789abcdef.g_acme")]
    [InlineData("/messages/20260302090000000.0123456789abcdef.g_acme/html")]
    public async Task A_message_that_is_none_is_not_found(string path)
    {
        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Where_nothing_was_written_the_page_says_that_silence_is_the_default()
    {
        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/messages");

        Assert.StartsWith(
            "Nothing here: silence is the default.",
            page.QuerySelector("#sent .empty")!.TextContent,
            StringComparison.Ordinal
        );
    }

    private async Task<string> FrameAsync(DashboardBrowser browser)
    {
        string id = (await RecordAsync()).Id;
        return (await browser.OpenAsync("/messages/" + Uri.EscapeDataString(id))).QuerySelector("iframe")!.GetAttribute("src")!;
    }

    /// <summary>The one message to a customer.</summary>
    private async Task<OutreachRecord> RecordAsync()
    {
        var rows = _host.Services.GetRequiredService<OutreachRows>();
        await foreach (
            var (id, _) in _host.Services.GetRequiredService<Core.Response.Outreach.OutreachLists>().ReadAsync(null, null, 100, Cancel)
        )
        {
            if (await rows.GetAsync(id, Cancel) is { Record: { Kind: OutreachKind.Message } record })
                return record;
        }
        throw new InvalidOperationException("No message was written.");
    }

    private async Task GivenAStuckAccountAsync(string name)
    {
        await _host.SendAsync(
            SignalsHost.Person("u-acme", new { email = "ann@acme.example", name }),
            SignalsHost.Account("u-acme", "acme", new { name, plan = "pro" }),
            SignalsHost.Track("u-acme", "acme", "Import Failed"),
            SignalsHost.Track("u-acme", "acme", "Import Failed"),
            SignalsHost.Track("u-acme", "acme", "Import Failed")
        );
        await _host.SettleAsync();
    }
}
