using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Testing;
using Signals.Web.Alerts;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Alerts;

/// <summary>Alerts over chat webhooks, through everything from the event to the post, against a server that fails in every way.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "/services/T0/B0/secret-token";

    private ChatSink _sink = null!;

    /// <summary>Longer than a busy machine takes to answer itself.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(1);

    /// <summary>Long enough for the post to arrive.</summary>
    private static readonly TimeSpan Impatient = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sink = await ChatSink.StartAsync();

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    [Fact]
    public async Task An_alert_reaches_Slack_Teams_and_the_mailbox_once_each()
    {
        await using var host = await HostAsync(new(AlertWebhook.Slack, _sink.Url(Secret)), new(AlertWebhook.Teams, _sink.Url("/teams")));
        await GivenStuckAsync(host);

        var alerts = await AlertsAsync(host);
        Assert.Equal(["email", "slack", "teams"], alerts.Select(record => record.Channel).Order(StringComparer.Ordinal));
        Assert.All(alerts, record => Assert.Equal(OutreachState.Sent, record.State));
        Assert.Equal([Secret, "/teams"], _sink.Posts.Select(post => post.Path).Order(StringComparer.Ordinal));
        Assert.All(_sink.Posts, post => Assert.Equal("application/json; charset=utf-8", post.ContentType));

        var slack = _sink.Posts.Single(post => post.Path == Secret).Body;
        string text = slack.GetProperty("text").GetString()!;
        Assert.StartsWith("*Acme (99 USD a month): Onboarding stalled, at risk*\n", text, StringComparison.Ordinal);
        Assert.EndsWith("<https://signals.nimbus.example/accounts/acme|Open the account and answer>", text, StringComparison.Ordinal);
        Assert.False(slack.GetProperty("unfurl_links").GetBoolean());

        var message = _sink.Posts.Single(post => post.Path == "/teams").Body;
        var attachment = Assert.Single(message.GetProperty("attachments").EnumerateArray());
        Assert.Equal(
            ("message", "application/vnd.microsoft.card.adaptive"),
            (message.GetProperty("type").GetString(), attachment.GetProperty("contentType").GetString())
        );
        var card = attachment.GetProperty("content");
        Assert.Equal("AdaptiveCard", card.GetProperty("type").GetString());
        Assert.Equal(
            "Acme (99 USD a month): Onboarding stalled, at risk",
            card.GetProperty("body")[0].GetProperty("inlines")[0].GetProperty("text").GetString()
        );
        var actions = card.GetProperty("actions").EnumerateArray().ToList();
        Assert.All(actions, action => Assert.Equal("Action.OpenUrl", action.GetProperty("type").GetString()));
        Assert.Equal(
            ["I am on it", "Remind us tomorrow", "False alarm", "Open the account and answer"],
            actions.Select(action => action.GetProperty("title").GetString())
        );
        Assert.Equal("https://signals.nimbus.example/accounts/acme", actions[^1].GetProperty("url").GetString());
        Assert.Matches("\nTalk to ann@\u2060?x\u2060?\\.example\n", text);

        // The link answers in the channel's name, for whoever is in it.
        string path = new Uri(actions[0].GetProperty("url").GetString()!).AbsolutePath;
        using var answered = await host.Client.PostAsync(path, null, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, answered.StatusCode);
        var answer = (
            await host
                .Services.GetRequiredService<Core.Response.Alerts.AlertBook>()
                .OfAccountAsync(Core.State.Identity.AccountKey.Group("acme"), Cancel)
        )!.Answer!;
        Assert.Equal((Core.Response.Alerts.AlertState.Acknowledged, host.Model.Alerts.Webhooks[1].Label), (answer.State, answer.By));
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_after_the_time_it_named()
    {
        _sink.Answers = (context, number) =>
        {
            if (number > 2)
                return Task.CompletedTask;
            context.Response.StatusCode = number == 1 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "90";
            return Task.CompletedTask;
        };
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);
        Assert.Equal((OutreachState.Planned, "429"), (await SlackAsync(host) is var busy ? (busy.State, busy.Reason) : default));

        host.Clock.Advance(TimeSpan.FromSeconds(80));
        await host.WorkAsync();
        Assert.Single(_sink.Posts);

        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await host.WorkAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(95));
        await host.WorkAsync();
        Assert.Equal((3, OutreachState.Sent), (_sink.Posts.Count, (await SlackAsync(host)).State));
    }

    [Fact]
    public async Task A_server_that_hangs_leaves_it_uncertain_and_is_not_asked_again()
    {
        _sink.Answers = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var host = await HostWithAsync(null, Impatient, new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.WorkAsync();

        Assert.Equal(
            (OutreachState.Uncertain, "no answer within 2 seconds", 1),
            (await SlackAsync(host) is var record ? (record.State, record.Reason, _sink.Posts.Count) : default)
        );
        Assert.Contains(await AlertsAsync(host), mail => mail is { Channel: AlertChannels.Email, State: OutreachState.Sent });
    }

    [Fact]
    public async Task A_server_that_breaks_off_leaves_it_uncertain()
    {
        _sink.Answers = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);

        Assert.Equal((OutreachState.Uncertain, 1), (await SlackAsync(host) is var record ? (record.State, _sink.Posts.Count) : default));
    }

    [Theory]
    [InlineData(404, "no_service", "404 no_service")]
    [InlineData(400, "invalid_payload\r\n<b>", "400 invalid_payload <b>")]
    [InlineData(410, "", "410")]
    [InlineData(403, "you posted to /services/T0/B0/secret-token", "403 you posted to …")]
    public async Task A_server_that_refuses_is_a_failure_with_its_words_and_without_the_secret(int status, string body, string reason)
    {
        _sink.Answers = (context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, Cancel);
        };
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.WorkAsync();

        Assert.Equal(
            (OutreachState.Failed, reason, 1),
            (await SlackAsync(host) is var record ? (record.State, record.Reason, _sink.Posts.Count) : default)
        );
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _sink.Answers = (context, _) =>
        {
            context.Response.Redirect(_sink.Url("/elsewhere"), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Teams, _sink.Url(Secret)));
        await GivenStuckAsync(host);

        var record = (await AlertsAsync(host)).Single(record => record.Channel == AlertChannels.Teams);
        Assert.Equal((OutreachState.Failed, "307: it leads elsewhere, and webhooks do not follow"), (record.State, record.Reason));
        Assert.Equal([Secret], _sink.Posts.Select(post => post.Path));
    }

    [Fact]
    public async Task A_server_that_is_away_for_an_hour_gets_it_when_it_is_back()
    {
        int port = FreePort.Find();
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Slack, $"http://127.0.0.1:{port}{Secret}"));
        await GivenStuckAsync(host);
        Assert.Equal(
            (OutreachState.Planned, "not reached: ConnectionError"),
            (await SlackAsync(host) is var away ? (away.State, away.Reason) : default)
        );
        for (int minutes = 0; minutes < 60; minutes += 5)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(5));
            await host.WorkAsync();
        }

        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var post = listener.GetContextAsync();
        host.Clock.Advance(TimeSpan.FromHours(1.1));
        var work = host.WorkAsync();
        (await post).Response.Close();
        await work;

        Assert.Equal(OutreachState.Sent, (await SlackAsync(host)).State);
    }

    [Fact]
    public async Task A_webhook_that_left_the_model_is_posted_to_no_more()
    {
        var client = new WebhookClient(new WebhookOptions(), TimeProvider.System);
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);
        var record = await SlackAsync(host);
        var channel = new WebhookChannel(
            AlertChannels.Slack,
            SlackMessage.Write,
            client,
            host.Services.GetRequiredService<MailComposer>(),
            host.Model with
            {
                Alerts = new AlertSettings(),
            }
        );

        var outcome = await channel.SendAsync(record, record.Message!, Cancel);

        Assert.Equal((Core.Response.Mail.SendStatus.Refused, "the webhook is no longer in the model"), (outcome.Status, outcome.Detail));
        Assert.Equal("the webhook's address is not https", (await client.PostAsync("http://chat.example/x", [], Cancel)).Detail);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", true)]
    public async Task Nothing_inside_is_reached_unless_a_setting_allows_it(string name, bool allowed)
    {
        IPNetwork[] networks = allowed ? [IPNetwork.Parse("127.0.0.0/8")] : [IPNetwork.Parse("10.1.0.0/16")];
        using var client = new WebhookClient(new WebhookOptions { PrivateNetworks = networks }, TimeProvider.System);
        string url = _sink.Url(Secret).Replace("127.0.0.1", name, StringComparison.Ordinal);

        var outcome = await client.PostAsync(url, "{}"u8.ToArray(), Cancel);

        Assert.Equal(
            allowed
                ? (Core.Response.Mail.SendStatus.Accepted, null)
                : (Core.Response.Mail.SendStatus.Refused, "the address is inside a private network, and no setting allows it"),
            (outcome.Status, outcome.Detail)
        );
        Assert.Equal(allowed ? 1 : 0, _sink.Posts.Count);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4001::1", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("10.1.0.1", true)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.1.0.1", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void What_is_inside_is_known_however_it_is_written(string address, bool reached) =>
        Assert.Equal(reached, new PublicAddresses([IPNetwork.Parse("10.1.0.0/16")]).MayReach(IPAddress.Parse(address)));

    [Fact]
    public async Task The_secret_address_stands_in_no_record_and_no_list()
    {
        await using var host = await HostAsync(new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);

        Assert.Matches("^127\\.0\\.0\\.1 [0-9a-f]{8}$", (await SlackAsync(host)).To);
        Assert.DoesNotContain("secret", (await host.GetAsync("/api/outreach")).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", host.Model.Alerts.Webhooks[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_customer_calls_itself_mentions_formats_and_links_nothing()
    {
        await using var host = await HostAsync(new(AlertWebhook.Slack, _sink.Url(Secret)), new(AlertWebhook.Teams, _sink.Url("/teams")));
        await GivenStuckAsync(host, "<!channel> *a* _b_ ~c~ `d` & <x|y> [l](u)\n> q \u202e");

        string slack = _sink.Posts.Single(post => post.Path == Secret).Body.GetProperty("text").GetString()!;
        Assert.StartsWith(
            "*&lt;!channel&gt; ∗a∗ ＿b＿ ∼c∼ ˋdˋ &amp; &lt;x|y&gt; [l](u) &gt; q (99 USD a month): ",
            slack,
            StringComparison.Ordinal
        );
        // Three answers and the account's page: all links are ours.
        Assert.Equal(4, slack.Count(c => c == '<'));
        Assert.Equal(4, slack.Split("<https://signals.nimbus.example/a").Length - 1);
        var run = _sink
            .Posts.Single(post => post.Path == "/teams")
            .Body.GetProperty("attachments")[0]
            .GetProperty("content")
            .GetProperty("body")[0];
        Assert.Equal(
            ("RichTextBlock", "TextRun"),
            (run.GetProperty("type").GetString(), run.GetProperty("inlines")[0].GetProperty("type").GetString())
        );
    }

    [Fact]
    public async Task A_team_that_reads_French_is_told_in_French()
    {
        await using var host = await HostInAsync("fr", new AlertWebhook(AlertWebhook.Slack, _sink.Url(Secret)));
        await GivenStuckAsync(host);

        // French puts spaces that do not break before its colons.
        string[] lines = Assert
            .Single(_sink.Posts)
            .Body.GetProperty("text")
            .GetString()!
            .Replace('\u00a0', ' ')
            .Replace('\u202f', ' ')
            .Split('\n');

        Assert.Equal("*Acme (99 USD par mois) : Mise en route bloquée, à risque*", lines[0]);
        Assert.StartsWith("Score de risque : ", lines[1], StringComparison.Ordinal);
        Assert.Contains("*Écrit au client*", lines);
        Assert.Equal("• Mise en route bloquée, ann@x.example, 2 mars 2026 : prévu", lines[^3]);
        Assert.EndsWith("|Ouvrir le compte et répondre>", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("see https://evil.example now", "see https:\u2060//evil\u2060.example now")]
    [InlineData("WWW.evil.example", "WWW\u2060.evil\u2060.example")]
    [InlineData("@here and ann@x.example", "@\u2060here and ann@x.example")]
    [InlineData("two\r\nlines\u2028three\u0007", "two lines three")]
    [InlineData("\u202eevil\u2066\ufeff\u200b", "evil")]
    public void Text_stays_on_its_line_and_leads_nowhere(string typed, string shown) => Assert.Equal(shown, ChatText.Line(typed));

    [Fact]
    public void Long_text_is_cut_between_characters()
    {
        string cut = ChatText.Line(string.Concat(Enumerable.Repeat("😀", 400)));
        Assert.EndsWith("😀…", cut, StringComparison.Ordinal);
        Assert.InRange(cut.Length, ChatText.MaxChars, ChatText.MaxChars + 3);
    }

    private static Task<SignalsHost> HostAsync(params AlertWebhook[] webhooks) => HostWithAsync(null, Patient, webhooks);

    private static Task<SignalsHost> HostInAsync(string locale, params AlertWebhook[] webhooks) => HostWithAsync(locale, Patient, webhooks);

    private static async Task<SignalsHost> HostWithAsync(string? locale, TimeSpan patience, params AlertWebhook[] webhooks)
    {
        var model = new SignalsHost().Model;
        var host = new SignalsHost
        {
            Model = model with { Locales = ["en", "fr"], Alerts = model.Alerts with { Webhooks = webhooks, Locale = locale } },
            Configure = services =>
                services.AddSingleton(new WebhookOptions { Timeout = patience, PrivateNetworks = [IPNetwork.Parse("127.0.0.0/8")] }),
        };
        await host.InitializeAsync();
        return host;
    }

    private static async Task GivenStuckAsync(SignalsHost host, string name = "Acme")
    {
        await host.SendAsync(
            SignalsHost.Person("ann", new { email = "ann@x.example" }),
            SignalsHost.Account("ann", "acme", new { name, plan = "pro" }),
            SignalsHost.Track("ann", "acme", "Import Failed"),
            SignalsHost.Track("ann", "acme", "Import Failed"),
            SignalsHost.Track("ann", "acme", "Import Failed")
        );
        await host.SettleAsync();
    }

    private static async Task<IReadOnlyList<OutreachRecord>> AlertsAsync(SignalsHost host) =>
        [
            .. (
                await host
                    .Services.GetRequiredService<OutreachRows>()
                    .OfAccountAsync(Core.State.Identity.AccountKey.Group("acme"), 50, null, Cancel)
            ).Where(record => record.Kind == OutreachKind.Alert),
        ];

    private static async Task<OutreachRecord> SlackAsync(SignalsHost host) =>
        (await AlertsAsync(host)).Single(record => record.Channel == AlertChannels.Slack);
}
