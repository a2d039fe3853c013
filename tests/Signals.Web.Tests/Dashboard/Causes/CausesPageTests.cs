using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Indexes;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Causes;

public sealed class CausesPageTests : IAsyncLifetime
{
    private const string Hostile = "</td><script>alert(1)</script>=1+1";

    private readonly SignalsHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Before_the_first_count_the_page_says_when_it_comes()
    {
        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/causes");

        Assert.StartsWith("Nothing was counted yet.", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_holds_accounts_back_is_ranked_by_what_they_pay_with_the_change_and_a_link_to_them()
    {
        await GivenFiguresAsync(30, Account(RiskLevel.Watch, 10, ("onboarding-stalled", "import-users", 2)));
        await GivenFiguresAsync(
            0,
            Account(RiskLevel.AtRisk, 1000, ("onboarding-stalled", "import-users", 4)),
            Account(RiskLevel.Watch, 200, ("onboarding-stalled", "import-users", 1)),
            Account(RiskLevel.Critical, 4000, ("usage-drop", null, 9)),
            Account(RiskLevel.Healthy, 9000, ("delight", null, 1))
        );

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/causes");

        var rows = page.QuerySelectorAll("table.topics tbody tr");
        Assert.Equal(["Usage drop", "Import your users"], rows.Select(row => row.QuerySelector("th a")!.TextContent));
        Assert.Equal("/causes/onboarding-stalled?about=import-users", rows[1].QuerySelector("th a")!.GetAttribute("href"));
        Assert.Equal(["1,200 USD", "2", "+1", "1", "5"], rows[1].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal(
            ["4", "2 +2 in 30 days", "5,000 USD"],
            page.QuerySelectorAll("dl.figures dd").Take(3).Select(figure => figure.TextContent)
        );
        Assert.Equal(
            ["Onboarding stalled", "Usage drop"],
            page.QuerySelectorAll(".chart .legend li").Select(entry => entry.TextContent.Trim())
        );
    }

    [Fact]
    public async Task It_speaks_French_to_who_reads_French()
    {
        await GivenFiguresAsync(0, Account(RiskLevel.AtRisk, 1200, ("usage-drop", null, 4)));
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = "fr";

        var page = await browser.OpenAsync("/causes");

        Assert.Equal("Pour la réunion de roadmap", page.QuerySelector("section h2")!.TextContent);
        Assert.Equal("Chute d’usage", page.QuerySelector("table.topics th a")!.TextContent);
        Assert.Equal("1\u202f200 USD", page.QuerySelector("table.topics td")!.TextContent);
    }

    [Fact]
    public async Task The_list_is_a_file_for_the_meeting()
    {
        await GivenFiguresAsync(0, Account(RiskLevel.AtRisk, 1200.5, ("friction", Hostile, 4)));

        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, "/causes.csv");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            [
                "cause,about,price a month,accounts,accounts 30 days ago,accounts at risk,people",
                "Friction,</td><script>alert(1)</script>=1+1,1200.5,1,,1,4",
            ],
            (await response.Content.ReadAsStringAsync(Cancel)).Trim().Split("\r\n")
        );
    }

    [Theory]
    [InlineData("/causes")]
    [InlineData("/causes/friction")]
    [InlineData("/causes/friction?about=%3C%2Ftd%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%3D1%2B1")]
    public async Task Hostile_names_stay_text(string path)
    {
        await GivenFiguresAsync(0, Account(RiskLevel.AtRisk, 1200, ("friction", Hostile, 4)));

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync(path);

        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/'])"));
        Assert.Contains(page.QuerySelectorAll("bdi"), name => name.TextContent.EndsWith(Hostile, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cause_leads_to_its_accounts_and_each_of_its_details_to_theirs()
    {
        foreach (string id in new[] { "acme", "zen" })
        {
            await _host.SendAsync(
                SignalsHost.Person("u-" + id, new { email = $"{id}@x.example" }),
                SignalsHost.Account("u-" + id, id, new { name = id, plan = "pro" }),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed"),
                SignalsHost.Track("u-" + id, id, "Import Failed")
            );
        }
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
        var browser = await DashboardBrowser.SignedInAsync(_host);

        var page = await browser.OpenAsync((await browser.OpenAsync("/causes")).QuerySelector("table.topics th a")!.GetAttribute("href")!);

        Assert.Equal("Onboarding stalled: Import your users", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["acme", "zen"], page.QuerySelectorAll("table.accounts th a").Select(link => link.TextContent).Order());
        Assert.Empty((await browser.OpenAsync("/causes/onboarding-stalled?about=another")).QuerySelectorAll("table.accounts th a"));
    }

    [Fact]
    public async Task There_is_no_page_of_a_cause_that_is_none()
    {
        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, "/causes/boredom");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task GivenFiguresAsync(int daysAgo, params AccountSummary[] accounts)
    {
        var survey = new FigureSurvey(Days.Of(_host.Clock.GetUtcNow()) - daysAgo);
        foreach (var account in accounts)
            survey.Add(account);
        await _host.Services.GetRequiredService<FigureBook>().SaveAsync(survey.ToFigures(), Cancel);
    }

    private static AccountSummary Account(RiskLevel level, double price, params (string Cause, string? Detail, int People)[] causes) =>
        new()
        {
            Key = "g_a",
            Id = "a",
            Name = "A",
            Level = level,
            Price = price,
            Causes = [.. causes.Select(cause => new SummaryCause(cause.Cause, cause.Detail, 0.9, cause.People, default))],
        };
}
