using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Features;

public sealed class FeaturesPageTests : IAsyncLifetime
{
    private const string Hostile = "<img src=x onerror=alert(1)>=2+2";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            $$"""
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 5 }] },
              "features": [
                { "id": "export", "name": "Exports", "events": ["Export Completed"], "key": true, "plans": ["pro"] },
                { "id": "evil", "name": "{{Hostile}}", "events": ["Evil Done"] },
                { "id": "reader", "name": "Reader", "events": ["Reader Opened"] },
                { "id": "feeds", "name": "Feeds", "events": ["Feed Opened"] }
              ],
              "sunsets": [{ "feature": "reader", "announced": "2026-02-01", "lastOrder": "2026-03-01", "ends": "2026-06-30", "why": "few use it", "terms": "as before",
                            "replacement": { "feature": "feeds", "differences": "none" }, "steps": ["Open Feeds"] }],
              "plans": { "pro": { "price": 99 }, "free": { "price": 0 } }
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Before_the_first_measuring_the_page_says_when_it_comes()
    {
        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/features");

        Assert.StartsWith("Nothing was measured yet.", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_feature_stands_in_four_dimensions_and_by_segment()
    {
        await GivenAsync();

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/features");

        var exports = page.QuerySelectorAll("table.adoption tbody tr").Single(row => row.QuerySelector("bdi")!.TextContent == "Exports");
        Assert.Equal(
            ["50%", "2 uses an account", "half on the first day", "most keep it"],
            exports.QuerySelectorAll("td strong").Select(cell => cell.TextContent)
        );
        Assert.Contains("1 of 2; ever 50%", exports.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Feature", "pro (2)", "free (1)"], page.QuerySelectorAll("table.heat thead th").Select(head => head.TextContent));
        Assert.Equal(["50%", ""], page.QuerySelector("table.heat tbody tr")!.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Segments_can_be_compared_by_size_and_by_any_dimension()
    {
        await GivenAsync();

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/features?by=size&show=intensity");

        Assert.Equal("1 person (3)", page.QuerySelectorAll("table.heat thead th")[1].TextContent);
        Assert.Equal("1", page.QuerySelector("table.heat tbody td")!.TextContent);
        Assert.Equal(
            ["By size", "Intensity: how often"],
            page.QuerySelectorAll(".choices a[aria-current]").Select(choice => choice.TextContent)
        );
    }

    [Fact]
    public async Task A_sunset_says_who_has_moved_and_who_has_not()
    {
        await GivenAsync();

        var page = await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/features");

        var sunset = page.QuerySelector("section.sunset")!;
        Assert.Equal("Reader → Feeds", sunset.QuerySelector("h2")!.TextContent);
        Assert.Contains("ends in 120 days, 30 Jun 2026. few use it", sunset.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Acme", "Zen"], sunset.QuerySelectorAll("table.sunset-accounts th a").Select(link => link.TextContent));
        Assert.Equal("/accounts/acme", sunset.QuerySelector("table.sunset-accounts th a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Names_stay_names_on_the_page_and_in_the_file()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);

        Assert.Empty((await browser.OpenAsync("/features")).QuerySelectorAll("main img, script:not([src^='/assets/'])"));
        using var response = await browser.SendAsync(HttpMethod.Get, "/features.csv?by=plan");
        string[] lines = (await response.Content.ReadAsStringAsync(Cancel)).Trim().Split("\r\n");

        Assert.StartsWith("all,Exports,2,1,0.5,", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith($"free,{Hostile},1,0,0,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_speaks_French_to_who_reads_French()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = "fr";

        var page = await browser.OpenAsync("/features?by=stage");

        Assert.Equal("Fonctions", page.QuerySelector("h1")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("table.heat thead th"), head => head.TextContent == "sans étape (3)");
    }

    [Fact]
    public async Task A_segment_that_is_none_is_refused()
    {
        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, "/features?by=mood");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task GivenAsync()
    {
        foreach (var (id, plan) in new[] { ("acme", "pro"), ("zen", "pro"), ("solo", "free") })
            await _host.SendAsync(
                SignalsHost.Account("u-" + id, id, new { name = char.ToUpperInvariant(id[0]) + id[1..], plan }),
                SignalsHost.Track("u-" + id, id, "Report Shared")
            );
        await _host.SendAsync(
            SignalsHost.Track("u-acme", "acme", "Export Completed"),
            SignalsHost.Track("u-acme", "acme", "Export Completed"),
            SignalsHost.Track("u-acme", "acme", "Reader Opened"),
            SignalsHost.Track("u-zen", "zen", "Reader Opened"),
            SignalsHost.Track("u-zen", "zen", "Feed Opened")
        );
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
    }
}
