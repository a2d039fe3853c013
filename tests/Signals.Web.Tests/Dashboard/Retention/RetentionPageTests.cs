using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Retention;

public sealed class RetentionPageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 20 }] },
              "churn": { "events": ["Subscription Cancelled"] }
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Cohorts_stand_as_a_heat_map_with_the_definition_above()
    {
        await GivenAsync();

        var page = await OpenAsync("/retention");

        Assert.StartsWith(
            "100 customers at the start, 10 new ones, 10 of the first gone: 90% stayed",
            page.QuerySelector(".definition")!.TextContent,
            StringComparison.Ordinal
        );
        // Three came in March, when Signals began to watch: they count from its end on. One left in April, and one of April's two stayed
        // through May.
        Assert.Equal(
            ["before 3 customers: 100% 67% 67%", "April 2026 2 customers: 100% 50%"],
            page.QuerySelectorAll("table.heat tbody tr")
                .Select(row =>
                    $"{row.QuerySelector("th")!.TextContent}: {string.Join(' ', row.QuerySelectorAll("td").Select(cell => cell.TextContent)).Trim()}"
                )
        );
    }

    [Fact]
    public async Task A_segment_can_be_followed_by_itself_and_all_are_compared()
    {
        await GivenAsync();

        var page = await OpenAsync("/retention?by=plan&segment=free");

        Assert.Equal(
            ["before 1 customer: 100% 0% 0%"],
            page.QuerySelectorAll("table.heat tbody tr")
                .Select(row =>
                    $"{row.QuerySelector("th")!.TextContent}: {string.Join(' ', row.QuerySelectorAll("td").Select(cell => cell.TextContent)).Trim()}"
                )
        );
        Assert.Equal(
            [Hostile, "Everybody"],
            page.QuerySelectorAll("#segments tbody th").Select(head => head.TextContent).Where(name => name != "free")
        );
        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/'])"));
    }

    [Fact]
    public async Task Value_can_be_followed_in_the_place_of_customers()
    {
        await GivenAsync();

        var page = await OpenAsync("/retention?show=value", "fr");

        Assert.Equal("Obtiennent de la valeur", page.QuerySelector("#cohorts .choices a[aria-current]")!.TextContent);
        Assert.Equal("avant 3 clients", page.QuerySelector("table.heat tbody th")!.TextContent);
    }

    [Fact]
    public async Task The_cohorts_are_a_file()
    {
        await GivenAsync();

        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, "/retention.csv");

        Assert.Equal(
            [
                "came in,customers at its end,months since,still customers,getting value",
                "before,3,0,3,3",
                "before,3,1,2,0",
                "before,3,2,2,0",
                "2026-04,2,0,2,2",
                "2026-04,2,1,1,0",
            ],
            (await response.Content.ReadAsStringAsync(Cancel)).Trim().Split("\r\n")
        );
    }

    [Fact]
    public async Task Before_a_month_is_over_the_page_says_when_rows_come()
    {
        await _host.SendAsync(SignalsHost.Track("u1", "acme", "Report Shared"));
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);

        Assert.Equal(
            [
                "Nobody was there 30 days ago: retention can be told once somebody was.",
                "The first month is not over yet.",
                "Rows come when the first month with customers is over.",
            ],
            (await OpenAsync("/retention")).QuerySelectorAll(".empty").Select(empty => empty.TextContent)
        );
    }

    /// <summary>
    /// Since 2 March three, of whom the free one leaves in April; in April two more, of whom one leaves in May. It is June.
    /// </summary>
    private async Task GivenAsync()
    {
        foreach (var (id, plan) in new[] { ("a", Hostile), ("b", Hostile), ("c", "free") })
            await _host.SendAsync(
                SignalsHost.Account("u-" + id, id, new { name = id, plan }),
                SignalsHost.Track("u-" + id, id, "Report Shared")
            );
        await OnAsync(
            new DateTime(2026, 3, 20),
            SignalsHost.Track("u-a", "a", "Report Shared"),
            SignalsHost.Track("u-b", "b", "Report Shared"),
            SignalsHost.Track("u-c", "c", "Report Shared")
        );
        await OnAsync(new DateTime(2026, 4, 10), SignalsHost.Track("u-c", "c", "Subscription Cancelled"));
        foreach (string id in new[] { "d", "e" })
            await _host.SendAsync(
                SignalsHost.Account("u-" + id, id, new { name = id, plan = Hostile }),
                SignalsHost.Track("u-" + id, id, "Report Shared")
            );
        await OnAsync(new DateTime(2026, 5, 10), SignalsHost.Track("u-d", "d", "Subscription Cancelled"));
        await OnAsync(new DateTime(2026, 6, 5), SignalsHost.Track("u-a", "a", "Page Opened"));
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
    }

    private async Task OnAsync(DateTime day, params object[] events)
    {
        await _host.SettleAsync();
        _host.Clock.MoveTo(new DateTimeOffset(day.AddHours(9), TimeSpan.Zero));
        await _host.SendAsync(events);
    }

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> OpenAsync(string path, string language = "en")
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        return await browser.OpenAsync(path);
    }
}
