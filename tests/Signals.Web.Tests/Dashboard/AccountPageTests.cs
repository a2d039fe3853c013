using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>Today and an account's page: what they show, and what managers do on them.</summary>
public sealed class AccountPageTests : IAsyncLifetime
{
    private const string Hostile = "</title><script>alert(1)</script>\" onload='x' &amp; \u202Eevil \U0001F600";

    private readonly SignalsHost _host = new();
    private readonly SignalsHost _azure = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _azure.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _azure.DisposeAsync();
    }

    [Fact]
    public async Task An_accounts_page_shows_evidence_people_against_the_floor_steps_features_and_what_was_sent()
    {
        await GivenAStuckAccountAsync(_host, "acme", "Acme");
        await _host.SendAsync(
            SignalsHost.Track("u-acme", "acme", "Report Shared", new { minutes = 7.5 }),
            SignalsHost.Track("u-acme", "acme", "Export Completed")
        );
        await _host.SettleAsync();

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts/acme");

        Assert.Equal("Acme strategic", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("\"Import your users\" failed 3 times", page.QuerySelector(".evidence")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("u-acme@x.example", page.QuerySelector("table.people")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("7.5 minutes not active yet", page.QuerySelector("table.people .value span")!.TextContent);
        Assert.Contains("failed Import your users", page.QuerySelector(".steps li")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Exports", page.QuerySelector("table.features")!.TextContent, StringComparison.Ordinal);
        Assert.True(page.QuerySelectorAll(".sent > li .tag.good").Length >= 2);
        Assert.Contains("Next review", page.QuerySelector(".next")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Chance to leave within 30 days: 1 in ", "; usual here 1 in 18.")]
    [InlineData("fr", "Probabilité de départ sous 30 jours : 1 sur ", " ; d’ordinaire ici 1 sur 18.")]
    public async Task The_chance_to_leave_is_told_within_each_horizon_beside_what_is_usual(string language, string chance, string usual)
    {
        var host = new SignalsHost();
        host = new SignalsHost
        {
            Model = host.Model with
            {
                Risk = new RiskCalibration
                {
                    Date = new DateOnly(2026, 1, 31),
                    HorizonDays = 14,
                    Data = new CalibrationData("history.ndjson.gz", null, 500, 40),
                    Intercept = -3,
                    BaseRate = 0.03,
                    Later = [new LaterHazard(14, 30, -3, 0.5, 0.4, 0.025)],
                    Levels = new RiskThresholds(0.1, 0.3, 0.6),
                },
            },
        };
        await host.InitializeAsync();
        try
        {
            await GivenAStuckAccountAsync(host, "acme", "Acme");
            var browser = await DashboardBrowser.SignedInAsync(host);
            browser.Headers["Accept-Language"] = language;

            var page = await browser.OpenAsync("/accounts/acme");
            var risk = (await host.GetAsync("/api/accounts/acme")).GetProperty("risk");

            string[] told =
            [
                .. page.QuerySelectorAll(".chances .line").Select(line => line.TextContent.Replace('\u00A0', ' ').Replace('\u202F', ' ')),
            ];
            Assert.Equal(2, told.Length);
            Assert.StartsWith(chance, told[1], StringComparison.Ordinal);
            Assert.EndsWith(usual, told[1], StringComparison.Ordinal);
            var chances = risk.GetProperty("chances").EnumerateArray().ToList();
            Assert.Equal([14, 30], chances.Select(one => one.GetProperty("days").GetInt32()));
            Assert.True(chances[0].GetProperty("probability").GetDouble() < chances[1].GetProperty("probability").GetDouble());
            Assert.Equal(risk.GetProperty("probability").GetDouble(), chances[0].GetProperty("probability").GetDouble(), 1e-3);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts")]
    [InlineData("/accounts/evil")]
    [InlineData("/accounts/evil/people")]
    public async Task Hostile_names_stay_text(string path)
    {
        await GivenAStuckAccountAsync(_host, "evil", Hostile);

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync(path);

        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/']), [onload], img, iframe"));
        Assert.Contains(page.QuerySelectorAll("bdi"), name => name.TextContent == Hostile);
    }

    [Fact]
    public async Task An_alert_is_taken_on_put_off_and_closed_with_the_words_that_were_given()
    {
        await GivenAStuckAccountAsync(_host, "acme", "Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var today = await browser.OpenAsync("/");
        Assert.Equal("Acme", today.QuerySelector(".waiting .alerts h3 a")!.TextContent);

        today = await browser.SubmitAsync(Form(today, "/ack"));
        Assert.Equal("You took on Acme.", today.QuerySelector(".notice p")!.TextContent);
        Assert.Empty(today.QuerySelectorAll(".waiting .alerts > li"));
        Assert.Contains("Taken on by the sign-in link", today.QuerySelector(".in-hand")!.TextContent, StringComparison.Ordinal);

        today = await browser.SubmitAsync(Form(today, "/snooze"), ("days", "7"), ("note", Hostile));
        Assert.Equal(Hostile, today.QuerySelector(".in-hand q")!.TextContent);

        today = await browser.SubmitAsync(Form(today, "/resolve"), ("reason", "helped"));
        Assert.Empty(today.QuerySelectorAll(".alerts > li"));

        var audit = (
            await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 20, TestContext.Current.CancellationToken)
        ).Entries;
        Assert.Equal(3, audit.Count(entry => entry.Who == "link" && entry.Action.StartsWith("alert.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_notice_is_told_once()
    {
        await GivenAStuckAccountAsync(_host, "acme", "Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);
        await browser.SubmitAsync(Form(await browser.OpenAsync("/"), "/ack"));

        Assert.Empty((await browser.OpenAsync("/")).QuerySelectorAll(".notice"));
    }

    [Theory]
    [InlineData("snooze", "days", "0")]
    [InlineData("snooze", "days", "x")]
    [InlineData("snooze", "days", "91")]
    [InlineData("resolve", "reason", "because")]
    public async Task What_no_form_of_ours_sends_is_refused(string action, string field, string value)
    {
        await GivenAStuckAccountAsync(_host, "acme", "Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var form = Form(await browser.OpenAsync("/"), "/" + action);

        using var response = await browser.PostAsync(form, (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single((await browser.OpenAsync("/")).QuerySelectorAll(".waiting .alerts > li"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task A_form_leads_back_to_this_site_only(string address)
    {
        await GivenAStuckAccountAsync(_host, "acme", "Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);

        using var response = await browser.PostAsync(Form(await browser.OpenAsync("/"), "/ack"), ("return", address));

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (response.StatusCode, response.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Messages_are_held_with_a_reason_and_let_go_again()
    {
        await GivenAStuckAccountAsync(_host, "acme", "Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);

        var page = await browser.SubmitAsync(
            Form(await browser.OpenAsync("/accounts/acme"), "/hold"),
            ("days", "14"),
            ("reason", "we talk to them")
        );
        Assert.Equal("we talk to them", page.QuerySelector(".note q")!.TextContent);
        Assert.Contains("16 Mar 2026", page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);

        page = await browser.SubmitAsync(Form(page, "/release"));
        Assert.Empty(page.QuerySelectorAll(".note q"));

        page = await browser.SubmitAsync(Form(page, "/hold"), ("days", "14"), ("reason", " "));
        Assert.NotNull(page.QuerySelector(".notice.problem"));
        Assert.Empty(page.QuerySelectorAll(".note q"));
    }

    [Fact]
    public async Task An_account_is_reviewed_now_and_the_audit_trail_says_by_whom()
    {
        await GivenAStuckAccountAsync(_azure, "acme", "Acme");
        var browser = DashboardBrowser.OfPrincipal(_azure, "Manager");

        var page = await browser.SubmitAsync(Form(await browser.OpenAsync("/accounts/acme"), "/review"));

        Assert.StartsWith("Reviewed", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var audit = (
            await _azure.Services.GetRequiredService<AuditLog>().ReadAsync(null, 20, TestContext.Current.CancellationToken)
        ).Entries;
        Assert.Contains(audit, entry => (entry.Who, entry.Action, entry.Subject) == ("ann@nimbus.example", "account.reviewed", "acme"));
    }

    [Theory]
    [InlineData("ack")]
    [InlineData("snooze")]
    [InlineData("resolve")]
    public async Task A_reader_sees_no_form_and_cannot_send_one(string action)
    {
        await GivenAStuckAccountAsync(_azure, "acme", "Acme");
        var manager = DashboardBrowser.OfPrincipal(_azure, "Manager");
        string path = Form(await manager.OpenAsync("/"), "/" + action)!.GetAttribute("action")!;
        var reader = DashboardBrowser.OfPrincipal(_azure, "Reader");
        var today = await reader.OpenAsync("/");
        var account = await reader.OpenAsync("/accounts/acme");

        using var response = await reader.PostAsync(path, [new("note", "")]);

        Assert.Empty(today.QuerySelectorAll("form[method=post]").Concat(account.QuerySelectorAll("form[method=post]")));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_large_account_shows_its_people_a_page_at_a_time()
    {
        await _host.SendAsync(
            Enumerable.Range(0, 70).Select(i => SignalsHost.Track($"user-{i:D2}", "acme", "Report Shared", new { minutes = 1 }))
        );
        await _host.SettleAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);

        var account = await browser.OpenAsync("/accounts/acme");
        Assert.Equal(12, account.QuerySelectorAll("table.people tbody tr").Length);
        var first = await browser.OpenAsync(account.QuerySelector(".more a[href$='/people']")!.GetAttribute("href")!);
        var second = await browser.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(
            (50, 20),
            (first.QuerySelectorAll("table.people tbody tr").Length, second.QuerySelectorAll("table.people tbody tr").Length)
        );
    }

    private static AngleSharp.Dom.IElement? Form(IHtmlDocument page, string action) => page.QuerySelector($"main form[action$='{action}']");

    private static async Task GivenAStuckAccountAsync(SignalsHost host, string id, string name)
    {
        await host.SendAsync(
            SignalsHost.Person("u-" + id, new { email = "u-acme@x.example", name }),
            SignalsHost.Account(
                "u-" + id,
                id,
                new
                {
                    name,
                    plan = "pro",
                    strategic = true,
                }
            ),
            SignalsHost.Track("u-" + id, id, "Import Failed"),
            SignalsHost.Track("u-" + id, id, "Import Failed"),
            SignalsHost.Track("u-" + id, id, "Import Failed")
        );
        await host.SettleAsync();
    }
}
