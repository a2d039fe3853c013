using System.Net;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>The list of accounts: what it shows, filters, goes on with, and saves.</summary>
public sealed class AccountsPageTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_accounts_stand_with_their_cause_and_evidence()
    {
        await StuckAsync(("acme", "Acme", "ann@nimbus.example"));

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts");

        var row = Assert.Single(page.QuerySelectorAll("table.accounts tbody tr"));
        Assert.Equal(
            ("Acme", "/accounts/acme"),
            (row.QuerySelector("th.who > a")!.TextContent, row.QuerySelector("th.who > a")!.GetAttribute("href"))
        );
        Assert.StartsWith("Onboarding stalled: Import your users", row.QuerySelector(".why strong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("\"Import your users\" failed 3 times", row.QuerySelector(".why bdi")!.TextContent);
        Assert.Equal("0 of 1", row.QuerySelector(".active span")!.TextContent);
    }

    [Theory]
    [InlineData("a/b?c#d")]
    [InlineData("\" onmouseover=\"x")]
    public async Task The_link_to_an_account_leads_to_it_whatever_its_id(string id)
    {
        await StuckAsync((id, "Acme", null));
        var browser = await DashboardBrowser.SignedInAsync(_host);

        string link = (await browser.OpenAsync("/accounts")).QuerySelector("table.accounts th.who > a")!.GetAttribute("href")!;

        Assert.StartsWith("Acme", (await browser.OpenAsync(link)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?csm=ann@nimbus.example", new[] { "Alpha", "Étoile" })]
    [InlineData("?csm=ANN@nimbus.example", new[] { "Alpha", "Étoile" })]
    [InlineData("?csm=nobody@nimbus.example", new string[0])]
    [InlineData("?cause=onboarding-stalled&csm=bob@nimbus.example", new[] { "Beta Foods" })]
    [InlineData("?plan=PRO&sort=name", new[] { "Alpha", "Beta Foods", "Étoile", "Gamma Foods" })]
    [InlineData("?plan=free", new string[0])]
    [InlineData("?q=etoi", new[] { "Étoile" })]
    [InlineData("?q=ALPHA", new[] { "Alpha" })]
    [InlineData("?q=foods", new[] { "Beta Foods", "Gamma Foods" })]
    [InlineData("?q=gam&csm=bob@nimbus.example", new string[0])]
    [InlineData("?strategic=yes", new[] { "Gamma Foods" })]
    [InlineData("?stage=trial", new[] { "Gamma Foods" })]
    [InlineData("?risk=healthy", new string[0])]
    [InlineData("?worth=1", new string[0])]
    public async Task A_saved_link_shows_the_accounts_that_were_asked_for(string query, string[] names)
    {
        await StuckAsync(
            ("a", "Alpha", "ann@nimbus.example"),
            ("b", "Beta Foods", "bob@nimbus.example"),
            ("e", "Étoile", "ann@nimbus.example")
        );
        await _host.SendAsync(
            SignalsHost.Account(
                "u-g",
                "g",
                new
                {
                    name = "Gamma Foods",
                    plan = "pro",
                    strategic = true,
                    stage = "trial",
                }
            ),
            SignalsHost.Track("u-g", "g", "Import Failed"),
            SignalsHost.Track("u-g", "g", "Import Failed"),
            SignalsHost.Track("u-g", "g", "Import Failed")
        );
        await _host.SettleAsync();
        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts" + query);

        var shown = page.QuerySelectorAll("table.accounts th.who > a").Select(link => link.TextContent);
        Assert.Equal(names, query.Contains("sort=name", StringComparison.Ordinal) ? shown : shown.Order(StringComparer.Ordinal));
        if (names.Length == 0)
            Assert.Single(page.QuerySelectorAll("main .empty"));
    }

    [Fact]
    public async Task Managers_plans_and_stages_are_offered_as_they_occur()
    {
        await StuckAsync(("a", "Alpha", "ann@nimbus.example"), ("b", "Beta", "bob@nimbus.example"));
        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts?csm=bob@nimbus.example");

        Assert.Equal(
            ["", "ann@nimbus.example", "bob@nimbus.example"],
            page.QuerySelectorAll("select[name=csm] option").Select(option => option.GetAttribute("value"))
        );
        Assert.Equal("bob@nimbus.example", page.QuerySelector("select[name=csm] option[selected]")!.GetAttribute("value"));
        Assert.Equal(["", "pro"], page.QuerySelectorAll("select[name=plan] option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public async Task An_account_is_found_by_its_id()
    {
        await StuckAsync(("acc-77", "Acme", null));
        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts?q=acc-77");

        Assert.Equal("/accounts/acc-77", page.QuerySelector("main .note a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/accounts?risk=critical,at-risk,watch")]
    [InlineData("/accounts?sort=name")]
    [InlineData("/accounts?csm=ann@nimbus.example")]
    public async Task A_long_list_goes_on_with_the_next_page_and_misses_nobody(string path)
    {
        await StuckAsync([.. Enumerable.Range(0, 60).Select(i => ($"account-{i}", $"Name {i}", (string?)"ann@nimbus.example"))]);
        var browser = await DashboardBrowser.SignedInAsync(_host);

        var first = await browser.OpenAsync(path);
        var second = await browser.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        var names = first
            .QuerySelectorAll("th.who > a")
            .Concat(second.QuerySelectorAll("th.who > a"))
            .Select(link => link.TextContent)
            .ToList();
        Assert.Equal((50, 60, 60), (first.QuerySelectorAll("th.who").Length, names.Count, names.Distinct().Count()));
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task The_csv_holds_all_of_them_and_no_formula()
    {
        await StuckAsync([
            ("evil", "=cmd|' /C calc'!A0", "ann@nimbus.example"),
            .. Enumerable.Range(0, 55).Select(i => ($"account-{i}", $"Name {i}", (string?)"ann@nimbus.example")),
        ]);
        var browser = await DashboardBrowser.SignedInAsync(_host);
        using var response = await browser.SendAsync(HttpMethod.Get, "/accounts.csv?csm=ann@nimbus.example");
        string csv = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("text/csv", HttpStatusCode.OK), (response.Content.Headers.ContentType?.MediaType, response.StatusCode));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(1 + 56, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\nevil,'=cmd|' /C calc'!A0,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_there_is_no_csv()
    {
        using var response = await new DashboardBrowser(_host).SendAsync(HttpMethod.Get, "/accounts.csv");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private async Task StuckAsync(params IReadOnlyList<(string Id, string Name, string? Csm)> accounts)
    {
        await _host.SendAsync(
            accounts.SelectMany(account =>
                new[]
                {
                    SignalsHost.Person("u-" + account.Id, new { email = "u@x.example" }),
                    SignalsHost.Account(
                        "u-" + account.Id,
                        account.Id,
                        new
                        {
                            name = account.Name,
                            plan = "pro",
                            csm = account.Csm,
                        }
                    ),
                    SignalsHost.Track("u-" + account.Id, account.Id, "Import Failed"),
                    SignalsHost.Track("u-" + account.Id, account.Id, "Import Failed"),
                    SignalsHost.Track("u-" + account.Id, account.Id, "Import Failed"),
                }
            )
        );
        await _host.SettleAsync();
    }
}
