using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Alerts;

/// <summary>The links of an alert's mail that answer it.</summary>
public sealed partial class AlertLinkTests : IAsyncLifetime
{
    private const string Manager = "zoe@nimbus.example";

    private readonly SignalsHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.SendAsync(
            SignalsHost.Person("ann", new { email = "ann@x.example" }),
            SignalsHost.Account("ann", "acme", new { name = "Acme <b>", plan = "pro" }),
            SignalsHost.Track("ann", "acme", "Import Failed"),
            SignalsHost.Track("ann", "acme", "Import Failed"),
            SignalsHost.Track("ann", "acme", "Import Failed")
        );
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(AlertLinkAnswer.Acknowledge, AlertState.Acknowledged, null)]
    [InlineData(AlertLinkAnswer.Snooze, AlertState.Snoozed, null)]
    [InlineData(AlertLinkAnswer.Resolve, AlertState.Resolved, AlertReasons.FalseAlarm)]
    public async Task Looking_at_a_link_changes_nothing_and_posting_it_answers(AlertLinkAnswer answer, AlertState state, string? reason)
    {
        string path = await PathAsync(answer);

        using var page = await _host.Client.GetAsync(path, Cancel);
        using var head = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancel);

        string html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("<form method=\"post\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme <b>", html, StringComparison.Ordinal);
        Assert.Equal(AlertState.Open, (await AlertAsync()).State);
        using var done = await _host.Client.PostAsync(path, null, Cancel);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var alert = await AlertAsync();
        Assert.Equal((state, Manager, reason), (alert.State, alert.Answer!.By, alert.Answer.Reason));
    }

    [Fact]
    public async Task A_second_post_of_the_same_changes_nothing_and_what_is_over_says_so()
    {
        string path = await PathAsync(AlertLinkAnswer.Acknowledge);
        await _host.Client.PostAsync(path, null, Cancel);
        using var again = await _host.Client.PostAsync(path, null, Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single((await AlertAsync()).Answers);

        await _host.Client.PostAsync(await PathAsync(AlertLinkAnswer.Resolve), null, Cancel);

        using var over = await _host.Client.PostAsync(path, null, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, over.StatusCode);
        Assert.Equal(AlertState.Resolved, (await AlertAsync()).State);
    }

    [Fact]
    public async Task Tampered_late_and_foreign_links_answer_nothing()
    {
        string path = await PathAsync(AlertLinkAnswer.Resolve);
        var links = _host.Services.GetRequiredService<LinkTokens>();
        string[] broken =
        [
            path[..^2] + (path[^2] == 'A' ? 'B' : 'A') + path[^1],
            await PathAsync(AlertLinkAnswer.Resolve, _host.Clock.GetUtcNow()),
            await PathAsync(AlertLinkAnswer.Resolve, alertId: "20250303100000000.g_other"),
            "/answer/" + links.Sign(LinkPurpose.Unsubscribe, "another purpose, long enough"u8),
            "/answer/" + links.Sign(LinkPurpose.AnswerAlert, [0, 0, 0, 255, 255, 255, 255, 255, 1, 255, 255, 1]),
            "/answer/preview",
        ];

        foreach (string one in broken)
        {
            using var answer = await _host.Client.PostAsync(one, null, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.Equal(AlertState.Open, (await AlertAsync()).State);
    }

    [Fact]
    public async Task The_mail_holds_its_recipients_links_and_its_readers_elsewhere_do_not_get_them()
    {
        var record = (
            await _host.Services.GetRequiredService<OutreachRows>().OfAccountAsync(AccountKey.Group("acme"), 50, null, Cancel)
        ).Single(one => one.Kind == OutreachKind.Alert);
        var tokens = LinkOf()
            .Matches(record.Message!.Text)
            .Select(match => _host.Services.GetRequiredService<AlertTokens>().Verify(match.Groups["token"].Value, _host.Clock.GetUtcNow()));
        var token = Assert.Single(tokens, known => known?.Answer == AlertLinkAnswer.Snooze)!;
        Assert.Equal((record.AlertId, record.To), (token.AlertId, token.By));

        string shown = (await _host.GetAsync($"/api/outreach/{record.Id}")).GetRawText();

        Assert.DoesNotMatch("/answer/(?!preview)", shown);
    }

    [GeneratedRegex("/answer/(?<token>[A-Za-z0-9_-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkOf();

    private async Task<Alert> AlertAsync() =>
        (await _host.Services.GetRequiredService<AlertBook>().OfAccountAsync(AccountKey.Group("acme"), Cancel))!;

    private async Task<string> PathAsync(AlertLinkAnswer answer, DateTimeOffset? ends = null, string? alertId = null)
    {
        var token = new AlertToken(alertId ?? (await AlertAsync()).Id, answer, Manager, ends ?? _host.Clock.GetUtcNow().AddDays(1));
        return "/answer/" + _host.Services.GetRequiredService<AlertTokens>().Sign(token);
    }
}
