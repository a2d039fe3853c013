using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Measures;
using Signals.Core.State.Audit;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard.Feedback;

public sealed class FeedbackPageTests : IAsyncLifetime
{
    private const string Bad = "The export is broken, very disappointing.";
    private const string Good = "The export is wonderful, we love it.";

    private readonly SignalsHost _host = new()
    {
        Model = SignalsHost.Read(
            """
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 5 }] },
              "feedback": { "nps": ["NPS Answered"], "csat": ["CSAT Answered"], "ces": ["CES Answered"] }
            }
            """
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Scores_stand_by_channel_with_their_interval_by_person_and_by_account()
    {
        await GivenAsync([
            .. Enumerable.Range(0, 6).Select(i => Nps($"u{i}", "acme", 10, "in-app")),
            Nps("u9", "zen", 2, "in-app"),
            Nps("u9", "zen", 2, "email"),
        ]);

        var page = await OpenAsync("/feedback");

        var tables = page.QuerySelectorAll("table.scores");
        Assert.Equal(["e-mail −100 1 too few", "in the product +71 7"], tables[0].QuerySelectorAll("tbody tr").Select(Row));
        Assert.Equal(["e-mail −100 1 too few", "in the product 0 2 too few"], tables[1].QuerySelectorAll("tbody tr").Select(Row));
        Assert.Contains("6 promoters, 0 passives, 1 detractors", tables[0].TextContent, StringComparison.Ordinal);

        static string Row(IElement row) =>
            $"{row.QuerySelector("th")!.TextContent} {row.QuerySelector("strong")!.TextContent} {row.QuerySelectorAll("td")[2].TextContent}";
    }

    [Fact]
    public async Task Who_wrote_is_told_by_name_by_address_or_by_id()
    {
        await _host.SendAsync(
            SignalsHost.Person("u1", new { name = "Noah Reyes", email = "noah@acme.example" }),
            SignalsHost.Person("u2", new { email = "ann@zen.example" }),
            SignalsHost.Person("u/3", new { })
        );
        await GivenAsync([Nps("u1", "acme", 3, "in-app", Bad), Nps("u2", "zen", 9, "in-app", Good), Nps("u/3", "zen", 9, "in-app", Good)]);

        var page = await OpenAsync("/feedback");

        string[] names = [.. page.QuerySelectorAll("ul.verbatims .meta").Select(meta => meta.TextContent)];
        foreach (string name in new[] { "Noah Reyes", "ann@zen.example", "u/3" })
            Assert.Single(names, text => text.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_can_be_read_by_feeling_and_by_theme()
    {
        await GivenAsync([
            Nps("u1", "acme", 3, "in-app", Bad),
            Nps("u2", "zen", 9, "in-app", Good),
            Nps("u3", "zen", 8, "in-app", "We open it on Mondays."),
        ]);

        Assert.Equal(3, (await OpenAsync("/feedback")).QuerySelectorAll("blockquote").Length);
        Assert.Equal(Bad, Assert.Single((await OpenAsync("/feedback?sentiment=negative")).QuerySelectorAll("blockquote")).TextContent);
        var theme = await OpenAsync("/feedback?theme=export");
        Assert.Equal([Bad, Good], theme.QuerySelectorAll("blockquote").Select(quote => quote.TextContent).Order(StringComparer.Ordinal));
        Assert.Equal("export", theme.QuerySelector("table.themes a[aria-current]")!.TextContent);
        Assert.Equal(
            ["2", "1", "1"],
            theme.QuerySelector("table.themes tbody tr")!.QuerySelectorAll("td").Select(cell => cell.TextContent)
        );
    }

    [Fact]
    public async Task Each_verbatim_says_who_wrote_it_where_and_with_what_score()
    {
        await GivenAsync([Nps("ann@acme.example", "acme", 3, "in-app", Bad)]);

        var meta = (await OpenAsync("/feedback")).QuerySelector(".verbatims .meta")!;

        Assert.Equal(
            ["Negative", "NPS 3", "in the product", "ann@acme.example"],
            meta.QuerySelectorAll("span").Select(part => part.TextContent)
        );
        Assert.Equal("/accounts/acme", meta.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task That_a_person_answered_is_said_once_with_who_and_when_here_and_on_the_accounts_page_and_can_be_undone()
    {
        await GivenAsync([Nps("u1", "acme", 3, "in-app", Bad), Nps("u2", "acme", 9, "in-app", Good), Nps("u3", "acme", 2, "mail")]);
        var browser = await DashboardBrowser.SignedInAsync(_host);
        const string Button = "form[action='/accounts/acme/answers/closed']";
        var before = await browser.OpenAsync("/feedback");
        Assert.Equal(2, before.QuerySelectorAll(Button).Length);

        var after = await browser.SubmitAsync(
            before
                .QuerySelectorAll("ul.verbatims > li")
                .Single(item => item.TextContent.Contains(Bad, StringComparison.Ordinal))
                .QuerySelector(Button)
        );

        Assert.Contains("It is marked as answered.", after.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Single(after.QuerySelectorAll(Button));
        Assert.Contains("answered by the sign-in link", after.QuerySelector(".verbatims")!.TextContent, StringComparison.Ordinal);
        // The account's page says it too, and has the low score without words.
        var account = await browser.OpenAsync("/accounts/acme");
        Assert.Equal(3, account.QuerySelectorAll("#said .voices > li").Length);
        Assert.Equal(2, account.QuerySelectorAll("#said " + Button).Length);
        var trail = (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 20, Cancel)).Entries;
        Assert.Equal("acme", Assert.Single(trail, entry => entry.Action == "answer.closed").Subject);

        var undone = await browser.SubmitAsync(after.QuerySelector("form[action='/take-back']"));
        Assert.Contains("It is as it was before", undone.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await browser.OpenAsync("/feedback")).QuerySelectorAll(Button).Length);
    }

    [Fact]
    public async Task What_nobody_answered_yet_can_be_read_alone_across_pages_and_saved()
    {
        await GivenAsync([.. Enumerable.Range(0, 45).Select(i => Nps($"u{i}", $"a{i}", 3, "in-app", $"{Bad} {i}"))]);
        var browser = await DashboardBrowser.SignedInAsync(_host);
        var all = await browser.OpenAsync("/feedback?answered=no");
        Assert.Equal(40, all.QuerySelectorAll("#words blockquote").Length);
        Assert.Equal("Not answered yet", all.QuerySelector("nav.choices[aria-label='Answered by the team'] a[aria-current]")!.TextContent);

        // Whoever marks stays among what is left.
        var left = await browser.SubmitAsync(all.QuerySelector("#words form[action$='/answers/closed']"));
        Assert.Equal(40, left.QuerySelectorAll("#words blockquote").Length);
        Assert.DoesNotContain("answered by", left.QuerySelector("#words .verbatims")!.TextContent, StringComparison.Ordinal);
        var rest = await browser.OpenAsync(left.QuerySelector("nav.more a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(4, rest.QuerySelectorAll("#words blockquote").Length);
        Assert.Null(rest.QuerySelector("nav.more a[rel=next]"));
        // With the feeling, and the file has what the page has.
        Assert.Equal(
            40,
            (await browser.OpenAsync("/feedback?answered=no&sentiment=negative")).QuerySelectorAll("#words blockquote").Length
        );
        Assert.Equal(
            "The team has answered all of these.",
            (await browser.OpenAsync("/feedback?answered=no&sentiment=positive")).QuerySelector("#words .empty")!.TextContent
        );
        using var response = await browser.SendAsync(HttpMethod.Get, "/feedback.csv?answered=no&page=2");
        Assert.Equal(5, (await response.Content.ReadAsStringAsync(Cancel)).Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Many_words_come_in_pages()
    {
        await GivenAsync([.. Enumerable.Range(0, 45).Select(i => Nps($"u{i}", $"a{i}", 3, "in-app", Bad))]);

        var first = await OpenAsync("/feedback");
        var second = await OpenAsync(first.QuerySelector("nav.more a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal((40, 5), (first.QuerySelectorAll("blockquote").Length, second.QuerySelectorAll("blockquote").Length));
        Assert.Null(second.QuerySelector("nav.more a[rel=next]"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script> is broken")]
    [InlineData("=HYPERLINK(\"https://evil.example\") is broken")]
    [InlineData("\u202Egnirts desrever\u202C is broken 🎉")]
    public async Task Hostile_words_are_shown_and_saved_harmlessly(string words)
    {
        await GivenAsync([Nps("u1", words, 3, words, words)]);

        var page = await OpenAsync("/feedback");

        Assert.Empty(page.QuerySelectorAll("script:not([src^='/assets/'])"));
        Assert.Equal(words, page.QuerySelector("blockquote[dir=auto]")!.TextContent);
        using var response = await (await DashboardBrowser.SignedInAsync(_host)).SendAsync(HttpMethod.Get, "/feedback.csv");
        string file = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain(",=", file, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Very_long_words_do_not_break_the_page()
    {
        await GivenAsync([Nps("u1", "acme", 3, "in-app", string.Concat(Enumerable.Repeat("broken! ", 1250)))]);

        Assert.Equal(500, (await OpenAsync("/feedback")).QuerySelector("blockquote")!.TextContent.Length);
    }

    [Fact]
    public async Task It_speaks_French_to_who_reads_French()
    {
        await GivenAsync([Nps("u1", "acme", 3, "in-app", Bad)]);

        var page = await OpenAsync("/feedback?sentiment=negative", "fr");

        Assert.Equal(["Retours", "Avec leurs mots"], page.QuerySelectorAll("h1, #words h2").Select(head => head.TextContent));
        Assert.Contains("trop peu", page.QuerySelector("table.scores")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anybody_was_asked_the_page_says_when_scores_come()
    {
        await GivenAsync([]);

        Assert.Equal(
            ["Nobody was asked yet. Scores come with the first answers.", "Words come with survey comments, tickets and cancellations."],
            (await OpenAsync("/feedback")).QuerySelectorAll(".empty").Select(empty => empty.TextContent)
        );
    }

    private static object Nps(string user, string account, double score, string channel, string? comment = null) =>
        SignalsHost.Track(
            user,
            account,
            "NPS Answered",
            comment is null
                ? new { score, channel }
                : new
                {
                    score,
                    channel,
                    comment,
                }
        );

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> OpenAsync(string path, string language = "en")
    {
        var browser = await DashboardBrowser.SignedInAsync(_host);
        browser.Headers["Accept-Language"] = language;
        return await browser.OpenAsync(path);
    }

    private async Task GivenAsync(IReadOnlyList<object> answers)
    {
        await _host.SendAsync(answers);
        await _host.SettleAsync();
        await _host.Services.GetRequiredService<MeasurePass>().MeasureAsync(Cancel);
    }
}
