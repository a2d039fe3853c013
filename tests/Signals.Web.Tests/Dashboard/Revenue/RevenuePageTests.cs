using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Revenue;

public sealed class RevenuePageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group", "currency": "EUR",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 20 }] },
              "churn": { "events": ["Subscription Cancelled"] },
              "expansion": { "limits": ["Limit Met"], "times": 2 }
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_money_its_renewals_and_what_became_of_it_stand_on_one_page()
    {
        await GivenAsync();

        var page = await OpenAsync("/revenue");

        Assert.Equal("340 EUR 3 paying customers", Figure(page, "Paid a month"));
        Assert.Equal(
            ["April 2026: 300 EUR 3 customers | −100 EUR 1 customer | 0 EUR | +40 EUR | 66.7% | 80% | 100 EUR 1 customer"],
            page.QuerySelectorAll("#retention table.money tbody tr")
                .Take(1)
                .Select(row =>
                    $"{row.QuerySelector("th")!.TextContent}: "
                    + string.Join(
                        " | ",
                        row.QuerySelectorAll("td")
                            .Select((cell, i) => i is 4 or 5 ? cell.QuerySelector("strong")!.TextContent : Plain(cell))
                    )
                )
        );
        Assert.Equal(["b", Hostile], page.QuerySelectorAll("ul.renewals a").Select(link => link.TextContent));
        Assert.Contains(
            "Limits of the plan were met 2 times in 30 days.",
            page.QuerySelector("#expansion")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/'])"));
    }

    [Fact]
    public async Task One_managers_renewals_are_theirs_alone_and_the_page_speaks_french()
    {
        await GivenAsync();

        var page = await OpenAsync("/revenue?csm=ann@nimbus.example", "fr");

        Assert.Equal("Revenus", page.QuerySelector("h1")!.TextContent);
        Assert.Equal([Hostile], page.QuerySelectorAll("ul.renewals a").Select(link => link.TextContent));
        Assert.Contains("100 EUR 1 client", Plain(page.QuerySelectorAll(".figures")[1]), StringComparison.Ordinal);
        string csv = page.QuerySelector("#renewals a[href*='.csv']")!.GetAttribute("href")!;
        using var file = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, csv);
        Assert.Equal(2, (await file.Content.ReadAsStringAsync(Cancel)).Trim().Split("\r\n").Length);
        Assert.Contains(
            "nobody@nimbus.example",
            (await OpenAsync("/revenue?csm=nobody@nimbus.example")).QuerySelector("p.note")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("months", "2026-04,3,300,100,0,40,100,0.6667")]
    [InlineData("cohorts", "2026-04,1,0,100,100,1")]
    [InlineData("renewals", "b,b,")]
    [InlineData("expansion", "b,b,")]
    public async Task Each_table_is_a_file(string table, string line)
    {
        await GivenAsync();

        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, "/revenue.csv?table=" + table);

        Assert.Contains(
            (await response.Content.ReadAsStringAsync(Cancel)).Split("\r\n"),
            row => row.StartsWith(line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_api_answers_the_same()
    {
        await GivenAsync();

        var answer = await _host.GetAsync("/api/revenue");

        Assert.Equal("EUR", answer.GetProperty("currency").GetString());
        var months = answer.GetProperty("revenue").GetProperty("months");
        Assert.Equal(0.8, months[months.GetArrayLength() - 1].GetProperty("net").GetProperty("share").GetDouble());
    }

    [Fact]
    public async Task Accounts_come_in_the_order_that_is_asked_for()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);

        Assert.Equal(["b", Hostile, "c", "d"], await NamesAsync(browser, "price"));
        Assert.Equal(["b", Hostile], await NamesAsync(browser, "renewal"));
        Assert.Equal(["d", Hostile, "b"], await NamesAsync(browser, "stake"));
        Assert.Equal([Hostile, "b", "d"], await NamesAsync(browser, "seen"));
        var byHealth = await NamesAsync(browser, "health");
        Assert.Equal((Hostile, 3), (byHealth[0], byHealth.Count));
        Assert.Equal(["b", "a", "c", "d"], await _host.IdsAsync("/api/accounts?sort=price"));
    }

    [Fact]
    public async Task Today_begins_with_whom_to_look_at_and_what_to_do_and_counts_a_managers_own()
    {
        await GivenAsync();

        var page = await OpenAsync("/");
        var rows = page.QuerySelectorAll(".ten li");

        Assert.Contains(Hostile, rows.Select(row => row.QuerySelector("h3 a")!.TextContent));
        Assert.DoesNotContain("c", rows.Select(row => row.QuerySelector("h3 a")!.TextContent));
        Assert.All(rows, row => Assert.NotEmpty(row.QuerySelector(".todo")!.TextContent));
        Assert.Equal(
            "No account names this CS manager: nobody@nimbus.example",
            (await OpenAsync("/?csm=nobody@nimbus.example")).QuerySelector(".note")!.TextContent
        );
        Assert.Equal(
            1,
            (await OpenAsync("/?csm=ann@nimbus.example"))
                .QuerySelectorAll(".figures dd a[href*='ann']")
                .Sum(link => int.Parse(link.TextContent))
        );
    }

    /// <summary>
    /// Since 2 March a, b and c pay 100 each. In April b pays 40 more, c leaves, and d comes with 100. It is 5 May; a and b renew soon, and
    /// a has not come since.
    /// </summary>
    private async Task GivenAsync()
    {
        foreach (
            var (id, name, csm) in new[]
            {
                ("a", Hostile, "ann@nimbus.example"),
                ("b", "b", "bob@nimbus.example"),
                ("c", "c", "bob@nimbus.example"),
            }
        )
            await _host.SendAsync(
                SignalsHost.Account(
                    "u-" + id,
                    id,
                    new
                    {
                        name,
                        csm,
                        mrr = 100,
                        renewalAt = id == "a" ? "2026-08-01" : "2026-06-01",
                    }
                ),
                SignalsHost.Track("u-" + id, id, "Report Shared")
            );
        foreach (int day in new[] { 4, 6, 9, 11, 13, 16, 18, 20, 23, 25 })
            await OnAsync(
                new DateTime(2026, 3, day),
                SignalsHost.Track("u-a", "a", "Report Shared"),
                SignalsHost.Track("u-b", "b", "Report Shared")
            );
        await OnAsync(
            new DateTime(2026, 4, 10),
            SignalsHost.Track("u-c", "c", "Subscription Cancelled"),
            SignalsHost.Account("u-b", "b", new { mrr = 140 }),
            SignalsHost.Account("u-d", "d", new { name = "d", mrr = 100 }),
            SignalsHost.Track("u-d", "d", "Report Shared")
        );
        await OnAsync(
            new DateTime(2026, 5, 5),
            SignalsHost.Track("u-b", "b", "Report Shared"),
            SignalsHost.Track("u-b", "b", "Limit Met"),
            SignalsHost.Track("u-b", "b", "Limit Met"),
            SignalsHost.Track("u-d", "d", "Report Shared")
        );
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
    }

    private async Task OnAsync(DateTime day, params object[] events)
    {
        await _host.SettleAsync();
        _host.Clock.Advance(new DateTimeOffset(day.AddHours(9), TimeSpan.Zero) - _host.Clock.GetUtcNow());
        await _host.WorkAsync();
        await _host.SendAsync(events);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(DashboardBrowser browser, string order) =>
        [
            .. (await browser.OpenAsync("/accounts?sort=" + order))
                .QuerySelectorAll("table.accounts th.who > a")
                .Select(link => link.TextContent),
        ];

    private async Task<IHtmlDocument> OpenAsync(string path, string language = "en")
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        return await browser.OpenAsync(path);
    }

    private static string Figure(IHtmlDocument page, string name) =>
        Plain(page.QuerySelectorAll(".figures div").Single(figure => figure.QuerySelector("dt")!.TextContent == name).QuerySelector("dd")!);

    private static string Plain(IElement element) =>
        string.Join(' ', element.TextContent.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
