using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Addresses;

/// <summary>
/// A new address that a browser named while a server had told another: the old address is asked by a link, and its word counts like a
/// server's. The whole way: events, review, mail, page, fold.
/// </summary>
public sealed partial class AddressConfirmationTests : IAsyncLifetime
{
    private const string Old = "ann@acme.example";
    private const string New = "ann.new@acme.example";

    private SignalsHost _host = HostOf(confirms: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("en", "Is this your new address?")]
    [InlineData("fr-CA", "Est-ce votre nouvelle adresse")]
    [InlineData("de", "Ist das Ihre neue Adresse?")]
    public async Task The_old_address_confirms_the_new_one_by_a_link(string locale, string question)
    {
        string link = await LinkAsync(locale);

        var (status, page) = await OpenAsync(HttpMethod.Get, link);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(question, page, StringComparison.Ordinal);
        Assert.Contains(New, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(HttpMethod.Head, link)).Status);
        await _host.SettleAsync();
        Assert.Equal((Old, New), await AnnAsync());

        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(HttpMethod.Post, link)).Status);
        await _host.SettleAsync();
        Assert.Equal((New, null), await AnnAsync());
        var entry = (await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 1, Cancellation)).Entries.Single();
        Assert.Equal(("link in a mail", "address.confirmed", "acme", ""), (entry.Who, entry.Action, entry.Subject, entry.Detail));
    }

    [Fact]
    public async Task The_mail_goes_to_the_old_address_says_our_words_alone_and_is_counted_under_the_caps()
    {
        await LinkAsync();
        var record = await RecordAsync();
        Assert.Equal((Old, OutreachState.Sent), (record!.To, record.State));
        Assert.DoesNotContain("new@", record.Message!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("new@", record.Message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(New, record.Detail!, StringComparison.Ordinal);
        var recipient = await _host
            .Services.GetRequiredService<Recipients>()
            .GetAsync(_host.Services.GetRequiredService<RecipientKey>().Of(Old), Cancellation);
        Assert.Contains(recipient.Sends, send => send.OutreachId == record.Id);

        // One question: the same address is not asked about again, another only after a month.
        await BrowserNamesAsync("third@acme.example");
        await _host.SettleAsync();
        Assert.Single(await RecordsAsync());
    }

    [Fact]
    public async Task Nobody_is_asked_unless_the_model_says_so()
    {
        await _host.DisposeAsync();
        _host = HostOf(confirms: false);
        await _host.InitializeAsync();
        await StoryAsync();
        Assert.Empty(await RecordsAsync());
        Assert.Equal((Old, New), await AnnAsync());
    }

    [Fact]
    public async Task A_link_works_once()
    {
        string link = await LinkAsync();
        await OpenAsync(HttpMethod.Post, link);
        await _host.SettleAsync();
        // The way back waits anew, and the used link does not answer for it.
        await ServerSaysAsync("ann", Old);
        await BrowserNamesAsync(New);
        await _host.SettleAsync();
        Assert.Equal((Old, New), await AnnAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Get, link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Post, link)).Status);
        await _host.SettleAsync();
        Assert.Equal((Old, New), await AnnAsync());
    }

    [Fact]
    public async Task Two_at_once_are_one_word()
    {
        string link = await LinkAsync();
        await Task.WhenAll(OpenAsync(HttpMethod.Post, link), OpenAsync(HttpMethod.Post, link));
        await _host.SettleAsync();
        Assert.Equal((New, null), await AnnAsync());
    }

    [Fact]
    public async Task A_link_that_is_over_confirms_nothing()
    {
        string link = await LinkAsync();
        _host.Clock.Advance(TimeSpan.FromDays(10));
        await AssertNothingAsync(link, (Old, New));
    }

    [Fact]
    public async Task A_forged_link_or_one_for_another_purpose_confirms_nothing()
    {
        string link = await LinkAsync();
        var record = (await RecordAsync())!;
        string token = link[(link.LastIndexOf('/') + 1)..];
        string foreign = new AddressTokens(new LinkTokens(new LinkKeys(Encoding.UTF8.GetBytes("another key of 32 bytes or more.")))).Sign(
            new AddressToken(record.Id, record.Detail!, _host.Clock.GetUtcNow().AddDays(1))
        );
        string unsubscribe = _host
            .Services.GetRequiredService<UnsubscribeTokens>()
            .Sign(new UnsubscribeToken(new string('a', 32), null, record.Id));
        foreach (string other in new[] { token[..^1], token[..^4] + "AAAA", "AAAA" + token[4..], foreign, unsubscribe, "preview", "x" })
            await AssertNothingAsync("/address/" + other, (Old, New));
        // And it stops no mail.
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Post, "/u/" + token)).Status);
    }

    [Fact]
    public async Task A_link_is_about_one_address_of_one_person()
    {
        string link = await LinkAsync();
        await ServerSaysAsync("bob", "bob@acme.example");
        await BrowserNamesAsync(New, "bob");
        await BrowserNamesAsync("mallory@evil.example");
        await _host.SettleAsync();
        await AssertNothingAsync(link, (Old, "mallory@evil.example"));
        var bob = (await PeopleAsync()).Single(person => person.GetProperty("id").GetString() == "bob");
        Assert.Equal("bob@acme.example", bob.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Once_a_server_told_another_address_the_old_one_has_no_say()
    {
        string link = await LinkAsync();
        await ServerSaysAsync("ann", "ann@elsewhere.example");
        await _host.SettleAsync();
        await AssertNothingAsync(link, ("ann@elsewhere.example", New));
    }

    [Fact]
    public async Task Who_reads_the_mail_here_cannot_use_its_link()
    {
        string link = await LinkAsync();
        string token = link[(link.LastIndexOf('/') + 1)..];
        var record = (await RecordAsync())!;
        Assert.DoesNotContain(token, (await _host.GetAsync($"/api/outreach/{record.Id}")).GetRawText(), StringComparison.Ordinal);
        var browser = await Dashboard.DashboardBrowser.SignedInAsync(_host);
        Assert.DoesNotContain(
            token,
            (await browser.OpenAsync($"/messages/{record.Id}")).DocumentElement.OuterHtml,
            StringComparison.Ordinal
        );
        using var frame = await browser.SendAsync(HttpMethod.Get, $"/messages/{record.Id}/html");
        Assert.DoesNotContain(token, await frame.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static SignalsHost HostOf(bool confirms) =>
        new()
        {
            Model = SignalsHost.Read(
                $$"""
                {
                  "product": "Nimbus", "accounts": "group", "locales": ["en", "fr", "de"],
                  "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
                  "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "perPerson": { "count": 5, "days": 7 }, "confirmAddresses": {{(
                    confirms ? "true" : "false"
                )}}, "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
                  "alerts": { "to": ["cs@nimbus.example"] }
                }
                """
            ),
        };

    /// <summary>A server told Ann's address, then a browser names another.</summary>
    private async Task StoryAsync(string locale = "en")
    {
        await _host.SendAsync(
            SignalsHost.Account("ann", "acme", new { plan = "pro" }),
            SignalsHost.Person("ann", new { email = Old, locale }),
            SignalsHost.Track("ann", "acme", "Report Shared", new { minutes = 20 })
        );
        await _host.SettleAsync();
        await BrowserNamesAsync(New);
        _host.Clock.Advance(TimeSpan.FromHours(7));
        await _host.SettleAsync();
    }

    /// <summary>The link in the mail that left.</summary>
    private async Task<string> LinkAsync(string locale = "en")
    {
        await StoryAsync(locale);
        var record = await RecordAsync();
        Assert.NotNull(record?.Message);
        return Link().Match(record.Message.Text).Groups[1].Value;
    }

    private async Task<OutreachRecord?> RecordAsync() => (await RecordsAsync()).SingleOrDefault();

    private async Task<IReadOnlyList<OutreachRecord>> RecordsAsync() =>
        [
            .. (
                await _host.Services.GetRequiredService<OutreachRows>().OfAccountAsync(AccountKey.Group("acme"), 50, null, Cancellation)
            ).Where(record => record.Cause == OutreachTemplates.ConfirmAddress),
        ];

    private async Task AssertNothingAsync(string link, (string, string?) expected)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Get, link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(HttpMethod.Post, link)).Status);
        await _host.SettleAsync();
        Assert.Equal(expected, await AnnAsync());
    }

    private async Task<(string? Email, string? Waiting)> AnnAsync()
    {
        var ann = (await PeopleAsync()).Single(person => person.GetProperty("id").GetString() == "ann");
        return (ann.GetProperty("email").GetString(), ann.GetProperty("waitingEmail").GetString());
    }

    private async Task<IReadOnlyList<JsonElement>> PeopleAsync() =>
        [.. (await _host.GetAsync("/api/accounts/acme/people")).GetProperty("items").EnumerateArray()];

    private Task ServerSaysAsync(string user, string email) => SayAsync(user, email, _host.SendAsync);

    private Task BrowserNamesAsync(string email, string user = "ann") =>
        SayAsync(user, email, events => _host.SendAsync(SignalsHost.BrowserKey, events));

    private async Task SayAsync(string user, string email, Func<IEnumerable<object>, Task> send)
    {
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await send([
            new
            {
                type = "identify",
                userId = user,
                traits = new { email },
                context = new { groupId = "acme" },
            },
        ]);
        await _host.FoldAsync();
    }

    private async Task<(HttpStatusCode Status, string Page)> OpenAsync(HttpMethod method, string link)
    {
        using var request = new HttpRequestMessage(method, link);
        using var answer = await _host.Stranger.SendAsync(request, Cancellation);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);
        return (answer.StatusCode, new HtmlParser().ParseDocument(page).Body!.TextContent);
    }

    [GeneratedRegex("https://signals.nimbus.example(/address/[A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
