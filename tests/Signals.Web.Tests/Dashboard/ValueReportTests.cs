using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Audit;
using Signals.Web.Tests.Api;
using Signals.Web.ValueReports;
using UglyToad.PdfPig;

namespace Signals.Web.Tests.Dashboard;

/// <summary>A value report from its draft to the customer's link: what it says, what it never says, and who lets it go.</summary>
public sealed class ValueReportTests : IAsyncLifetime
{
    private const string Hostile = "</p><script>alert(1)</script>";

    /// <summary>Words of the team, which no customer may read of themselves.</summary>
    private static readonly string[] Internal =
    [
        "risk",
        "health",
        "score",
        "churn",
        "critical",
        "watch",
        "usage drop",
        "alert",
        "umbrella",
        "ada young",
        "ada@acme.example",
        "cancel",
    ];

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group", "locales": ["en", "fr"], "currency": "EUR",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 20 }] },
              "features": [
                { "id": "reports", "name": { "en": "Reports", "fr": "Rapports" }, "events": ["Report Shared"], "key": true },
                { "id": "export", "name": { "en": "Exports", "fr": "Exports en tableur" }, "events": ["Export Completed"], "key": true,
                  "description": { "en": "Your numbers in a sheet.", "fr": "Vos chiffres dans un tableur." }, "help": "https://nimbus.example/help/export" }
              ],
              "goals": [{ "id": "board", "name": { "en": "Reports for the board", "fr": "Des rapports pour la direction" },
                          "words": ["show the board"], "events": ["Report Shared"], "amount": 10, "days": 30 }],
              "tickets": { "opened": ["Ticket Opened"], "solved": ["Ticket Solved"] },
              "intent": { "leave": ["Cancel Viewed"] },
              "outreach": { "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
              "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" }
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_says_what_they_got_against_what_they_came_for_and_nothing_that_is_the_teams()
    {
        await GivenAsync();

        var paper = (
            await (await DashboardBrowser.SignedInAsync(_host)).OpenAsync("/accounts/acme/report?quarter=2026-Q2&language=en")
        ).QuerySelector(".paper")!;

        foreach (
            string told in new[]
            {
                "What Acme got from Nimbus",
                "show the board what we do",
                "Reports for the board",
                "600 minutes",
                "1 colleague of 3 seats",
                "Exports Your numbers in a sheet. https://nimbus.example/help/export",
                "2 seats Paid for, and nobody used them in this time.",
                "You wrote to us 1 time, and it is solved.",
                "Your contract renews on 1 Dec 2026",
                "csm@nimbus.example",
            }
        )
            Assert.Contains(told, Plain(paper), StringComparison.Ordinal);
        Assert.DoesNotContain(Internal, word => Plain(paper).Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_speaks_the_customers_language_or_the_one_that_is_chosen()
    {
        await GivenAsync(locale: "fr-FR");
        var browser = await DashboardBrowser.SignedInAsync(_host);

        var own = (await browser.OpenAsync("/accounts/acme/report?quarter=2026-Q2")).QuerySelector(".paper")!;
        var chosen = (await browser.OpenAsync("/accounts/acme/report?quarter=2026-Q2&language=en")).QuerySelector(".paper")!;

        Assert.Equal(("fr", "en"), (own.GetAttribute("lang"), chosen.GetAttribute("lang")));
        Assert.Contains("Ce que Nimbus a apporté à Acme", Plain(own), StringComparison.Ordinal);
        Assert.Contains("Exports en tableur", Plain(own), StringComparison.Ordinal);
        Assert.Contains("Par 1 collègue", Plain(own), StringComparison.Ordinal);
        Assert.Contains("2 places Payées, et personne ne les a utilisées", Plain(own), StringComparison.Ordinal);
        Assert.DoesNotContain("Reports", Plain(own), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_approves_it_and_the_customer_reads_that_by_a_link_as_a_page_and_a_pdf_until_it_is_taken_back()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var draft = await browser.OpenAsync("/accounts/acme/report?quarter=2026-Q2&language=en");

        var approved = await browser.SubmitAsync(draft.QuerySelector(".approve form"), ("note", "Well done. " + Hostile), ("days", "30"));

        string link = new Uri(approved.QuerySelector(".reports input[readonly]")!.GetAttribute("value")!).AbsolutePath;
        using var page = await _host.Stranger.GetAsync(link, Cancel);
        string html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("What Acme got from Nimbus", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("noindex", string.Join(',', page.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.Contains(
            "default-src 'none'",
            string.Join(',', page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        var audited = await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, Cancel);
        Assert.Contains(audited.Entries, entry => entry is { Action: "report.approved", Subject: "acme" });
        Assert.Contains("no-store", string.Join(',', page.Headers.GetValues("Cache-Control")), StringComparison.Ordinal);

        var gone = await browser.SubmitAsync(approved.QuerySelector(".reports form"));

        Assert.Empty(gone.QuerySelectorAll(".reports li"));
        using var after = await _host.Stranger.GetAsync(link, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    [Fact]
    public async Task What_is_handed_out_is_a_pdf_too_whose_font_is_in_it()
    {
        Assert.SkipUnless(ReportFonts.Exist, "this machine has none of the fonts; on Debian: apt-get install fonts-liberation");
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var draft = await browser.OpenAsync("/accounts/acme/report?quarter=2026-Q2&language=en");
        var approved = await browser.SubmitAsync(draft.QuerySelector(".approve form"), ("note", "Well done. " + Hostile));
        string link = new Uri(approved.QuerySelector(".reports input[readonly]")!.GetAttribute("value")!).AbsolutePath;

        await AssertIsPdfAsync(link + "/pdf");

        await browser.SubmitAsync(approved.QuerySelector(".reports form"));
        using var gone = await _host.Stranger.GetAsync(link + "/pdf", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_changed_since_it_was_read_is_not_approved()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var draft = await browser.OpenAsync("/accounts/acme/report?quarter=2026-Q2&language=en");
        await _host.SendAsync(SignalsHost.Account("ada", "acme", new { name = "Acme Ltd" }));
        await _host.SettleAsync();

        var again = await browser.SubmitAsync(draft.QuerySelector(".approve form"));

        Assert.Contains("has changed since you read it", again.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(again.QuerySelectorAll(".reports li"));
        Assert.Single((await browser.SubmitAsync(again.QuerySelector(".approve form"))).QuerySelectorAll(".reports li"));
    }

    [Fact]
    public async Task Quarters_in_which_the_customer_was_not_there_are_not_offered_and_the_store_being_busy_is_said_to_the_customer()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var draft = await browser.OpenAsync("/accounts/acme/report");
        Assert.Equal("2026-Q2", Assert.Single(draft.QuerySelectorAll("select[name=quarter] option")).GetAttribute("value"));
        using var before = await browser.SendAsync(HttpMethod.Get, "/accounts/acme/report?quarter=2026-Q1");
        using var ahead = await browser.SendAsync(HttpMethod.Get, "/accounts/acme/report?quarter=2026-Q3");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (before.StatusCode, ahead.StatusCode));

        var approved = await browser.SubmitAsync(draft.QuerySelector(".approve form"));
        string link = new Uri(approved.QuerySelector(".reports input[readonly]")!.GetAttribute("value")!).AbsolutePath;
        _host.Store.Probe.Before = _ => throw new TransientStoreException("busy", retryAfter: TimeSpan.FromSeconds(7));
        using var busy = await _host.Stranger.GetAsync(link, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), busy.Headers.RetryAfter!.Delta);
        Assert.Contains("The same link will work in a moment.", await busy.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_ends_and_a_forged_one_shows_nothing()
    {
        await GivenAsync();
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var draft = await browser.OpenAsync("/accounts/acme/report");
        var approved = await browser.SubmitAsync(draft.QuerySelector(".approve form"), ("days", "14"));
        string link = new Uri(approved.QuerySelector(".reports input[readonly]")!.GetAttribute("value")!).AbsolutePath;

        foreach (int at in new[] { "/reports/".Length, link.Length / 2, link.Length - 4 })
        {
            char other = link[at] == 'A' ? 'B' : 'A';
            using var forged = await _host.Stranger.GetAsync($"{link[..at]}{other}{link[(at + 1)..]}", Cancel);
            Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        }
        using var works = await _host.Stranger.GetAsync(link, Cancel);
        _host.Clock.Advance(TimeSpan.FromDays(14));
        using var ended = await _host.Stranger.GetAsync(link, Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (works.StatusCode, ended.StatusCode));
    }

    [Theory]
    [InlineData("quarter", "2026-Q5")]
    [InlineData("language", "tlh")]
    public async Task What_no_form_of_ours_sends_is_refused(string field, string value)
    {
        await GivenAsync();
        using var answer = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(
            HttpMethod.Get,
            $"/accounts/acme/report?{field}={value}"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task AssertIsPdfAsync(string path)
    {
        using var answer = await _host.Stranger.GetAsync(path, Cancel);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        using var pdf = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync(Cancel));
        string text = string.Join(' ', pdf.GetPages().Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))));
        Assert.Contains("What Acme got from Nimbus", text, StringComparison.Ordinal);
        Assert.Contains("600 minutes", text, StringComparison.Ordinal);
        Assert.Contains("Well done.", text, StringComparison.Ordinal);
        // The note is the approver's own.
        text = text.Replace("alert(1)", "", StringComparison.Ordinal);
        Assert.DoesNotContain(Internal, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        // A subset of an embedded font is named by six letters and a plus.
        Assert.All(pdf.GetPages().SelectMany(page => page.Letters), letter => Assert.Matches(@"\A[A-Z]{6}\+", letter.FontName!));
    }

    /// <summary>Half a quarter of work on working days, a question that was solved, then silence and a look at the way out. It is 20 June.</summary>
    private async Task GivenAsync(string locale = "en-GB")
    {
        await _host.SendAsync(
            SignalsHost.Person(
                "ada",
                new
                {
                    name = "Ada Young",
                    email = "ada@acme.example",
                    locale,
                }
            ),
            SignalsHost.Account(
                "ada",
                "acme",
                new
                {
                    name = "Acme",
                    mrr = 100,
                    seats = 3,
                    csm = "csm@nimbus.example",
                    goal = "show the board what we do",
                    renewalAt = "2026-12-01",
                }
            ),
            SignalsHost.Account("eve", "umbrella", new { name = "Umbrella", mrr = 5000 }),
            SignalsHost.Track("eve", "umbrella", "Report Shared")
        );
        await ToAsync(new DateTime(2026, 4, 1));
        for (int day = 0; day < 42; day++)
        {
            if (day % 7 < 5)
                await _host.SendAsync(SignalsHost.Track("ada", "acme", "Report Shared"));
            await ToAsync(_host.Clock.GetUtcNow().DateTime.AddDays(1));
        }
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Ticket Opened", new { ticketId = "T-1", body = Hostile }));
        await ToAsync(new DateTime(2026, 5, 20));
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Ticket Solved", new { ticketId = "T-1" }));
        await ToAsync(new DateTime(2026, 6, 10));
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Cancel Viewed"));
        await ToAsync(new DateTime(2026, 6, 20));
        await _host.SettleAsync();
    }

    private async Task ToAsync(DateTime day)
    {
        await _host.FoldAsync();
        _host.Clock.Advance(new DateTimeOffset(day.Date.AddHours(9), TimeSpan.Zero) - _host.Clock.GetUtcNow());
        await _host.WorkAsync();
    }

    private static string Plain(IElement element) =>
        string.Join(' ', string.Join(' ', Texts(element)).Replace('\u00a0', ' ').Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Texts(INode node) => node is IText text ? [text.Data] : node.ChildNodes.SelectMany(Texts);
}
