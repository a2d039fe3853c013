using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Tests.Dashboard.Team;

public sealed class MailedLinkTests : TeamPages
{
    private const string Amelie = "amelie@nimbus.example";

    [Fact]
    public async Task An_invitations_link_lets_in_by_a_button_and_the_audit_trail_names_the_person()
    {
        await InviteAsync("Amélie Durand", "Amelie@Nimbus.example");
        var mail = Mails.Last(Amelie);
        Assert.Contains("Hello Amélie Durand", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://signals.nimbus.example/signin?token=", mail.Html, StringComparison.Ordinal);

        var browser = await OpenMailAsync(mail);

        var page = await browser.OpenAsync("/");
        Assert.Contains("Amélie Durand · Manager", page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
        var entries = await AuditAsync();
        Assert.Contains(entries, entry => (entry.Who, entry.Action) == (Amelie, "session.opened"));
        Assert.Contains(entries, entry => (entry.Who, entry.Action, entry.Subject) == ("link", "user.invited", Amelie));
    }

    [Fact]
    public async Task A_scanner_that_opens_the_link_burns_nothing_and_the_button_works_once()
    {
        await InviteAsync("Amélie", Amelie);
        string link = LinkIn(Mails.Last(Amelie));
        for (int i = 0; i < 3; i++)
        {
            using var scanned = await new DashboardBrowser(Host).SendAsync(HttpMethod.Get, link);
            Assert.Equal(HttpStatusCode.OK, scanned.StatusCode);
            Assert.False(scanned.Headers.Contains("Set-Cookie"));
        }
        var form = (await new DashboardBrowser(Host).OpenAsync(link)).QuerySelector("main form");

        using var first = await new DashboardBrowser(Host).PostAsync(form);
        using var second = await new DashboardBrowser(Host).PostAsync(form);
        using var again = await new DashboardBrowser(Host).SendAsync(HttpMethod.Get, link);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains(first.Headers.GetValues("Set-Cookie"), set => set.StartsWith("signals-session=", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (second.StatusCode, again.StatusCode));
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_the_address_is_known_or_not()
    {
        await InviteAsync("Amélie", Amelie);
        int before = Mails.All.Count;

        string known = await AskAsync(Amelie),
            unknown = await AskAsync("nobody@nimbus.example");

        Assert.Equal(
            known.Replace(Amelie, "X", StringComparison.Ordinal),
            unknown.Replace("nobody@nimbus.example", "X", StringComparison.Ordinal)
        );
        Assert.Equal([Amelie], Mails.All.Skip(before).Select(mail => mail.To.Address));
    }

    [Fact]
    public async Task A_link_leads_to_the_page_that_was_asked_for_and_never_to_another_site()
    {
        await InviteAsync("Amélie", Amelie);
        await AskAsync(Amelie, "/accounts?risk=critical");
        var browser = new DashboardBrowser(Host);
        var form = (await browser.OpenAsync(LinkIn(Mails.Last(Amelie)))).QuerySelector("main form");
        using var response = await browser.PostAsync(form);
        var page = await DashboardBrowser.ReadAsync(response);
        Assert.Equal("0;url=/accounts?risk=critical", page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));

        using var evil = await new DashboardBrowser(Host).PostAsync(
            "/signin/mail",
            [new("address", Amelie), new("return", "//evil.example/")]
        );
        await Host.Services.GetRequiredService<SignInMailer>().IdleAsync();
        form = (await browser.OpenAsync(LinkIn(Mails.Last(Amelie)))).QuerySelector("main form");
        using var again = await browser.PostAsync(form);
        page = await DashboardBrowser.ReadAsync(again);
        Assert.Equal("0;url=/", page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task The_api_token_leads_to_the_page_that_was_asked_for_too()
    {
        var browser = new DashboardBrowser(Host);
        using var asked = await browser.SendAsync(HttpMethod.Get, "/causes");
        var form = (await DashboardBrowser.ReadAsync(asked)).QuerySelector("form[action='/signin']");
        using var response = await browser.PostAsync(form, ("token", Api.SignalsHost.ApiToken));
        var page = await DashboardBrowser.ReadAsync(response);
        Assert.Equal("0;url=/causes", page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task A_link_ends_after_half_an_hour_and_no_more_than_a_few_wait_at_once()
    {
        await InviteAsync("Amélie", Amelie);
        await AskAsync(Amelie);
        string link = LinkIn(Mails.Last(Amelie));
        Host.Clock.Advance(MailedLinks.AskedLife);
        using var late = await new DashboardBrowser(Host).SendAsync(HttpMethod.Get, link);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);

        int before = Mails.All.Count;
        for (int i = 0; i < 6; i++)
            await AskAsync(Amelie);
        // The invitation's link waits too.
        Assert.Equal(MailedLinks.MaxWaiting - 1, Mails.All.Count - before);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        for (int i = 0; i < SignInLimits.PerAddress; i++)
        {
            using var asked = await new DashboardBrowser(Host).PostAsync("/signin/mail", [new("address", $"a{i}@nimbus.example")]);
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        }
        using var shed = await new DashboardBrowser(Host).PostAsync("/signin/mail", [new("address", Amelie)]);
        Assert.Equal(HttpStatusCode.TooManyRequests, shed.StatusCode);
    }

    [Fact]
    public async Task Another_site_can_neither_ask_for_a_link_nor_open_one()
    {
        await InviteAsync("Amélie", Amelie);
        int before = Mails.All.Count;
        string token = LinkIn(Mails.Last(Amelie)).Split('=')[1];
        var evil = new DashboardBrowser(Host) { Headers = { ["Sec-Fetch-Site"] = "cross-site" } };

        using var asked = await evil.PostAsync("/signin/mail", [new("address", Amelie)]);
        using var opened = await evil.PostAsync("/signin/open", [new("token", token)]);
        await Host.Services.GetRequiredService<SignInMailer>().IdleAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (asked.StatusCode, opened.StatusCode));
        Assert.Equal(before, Mails.All.Count);
    }
}
