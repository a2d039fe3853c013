using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class PageTests : IAsyncLifetime
{
    private const string Hostile = "</title><script>alert(1)</script>\" onload='x' &amp;";

    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_accounts_stand_with_their_cause_and_evidence()
    {
        await GivenAStuckAccountAsync("acme", "Acme");

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts");

        var row = Assert.Single(page.QuerySelectorAll("table.accounts tbody tr"));
        Assert.Equal(("Acme", "/accounts/acme"), (row.QuerySelector("th a")!.TextContent, row.QuerySelector("th a")!.GetAttribute("href")));
        Assert.StartsWith("Onboarding stalled: Import your users", row.QuerySelector(".why strong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("\"Import your users\" failed 3 times", row.QuerySelector(".why bdi")!.TextContent);
        Assert.Equal("0 of 1", row.QuerySelector(".active span")!.TextContent);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts")]
    [InlineData("/accounts/evil")]
    public async Task Hostile_names_stay_text(string path)
    {
        await GivenAStuckAccountAsync("evil", Hostile);

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync(path);

        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/']), [onload], img, iframe"));
        Assert.Contains(page.QuerySelectorAll("bdi"), name => name.TextContent == Hostile);
    }

    [Theory]
    [InlineData("a/b?c#d")]
    [InlineData("\" onmouseover=\"x")]
    public async Task The_link_to_an_account_leads_to_it_whatever_its_id(string id)
    {
        await GivenAStuckAccountAsync(id, "Acme");
        var browser = await DashboardBrowser.SignedInAsync(_host);

        string link = (await browser.OpenAsync("/accounts")).QuerySelector("table.accounts th a")!.GetAttribute("href")!;

        Assert.StartsWith("Acme", (await browser.OpenAsync(link)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    private async Task GivenAStuckAccountAsync(string id, string name)
    {
        await _host.SendAsync(
            SignalsHost.Person("u-" + id, new { email = "u-acme@x.example" }),
            SignalsHost.Account("u-" + id, id, new { name, plan = "pro" }),
            SignalsHost.Track("u-" + id, id, "Import Failed"), SignalsHost.Track("u-" + id, id, "Import Failed"), SignalsHost.Track("u-" + id, id, "Import Failed"));
        await _host.SettleAsync();
    }
}
