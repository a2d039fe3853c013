using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Core.State.Audit;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Feedback;

public sealed class RequestPagesTests : IAsyncLifetime
{
    private const string Wish = "Please add an export of reports <script>alert(1)</script> to a spreadsheet.";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 20 }] },
              "feedback": { "nps": ["NPS Answered"] }
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_request_stands_with_its_money_is_put_together_closed_with_a_note_and_those_who_asked_can_be_told()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var list = await browser.OpenAsync("/feedback/requests");
        Assert.Equal(2, list.QuerySelectorAll(".requests li").Length);
        Assert.Contains("300 USD", list.QuerySelector(".requests li")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(list.QuerySelectorAll("script:not([src^='/assets/'])"));

        var one = await browser.OpenAsync(list.QuerySelectorAll(".requests a")[1].GetAttribute("href")!);
        var merged = await browser.SubmitAsync(one.QuerySelector("form[action$='/merge']"));
        Assert.Equal(2, merged.QuerySelectorAll(".voices li").Length);
        Assert.Contains("Ada Young", merged.QuerySelector(".voices")!.TextContent, StringComparison.Ordinal);

        var split = await browser.SubmitAsync(merged.QuerySelector(".list form[action$='/reopen']"));
        Assert.Single(split.QuerySelectorAll(".voices li"));
        Assert.Equal(2, (await browser.OpenAsync("/feedback/requests")).QuerySelectorAll(".requests li").Length);
        merged = await browser.SubmitAsync(split.QuerySelector("form[action$='/merge']"));
        Assert.Equal(2, merged.QuerySelectorAll(".voices li").Length);

        var closed = await browser.SubmitAsync(merged.QuerySelector("form[action$='/close']"), ("note", "It is there since May."));
        Assert.Contains("It is there since May.", closed.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            closed.QuerySelectorAll(".voices a[href^='mailto:ada%40a.example']"),
            link => Uri.UnescapeDataString(link.GetAttribute("href")!).Contains("It is there since May.", StringComparison.Ordinal)
        );
        Assert.Contains(
            (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, Cancel)).Entries,
            entry => entry is { Action: "request.closed", Detail: "" }
        );

        var open = await browser.SubmitAsync(
            closed.QuerySelector(".approve form[action$='/reopen'], section:last-of-type form[action$='/reopen']")
        );
        Assert.Null(open.QuerySelector(".note"));
    }

    [Fact]
    public async Task It_is_a_file_too_and_nothing_is_closed_without_a_note_nor_what_there_is_not()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        using var file = await browser.SendAsync(HttpMethod.Get, "/feedback/requests.csv");
        Assert.Equal(3, (await file.Content.ReadAsStringAsync(Cancel)).Trim().Split("\r\n").Length);
        var list = await browser.OpenAsync("/feedback/requests");
        var one = await browser.OpenAsync(list.QuerySelector(".requests a")!.GetAttribute("href")!);

        var refused = await browser.SubmitAsync(one.QuerySelector("form[action$='/close']"), ("note", "  "));
        using var absent = await browser.SendAsync(HttpMethod.Get, "/feedback/requests/0123456789abcdef");

        Assert.NotNull(refused.QuerySelector(".notice.problem"));
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    private async Task GivenAsync()
    {
        await _host.SendAsync(
            SignalsHost.Person("ada", new { name = "Ada Young", email = "ada@a.example" }),
            SignalsHost.Account("ada", "a", new { name = "A", mrr = 100 }),
            SignalsHost.Track("ada", "a", "NPS Answered", new { score = 8, comment = Wish }),
            SignalsHost.Account("bob", "b", new { name = "B", mrr = 300 }),
            SignalsHost.Track("bob", "b", "NPS Answered", new { score = 8, comment = "Could you add a calendar for campaigns?" })
        );
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
    }
}
