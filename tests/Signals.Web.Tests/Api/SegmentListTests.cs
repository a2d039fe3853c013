using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Core.Platform.Storage;
using Signals.Testing.Storage;
using Signals.Web.Tests.Dashboard;

namespace Signals.Web.Tests.Api;

/// <summary>Lists of accounts, alerts and messages by one of the model's segments, and what reading them costs.</summary>
public sealed class SegmentListTests : IAsyncLifetime
{
    private const int Accounts = 90;
    private const int German = 12;

    private readonly SignalsHost _host;
    private CountingStore _counting = null!;

    public SegmentListTests() =>
        _host = new SignalsHost
        {
            Model = SignalsHost.Read(
                """
                {
                  "product": "Nimbus", "accounts": "group", "locales": ["en", "fr"],
                  "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
                  "onboarding": [{ "id": "import-users", "name": "Import your users", "scope": "account", "done": ["Users Imported"],
                                   "failed": ["Import Failed"], "withinDays": 3, "help": "https://nimbus.example/help/import" }],
                  "segments": [
                    { "id": "german", "name": { "en": "German", "fr": "Allemands" }, "traits": { "country": ["DE"] } },
                    { "id": "stuck", "did": [{ "event": "Import Failed", "times": 3 }] }
                  ],
                  "playbooks": { "onboarding-stalled": { "only": ["stuck"], "alert": "always" } },
                  "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
                  "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" }
                }
                """
            ),
            Configure = services => services.AddSingleton<IEntityStore>(_ => _counting),
        };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _counting = new CountingStore(_host.Store);
        return _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_list_reads_what_it_shows()
    {
        await GivenAsync();

        var (accounts, read) = await ReadAsync("/api/accounts?segment=german");
        Assert.Equal(German, accounts.Count);
        Assert.All(accounts, account => Assert.Equal(["german", "stuck"], Texts(account.GetProperty("segments"))));
        Assert.InRange(read, German, German + 2);

        var (alerts, alertRows) = await ReadAsync("/api/alerts?segment=german");
        Assert.Equal(German, alerts.Count);
        Assert.InRange(alertRows, German, German + 2);

        // A message is a hint of the list and its record: alerts by mail are among them.
        var (messages, messageRows) = await ReadAsync("/api/outreach?segment=german");
        Assert.Equal(2 * German, messages.Count);
        Assert.InRange(messageRows, 4 * German, 4 * German + 2);

        var (_, all) = await ReadAsync("/api/alerts");
        Assert.True(all >= 50);
    }

    [Fact]
    public async Task The_pages_show_the_same_and_read_no_more()
    {
        await GivenAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);

        var (page, read) = await OpenAsync("/accounts?segment=german");
        Assert.Equal(German, page.QuerySelectorAll("table.accounts tbody tr").Length);
        Assert.Equal("German", page.QuerySelector("select[name=segment] option[selected]")!.TextContent);
        Assert.True(read < 3 * German, $"{read} rows");

        (page, _) = await OpenAsync("/?segment=german");
        Assert.Equal(German, page.QuerySelectorAll(".waiting .alerts > li").Length);
        Assert.Contains("/accounts?risk=critical&segment=german", Links(page));

        (page, _) = await OpenAsync("/messages?segment=german&state=planned");
        Assert.Empty(page.QuerySelectorAll("table.sent tbody tr"));
        (page, _) = await OpenAsync("/messages?segment=german");
        Assert.Equal("German", page.QuerySelector("select[name=segment] option[selected]")!.TextContent);
        Assert.Contains("/messages?state=sent&segment=german#sent", Links(page));

        (page, _) = await OpenAsync("/segments?segment=german");
        Assert.Equal(
            ["German trait country: DE", "stuck did “Import Failed”, 3 times or more within 30 days"],
            Rows(page, "main > .scroll tbody th")
        );
        Assert.Equal(
            ["12", "78", ""],
            page.QuerySelector("#compared tbody tr")!.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())
        );

        string csv = page.QuerySelector("a[download]")!.GetAttribute("href")!;
        using var file = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, csv);
        string[] lines = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim().Split("\r\n");
        Assert.Equal(
            ["German,In the segment,12,", "German,All others,78,", "stuck,In the segment,"],
            lines.Skip(1).Take(3).Select((line, i) => line[..new[] { 25, 21, 21 }[i]])
        );
        Assert.Equal(5, lines.Length);

        (page, _) = await OpenAsync("/accounts?segment=gone");
        Assert.Contains(
            "The value model has no segment of this name: gone",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(page.QuerySelectorAll("table.accounts tbody tr"));

        (page, _) = await OpenAsync("/segments?segment=german", "fr");
        Assert.Contains("Allemands", page.QuerySelector("#compared h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segments_are_told_beside_the_rest()
    {
        var before = await _host.GetAsync("/api/segments");
        Assert.Equal(JsonValueKind.Null, before.GetProperty("items")[0].GetProperty("in").ValueKind);

        await GivenAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
        var german = (await _host.GetAsync("/api/segments")).GetProperty("items")[0];

        Assert.Equal(("german", "German"), (german.GetProperty("id").GetString(), german.GetProperty("name").GetString()));
        Assert.Equal(
            (German, Accounts - German),
            (german.GetProperty("in").GetProperty("accounts").GetInt32(), german.GetProperty("rest").GetProperty("accounts").GetInt32())
        );
    }

    [Theory]
    [InlineData("/api/accounts?segment=gone", "segment: found 'gone', expected one of german, stuck")]
    [InlineData("/api/alerts?segment=gone", "segment: found 'gone', expected one of german, stuck")]
    [InlineData("/api/outreach?segment=gone", "segment: found 'gone', expected one of german, stuck")]
    public async Task A_segment_that_there_is_not_is_a_mistake(string path, string detail)
    {
        using var response = await _host.Client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(detail.Split(':')[0], await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("german, stuck", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task GivenAsync()
    {
        for (int i = 0; i < Accounts; i++)
        {
            string user = $"u{i}",
                group = $"account-{i:D3}";
            await _host.SendAsync(
                SignalsHost.Person(user, new { email = $"{user}@nimbus-customer.example" }),
                SignalsHost.Account(
                    user,
                    group,
                    new
                    {
                        plan = "pro",
                        mrr = 100 + i,
                        country = i < German ? "DE" : "FR",
                    }
                ),
                SignalsHost.Track(user, group, "Report Shared", new { minutes = 20 }),
                SignalsHost.Track(user, group, "Import Failed"),
                SignalsHost.Track(user, group, "Import Failed"),
                SignalsHost.Track(user, group, "Import Failed")
            );
        }
        await _host.SettleAsync();
    }

    private async Task<(List<JsonElement> Items, int Read)> ReadAsync(string path)
    {
        _counting.Reset();
        var items = (await _host.GetAsync(path)).GetProperty("items").EnumerateArray().ToList();
        return (items, _counting.Read.Entities);
    }

    private async Task<(IHtmlDocument Page, int Read)> OpenAsync(string path, string language = "en")
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        _counting.Reset();
        var page = await browser.OpenAsync(path);
        return (page, _counting.Read.Entities);
    }

    private static IEnumerable<string?> Links(IHtmlDocument page) => page.QuerySelectorAll("a").Select(link => link.GetAttribute("href"));

    private static IEnumerable<string> Rows(IHtmlDocument page, string selector) =>
        page.QuerySelectorAll(selector)
            .Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());
}
