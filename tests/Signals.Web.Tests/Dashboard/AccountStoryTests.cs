using AngleSharp.Html.Dom;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>What an account's page tells of the time behind: what they came for, earlier and now, and a timeline.</summary>
public sealed class AccountStoryTests : IAsyncLifetime
{
    private const string Hostile = "</q><script>alert(1)</script>";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group", "locales": ["en", "fr"],
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 20 }] },
              "features": [{ "id": "reports", "name": { "en": "Reports", "fr": "Rapports" }, "events": ["Report Shared"], "key": true }],
              "goals": [{ "id": "board", "name": { "en": "Reports for the board", "fr": "Des rapports pour la direction" },
                          "words": ["show the board"], "events": ["Report Shared"], "amount": 20, "days": 30 }],
              "feedback": { "nps": ["NPS Answered"] },
              "tickets": { "opened": ["Ticket Opened"], "solved": ["Ticket Solved"], "withinHours": 24 },
              "intent": { "leave": ["Cancel Viewed"] },
              "outreach": { "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
              "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" }
            }
            """
        ),
    };

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_tells_what_they_came_for_how_it_was_and_is_and_what_happened_by_name()
    {
        await GivenAsync();

        var page = await OpenAsync("en");

        Assert.Equal("show the board what we do", page.QuerySelector("blockquote.goal")!.TextContent);
        Assert.Contains("Reports for the board", page.QuerySelector(".goals")!.TextContent, StringComparison.Ordinal);
        var value = page.QuerySelectorAll("table.then tbody tr")[0];
        Assert.Equal(["Value, minutes", "190", "0", "−100%"], value.Children.Select(cell => cell.TextContent));
        string timeline = page.QuerySelector("#timeline")!.TextContent;
        foreach (
            string told in new[]
            {
                "Ada Young",
                Hostile,
                "NPS 3",
                "Looked at the way out",
                "Ticket opened",
                "Ticket solved, later than agreed",
                "First value",
                "First used: Reports",
                "Pays another price: 100 USD a month, then 140 USD a month",
                "Another plan: basic, then pro",
                "Alert raised",
                "Risk:",
            }
        )
            Assert.Contains(told, timeline, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/'])"));
    }

    [Fact]
    public async Task The_alert_names_its_cause_and_what_to_do_first_and_names_are_in_the_readers_language()
    {
        await GivenAsync();

        Assert.Equal("Alert: Usage drop", (await OpenAsync("en")).QuerySelector("#alert")!.TextContent);
        var page = await OpenAsync("fr");

        Assert.NotEmpty(page.QuerySelector(".alert-box .todo")!.TextContent);
        Assert.Contains("Des rapports pour la direction", page.QuerySelector(".goals")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Première utilisation\u00a0: Rapports", page.QuerySelector("#timeline")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Reports", page.QuerySelector("table.features")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Ten weeks of work on every working day, and then two without.</summary>
    private async Task GivenAsync()
    {
        await _host.SendAsync(
            SignalsHost.Person("ada", new { name = "Ada Young", email = "ada@acme.example" }),
            SignalsHost.Account(
                "ada",
                "acme",
                new
                {
                    name = "Acme",
                    plan = "basic",
                    mrr = 100,
                    goal = "show the board what we do",
                }
            )
        );
        for (int day = 0; day < 70; day++)
        {
            if (day % 7 < 5)
                await _host.SendAsync(SignalsHost.Track("ada", "acme", "Report Shared"));
            if (day == 20)
                await _host.SendAsync(SignalsHost.Account("ada", "acme", new { plan = "pro", mrr = 140 }));
            await NextAsync();
        }
        await _host.SendAsync(
            SignalsHost.Track(
                "ada",
                "acme",
                "NPS Answered",
                new
                {
                    score = 3,
                    comment = Hostile,
                    channel = "mail",
                }
            ),
            SignalsHost.Track("ada", "acme", "Ticket Opened", new { ticketId = "T-1", body = "The export fails." })
        );
        for (int day = 0; day < 15; day++)
        {
            await NextAsync();
            if (day == 3)
                await _host.SendAsync(SignalsHost.Track("ada", "acme", "Ticket Solved", new { ticketId = "T-1" }));
            if (day == 8)
                await _host.SendAsync(SignalsHost.Track("ada", "acme", "Cancel Viewed"));
        }
        await _host.SettleAsync();
    }

    private async Task NextAsync()
    {
        await _host.FoldAsync();
        _host.Clock.Advance(TimeSpan.FromDays(1));
        await _host.WorkAsync();
    }

    private async Task<IHtmlDocument> OpenAsync(string language)
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        return await browser.OpenAsync("/accounts/acme");
    }
}
