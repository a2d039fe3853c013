using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Links;
using Signals.Core.State.Answers;

namespace Signals.Web.Tests.Surveys;

/// <summary>A survey by mail, the whole way: events, review, mail, link, page, answer, fold.</summary>
public sealed class SurveyMailTests : IAsyncLifetime
{
    private readonly SurveyHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whoever_follows_all_links_answers_nothing_and_the_pages_form_answers_once()
    {
        await _host.HelpedAsync("ann");
        var links = await _host.LinksAsync("ann");
        Assert.Equal(["?score=1", "?score=2", "?score=3", "?score=4", "?score=5", ""], links.Select(Query));

        foreach (string link in links)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Get])
                Assert.Equal(HttpStatusCode.OK, (await OpenAsync(method, link)).Status);
        }
        Assert.Empty(await _host.AnswersAsync());
        Assert.Null((await _host.AskedAsync("ann")).Answer);

        var (status, page) = await OpenAsync(HttpMethod.Post, links[1], ("score", "2"), ("comment", "Slow,\r\nbut kind."));
        Assert.Equal((HttpStatusCode.OK, "Thank you"), (status, page.Title));
        await OpenAsync(HttpMethod.Post, links[1], ("score", "2"), ("comment", "Slow,\r\nbut kind."));

        var answer = Assert.Single(await _host.AnswersAsync());
        Assert.Equal((FeedbackKind.Csat, 2d, "mail", "Slow,\nbut kind."), (answer.Kind, answer.Score, answer.Channel, answer.Comment));
    }

    [Theory]
    [InlineData("en", "How satisfied are you with the help that you got from us?", "Nothing is counted until you send it.")]
    [InlineData("fr-CA", "Notre aide vous a-t-elle donné satisfaction", "Rien n’est compté")]
    [InlineData("de", "Wie zufrieden sind Sie mit der Hilfe, die Sie von uns bekommen haben?", "Gezählt wird erst, was Sie abschicken.")]
    public async Task The_page_speaks_the_mails_language_and_begins_with_the_answer_that_was_chosen(
        string locale,
        string question,
        string text
    )
    {
        await _host.HelpedAsync("ann", locale);
        var links = await _host.LinksAsync("ann");

        var (_, page) = await OpenAsync(HttpMethod.Get, links[3]);

        Assert.StartsWith(question, page.Title, StringComparison.Ordinal);
        Assert.Contains(text, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(locale[..2], page.DocumentElement.GetAttribute("lang"));
        var scores = page.QuerySelectorAll("input[name=score]").OfType<IHtmlInputElement>().ToList();
        Assert.Equal(["1", "2", "3", "4", "5"], scores.Select(score => score.Value));
        Assert.Equal("4", Assert.Single(scores, score => score.IsChecked).Value);
        Assert.DoesNotContain("acme", page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_answer_takes_the_place_of_the_first_and_not_without_end()
    {
        await _host.HelpedAsync("ann");
        string link = (await _host.LinksAsync("ann"))[^1];
        var statuses = new List<HttpStatusCode>();
        foreach (string score in (string[])["5", "1", "5", "2", "3", "4"])
        {
            _host.Signals.Clock.Advance(TimeSpan.FromMinutes(1));
            statuses.Add((await OpenAsync(HttpMethod.Post, link, ("score", score))).Status);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.Conflict], statuses);
        var answers = await _host.AnswersAsync();
        Assert.Equal([5, 1, 5, 2, 3], answers.Select(answer => answer.Score));
        var latest = Assert.Single(Core.Daily.Satisfaction.SurveyScore.Latest(answers, Core.Platform.Time.Days.Of(answers[^1].At)));
        Assert.Equal(3, latest.Score);
        var (_, page) = await OpenAsync(HttpMethod.Get, link);
        Assert.Contains("You answered already.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("3", page.QuerySelectorAll("input[name=score]").OfType<IHtmlInputElement>().Single(score => score.IsChecked).Value);
    }

    [Theory]
    [InlineData("0", "")]
    [InlineData("6", "")]
    [InlineData("-1", "")]
    [InlineData("4.5", "")]
    [InlineData("", "Words alone")]
    [InlineData("99999999999", "")]
    [InlineData("4", "too long")]
    public async Task What_is_no_answer_is_asked_again_and_not_counted(string score, string comment)
    {
        await _host.HelpedAsync("ann");
        if (comment == "too long")
            comment = new string('é', 501);
        var (status, page) = await OpenAsync(HttpMethod.Post, (await _host.LinksAsync("ann"))[0], ("score", score), ("comment", comment));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(comment, ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value);
        Assert.Empty(await _host.AnswersAsync());
    }

    [Fact]
    public async Task A_body_without_end_is_not_read()
    {
        await _host.HelpedAsync("ann");
        var (status, _) = await OpenAsync(
            HttpMethod.Post,
            (await _host.LinksAsync("ann"))[0],
            ("score", "4"),
            ("comment", new string('a', 20_000))
        );
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Empty(await _host.AnswersAsync());
    }

    [Fact]
    public async Task A_link_that_is_forged_over_or_for_another_purpose_answers_nothing()
    {
        await _host.HelpedAsync("ann");
        string link = (await _host.LinksAsync("ann"))[^1];
        string token = link[(link.LastIndexOf('/') + 1)..];
        var record = await _host.AskedAsync("ann");
        var soon = _host.Signals.Clock.GetUtcNow().AddDays(1);
        string foreign = new SurveyTokens(new LinkTokens(new LinkKeys(Encoding.UTF8.GetBytes("another key of 32 bytes or more.")))).Sign(
            new SurveyToken(record.Id, soon)
        );
        string other = new AddressTokens(_host.Signals.Services.GetRequiredService<LinkTokens>()).Sign(
            new AddressToken(record.Id, AddressTokens.HashOf("ann@acme.example"), soon)
        );
        string nobodys = new SurveyTokens(_host.Signals.Services.GetRequiredService<LinkTokens>()).Sign(
            new SurveyToken(record.Id[..^1] + "x", soon)
        );
        string changed = token[..^1] + (token[^1] == 'A' ? 'B' : 'A');
        foreach (string bad in (string[])[foreign, other, nobodys, changed, "preview", "x"])
            await AssertGoneAsync("/survey/" + bad);

        _host.Signals.Clock.Advance(TimeSpan.FromDays(34));
        await AssertGoneAsync(link);
        Assert.Empty(await _host.AnswersAsync());
    }

    [Fact]
    public async Task Who_reads_the_mail_in_the_dashboard_or_by_the_API_cannot_answer_in_the_customers_name()
    {
        await _host.HelpedAsync("ann");
        var record = await _host.AskedAsync("ann");
        string token = (await _host.LinksAsync("ann"))[^1]["/survey/".Length..];

        string told = (await _host.Signals.GetAsync($"/api/outreach/{Uri.EscapeDataString(record.Id)}")).GetRawText();

        Assert.Contains("/survey/preview", told, StringComparison.Ordinal);
        Assert.DoesNotContain(token, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_low_answer_reaches_whoever_looks_after_the_account()
    {
        await _host.HelpedAsync("ann");
        await OpenAsync(HttpMethod.Post, (await _host.LinksAsync("ann"))[0], ("score", "1"), ("comment", "Nobody understood my question."));
        await _host.Signals.SettleAsync();
        var account = await _host.Signals.GetAsync("/api/accounts/acme");
        Assert.Contains(
            account.GetProperty("causes").EnumerateArray(),
            cause =>
                cause.GetProperty("id").GetString() == "support-unhappy"
                && cause.GetRawText().Contains("Nobody understood my question.", StringComparison.Ordinal)
        );
        Assert.Contains(
            (await _host.Signals.GetAsync("/api/outreach?account=acme")).GetProperty("items").EnumerateArray(),
            item => item.GetProperty("kind").GetString() == "alert"
        );
    }

    [Fact]
    public async Task The_same_answer_said_again_before_it_was_noted_is_one_event()
    {
        await _host.HelpedAsync("ann");
        string link = (await _host.LinksAsync("ann"))[0];
        // Accepted, and the process died before it was noted.
        var desk = _host.Signals.Services.GetRequiredService<Core.Processing.Surveys.SurveyDesk>();
        var asked = (await desk.FindAsync(link["/survey/".Length..link.IndexOf('?')], Cancel))!;
        await desk.AnswerAsync(asked, 1, null, Cancel);
        await desk.AnswerAsync(asked, 1, null, Cancel);
        Assert.Single(await _host.AnswersAsync());
        Assert.Equal(1, (await _host.AskedAsync("ann")).Answer!.Score);
    }

    private async Task AssertGoneAsync(string link)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Get, link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Post, link, ("score", "1"))).Status);
    }

    private async Task<(HttpStatusCode Status, IHtmlDocument Page)> OpenAsync(
        HttpMethod method,
        string link,
        params (string, string)[] form
    )
    {
        using var request = new HttpRequestMessage(method, link);
        if (form.Length > 0)
            request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await _host.Signals.Stranger.SendAsync(request, Cancel);
        return (answer.StatusCode, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel)));
    }

    private static string Query(string link) => link.Contains('?', StringComparison.Ordinal) ? link[link.IndexOf('?')..] : "";
}
