using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Revenue;

/// <summary>A plan that ends, on the pages of the team: the money, an account, and the mornings before a day of it. It begins on 2 March.</summary>
public sealed class PlanSunsetPageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            $$"""
            {
              "product": "Nimbus", "accounts": "group", "currency": "EUR", "timezone": "Europe/Paris",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 20 }] },
              "churn": { "events": ["Subscription Cancelled"] },
              "plans": { "basic": { "price": 50 }, "pro": { "price": 200 } },
              "planSunsets": [{
                "plan": "basic", "varieties": ["Basic by the month", "{{Hostile}}"], "announced": "2026-03-16", "lastOrder": "2026-04-01",
                "lastOrderTime": "17:00", "ends": "2026-06-30", "why": "One plan is simpler.", "terms": "All stays until then.",
                "guarantees": ["The price stays for a year."], "replacement": { "plan": "pro", "differences": "Reports." }, "steps": ["Choose pro."],
                "tellFirst": [{ "who": "Sales", "on": "2026-03-10" }, { "who": "Support", "on": "2026-03-04" }],
                "exceptions": [{ "accounts": ["key", "never-came"], "until": "2027-06-30", "terms": "As agreed in May." }],
                "risks": [{ "what": "Small ones leave.", "answer": "Call them." }]
              }]
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        foreach (string id in new[] { "small", "key", "long", "moves" })
            await _host.SendAsync(
                SignalsHost.Account(
                    "u-" + id,
                    id,
                    new
                    {
                        name = id switch
                        {
                            "small" => Hostile,
                            "key" => "Key Works",
                            _ => id,
                        },
                        plan = "basic",
                        renewalAt = id == "long" ? "2026-12-01" : "2026-05-01",
                    }
                ),
                SignalsHost.Track("u-" + id, id, "Report Shared")
            );
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Before_customers_are_told_an_account_says_so_and_nobody_is_said_to_have_moved()
    {
        await MeasureAsync();

        var account = await OpenAsync("/accounts/small");
        Assert.Contains("Their plan basic ends on 30 Jun 2026; pro takes its place.", Plain(account.Body!), StringComparison.Ordinal);
        Assert.Contains("Customers are told on 16 Mar 2026: say nothing to them before.", Plain(account.Body!), StringComparison.Ordinal);
        var section = (await OpenAsync("/revenue")).QuerySelector("#plan-ends")!;
        Assert.DoesNotContain("Have moved", Plain(section), StringComparison.Ordinal);
        Assert.Contains("On the plan now 4", Plain(section), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_money_page_tells_quantities_dates_promises_exceptions_risks_and_who_has_to_move()
    {
        await ToAsync(new DateTime(2026, 4, 2));
        await _host.SendAsync(
            SignalsHost.Account("u-moves", "moves", new { plan = "pro" }),
            SignalsHost.Account("u-late", "late", new { name = "late", plan = "basic" }),
            SignalsHost.Track("u-late", "late", "Report Shared")
        );
        await MeasureAsync();

        var page = await OpenAsync("/revenue");
        var section = page.QuerySelector("#plan-ends")!;

        string[] untold =
        [
            .. new[]
            {
                "The plan basic ends; pro takes its place",
                "ends in 89 days, 30 Jun 2026. One plan is simpler.",
                "On the plan now 4",
                "200 EUR",
                "Have moved 1",
                "4 Mar 2026 Support hear of it, before customers do over 10 Mar 2026 Sales hear of it",
                "16 Mar 2026 customers are told over 1 Apr 2026, 17:00 the last order is taken over 30 Jun 2026 the plan ends 30 Jun 2027 exceptions end: Key Works, never-came",
                "Basic by the month",
                "The price stays for a year.",
                "Small ones leave. Call them.",
                "1 contract of 50 EUR a month runs beyond the end",
                "1 account came onto the plan after the last order of 1 Apr 2026, 17:00.",
                "Key Works 50 EUR 30 Jun 2027 As agreed in May.",
                "never-came – 30 Jun 2027",
            }.Where(told => !Plain(section).Contains(told, StringComparison.Ordinal)),
        ];
        Assert.True(untold.Length == 0, $"{string.Join('\n', untold)}\n\n{Plain(section)}");
        Assert.Equal(["late", "long", Hostile], section.QuerySelectorAll("table.sunset-accounts tbody a").Select(link => link.TextContent));
        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/'])"));
        var measure = (await _host.GetAsync("/api/revenue")).GetProperty("revenue").GetProperty("planSunsets")[0];
        Assert.Equal((4, 1), (measure.GetProperty("accounts").GetInt32(), measure.GetProperty("orderedLate").GetInt32()));
    }

    [Fact]
    public async Task An_excepted_account_says_what_was_agreed_and_one_with_a_long_contract_that_it_outlasts_the_plan()
    {
        await ToAsync(new DateTime(2026, 4, 2));

        Assert.Contains(
            "they are excepted and keep it until 30 Jun 2027.",
            Plain((await OpenAsync("/accounts/key")).Body!),
            StringComparison.Ordinal
        );
        Assert.Contains("As agreed in May.", Plain((await OpenAsync("/accounts/key")).Body!), StringComparison.Ordinal);
        Assert.Contains("Their contract runs beyond the end", Plain((await OpenAsync("/accounts/long")).Body!), StringComparison.Ordinal);
        Assert.Contains("Leur offre basic prend fin", Plain((await OpenAsync("/accounts/long", "fr")).Body!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_says_a_fortnight_ahead_who_is_to_be_told_support_and_sales_before_customers()
    {
        var days = (await OpenAsync("/")).QuerySelectorAll("#plan-days li").Select(Plain);

        Assert.Equal(
            [
                "4 Mar 2026 basic: Support hear of it, before customers do. The whole plan of it",
                "10 Mar 2026 basic: Sales hear of it, before customers do. The whole plan of it",
                "16 Mar 2026 basic: customers are told. The whole plan of it",
            ],
            days
        );
        await ToAsync(new DateTime(2026, 3, 17));
        Assert.Empty((await OpenAsync("/")).QuerySelectorAll("#plan-days"));
    }

    [Fact]
    public async Task Who_was_excepted_is_told_by_name_before_that_ends()
    {
        await MeasureAsync();
        await ToAsync(new DateTime(2027, 6, 20));

        var day = Assert.Single((await OpenAsync("/")).QuerySelectorAll("#plan-days li"));

        Assert.Equal("30 Jun 2027 basic: exceptions end: Key Works, never-came. The whole plan of it", Plain(day));
    }

    private async Task ToAsync(DateTime day)
    {
        await _host.SettleAsync();
        _host.Clock.Advance(new DateTimeOffset(day.AddHours(9), TimeSpan.Zero) - _host.Clock.GetUtcNow());
        await _host.SettleAsync();
    }

    private async Task MeasureAsync()
    {
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
    }

    private async Task<IHtmlDocument> OpenAsync(string path, string language = "en")
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        return await browser.OpenAsync(path);
    }

    private static string Plain(IElement element) =>
        string.Join(' ', string.Join(' ', Texts(element)).Replace('\u00a0', ' ').Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            .Replace(" ,", ",", StringComparison.Ordinal)
            .Replace(" :", ":", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(INode node) => node is IText text ? [text.Data] : node.ChildNodes.SelectMany(Texts);
}
