using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Links;
using Signals.Core.State.Identity;
using Signals.Web.Alerts;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Alerts;

/// <summary>Clicks on the buttons of alerts in Slack, from the message that holds them to the message that takes its place.</summary>
public sealed class SlackActionsTests : IAsyncLifetime
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string ResponseUrl = "https://hooks.slack.com/actions/T0/1/x";
    private const string Clicker = "ann.lee (Slack U2CERLKJA)";

    private readonly Replies _replies = new();
    private ChatSink _sink = null!;
    private SignalsHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await ChatSink.StartAsync();
        _host = await HostAsync(Secret);
        await GivenStuckAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Theory]
    [InlineData(0, AlertState.Acknowledged, null, "<@U2CERLKJA> is on it", true)]
    [InlineData(1, AlertState.Snoozed, null, "<@U2CERLKJA> asked to be reminded on the next working day", true)]
    [InlineData(2, AlertState.Resolved, AlertReasons.FalseAlarm, "<@U2CERLKJA> sees no risk", false)]
    public async Task A_click_answers_as_who_clicked_and_the_message_says_so(
        int button,
        AlertState state,
        string? reason,
        string said,
        bool keepsButtons
    )
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Form(Payload(button))));

        var alert = await AlertAsync();
        Assert.Equal((state, Clicker, reason), (alert.State, alert.Answer!.By, alert.Answer.Reason));
        var (url, reply) = Assert.Single(_replies.Posts);
        Assert.Equal(ResponseUrl, url);
        Assert.True(reply.GetProperty("replace_original").GetBoolean());
        var blocks = reply.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal(Message().GetProperty("blocks")[0].GetProperty("text").GetRawText(), blocks[0].GetProperty("text").GetRawText());
        string told = Assert.Single(blocks, block => Type(block) == "context").GetProperty("elements")[0].GetProperty("text").GetString()!;
        Assert.Equal(said, told);
        Assert.Equal(keepsButtons, blocks.Any(block => Type(block) == "actions"));
        ChatSchemas.HoldsBlocks(reply.GetProperty("blocks"));
    }

    [Fact]
    public async Task The_next_answer_takes_the_place_of_the_last_and_what_is_over_says_so()
    {
        await PostAsync(Form(Payload(0)));
        await PostAsync(Form(Payload(1, blocks: _replies.Posts[^1].Body.GetProperty("blocks"))));
        Assert.Single(_replies.Posts[^1].Body.GetProperty("blocks").EnumerateArray(), block => Type(block) == "context");
        await PostAsync(Form(Payload(2)));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Form(Payload(0))));

        Assert.Equal(AlertState.Resolved, (await AlertAsync()).State);
        Assert.Equal("Acme: this alert is over", _replies.Posts[^1].Body.GetProperty("text").GetString());
        Assert.DoesNotContain(_replies.Posts[^1].Body.GetProperty("blocks").EnumerateArray(), block => Type(block) == "actions");
    }

    public static TheoryData<string> Forgeries =>
        ["tampered body", "wrong secret", "wrong version", "no signature", "no timestamp", "another timestamp", "not a time", "upper case"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_Slack_did_not_sign_is_refused(string forgery)
    {
        string body = Form(Payload(0)),
            stamp = Stamp(),
            signature = Sign(body, stamp);
        var (sent, signed, at) = forgery switch
        {
            "tampered body" => (body.Replace("U2CERLKJA", "U2CERLKJB", StringComparison.Ordinal), signature, stamp),
            "wrong secret" => (body, Sign(body, stamp, Secret[..^1] + "6"), stamp),
            "wrong version" => (body, "v1" + signature[2..], stamp),
            "no signature" => (body, null, stamp),
            "no timestamp" => (body, signature, null),
            "another timestamp" => (body, signature, Stamp(seconds: 1)),
            "not a time" => (body, Sign(body, "soon"), "soon"),
            _ => (body, signature.ToUpperInvariant(), stamp),
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(sent, signed, at));
        await NothingHappenedAsync();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(body, signature, stamp));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-100_000_000, false)]
    public async Task A_click_is_good_for_five_minutes(int seconds, bool isTaken)
    {
        string body = Form(Payload(0)),
            stamp = Stamp(seconds);

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await PostAsync(body, Sign(body, stamp), stamp));
        Assert.Equal(isTaken ? AlertState.Acknowledged : AlertState.Open, (await AlertAsync()).State);
    }

    [Fact]
    public async Task A_click_that_is_posted_again_is_refused()
    {
        string body = Form(Payload(0)),
            stamp = Stamp();
        await PostAsync(body, Sign(body, stamp), stamp);
        await PostAsync(Form(Payload(1)));

        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(body, Sign(body, stamp), stamp)));

        Assert.All(again, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal((AlertState.Snoozed, 2), (await AlertAsync() is var alert ? (alert.State, _replies.Posts.Count) : default));
    }

    [Theory]
    [InlineData("view_submission", "signals-alert-acknowledge")]
    [InlineData("block_actions", "somebody-elses")]
    [InlineData("block_actions", null)]
    public async Task What_is_no_answer_is_taken_and_passed_over(string type, string? actionId)
    {
        var payload = Payload(0);
        payload["type"] = type;
        payload["actions"]![0]!["action_id"] = actionId;

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Form(payload)));
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("tampered")]
    [InlineData("of another button")]
    [InlineData("too late")]
    [InlineData("of another alert")]
    [InlineData("none")]
    public async Task A_button_with_another_token_answers_nothing_and_says_so(string what)
    {
        var tokens = _host.Services.GetRequiredService<AlertTokens>();
        var alert = await AlertAsync();
        var good = new AlertToken(alert.Id, AlertLinkAnswer.Acknowledge, "chat", _host.Clock.GetUtcNow().AddDays(1));
        var payload = Payload(0);
        payload["actions"]![0]!["value"] = what switch
        {
            "tampered" => tokens.Sign(good)[..^3] + "AAA",
            "of another button" => tokens.Sign(good with { Answer = AlertLinkAnswer.Resolve }),
            "too late" => tokens.Sign(good with { Ends = _host.Clock.GetUtcNow() }),
            "of another alert" => tokens.Sign(good with { AlertId = "20250303100000000.g_other" }),
            _ => null,
        };

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Form(payload)));

        Assert.Equal(AlertState.Open, (await AlertAsync()).State);
        Assert.Equal("This button does not work any more", Assert.Single(_replies.Posts).Body.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("http://hooks.slack.com/actions/x")]
    [InlineData("https://hooks.slack.com.evil.example/actions/x")]
    [InlineData("https://evil.example/hooks.slack.com")]
    [InlineData("https://hooks.slack.com@evil.example/x")]
    [InlineData("https://user@hooks.slack.com/x")]
    [InlineData("https://hooks.slack.com:8443/x")]
    [InlineData("//hooks.slack.com/x")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Nothing_but_Slack_is_told(string? responseUrl)
    {
        var payload = Payload(0);
        payload["response_url"] = responseUrl;

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Form(payload)));
        Assert.Equal((AlertState.Acknowledged, 0), (await AlertAsync() is var alert ? (alert.State, _replies.Posts.Count) : default));
    }

    [Theory]
    [InlineData("ann.lee", "ann.lee (Slack U2CERLKJA)")]
    [InlineData("Zoë-Müller_1", "Zoë-Müller_1 (Slack U2CERLKJA)")]
    [InlineData("a+b&c=d <script>", "Slack U2CERLKJA")]
    [InlineData("bob (Slack U1)", "Slack U2CERLKJA")]
    [InlineData(null, "Slack U2CERLKJA")]
    public async Task A_name_is_decoded_and_what_could_pass_for_another_is_left_out(string? name, string by)
    {
        var payload = Payload(0);
        (payload["user"]!["username"], payload["user"]!["name"]) = (name, name);
        payload["note"] = "1+1=2 & 100% \"é\" 🎉";

        Assert.Equal(HttpStatusCode.OK, await PostAsync(Form(payload)));
        Assert.Equal(by, (await AlertAsync()).Answer!.By);
    }

    [Theory]
    [InlineData("")]
    [InlineData("payload=")]
    [InlineData("payload=%7B")]
    [InlineData("payload=[]")]
    [InlineData("payload=null")]
    [InlineData("payload={}")]
    [InlineData("payload={\"user\":{\"id\":\"u 1\"}}")]
    [InlineData("payload={\"user\":{\"id\":\"U1\",\"id\":\"U2\"}}")]
    [InlineData("payload={\"user\":{\"id\":\"\\ud800\"}}")]
    [InlineData("{\"payload\":{}}")]
    [InlineData("%FF%FE=%00")]
    public async Task A_signed_body_that_is_no_click_is_told_so(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(body));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_deep_and_a_huge_body_are_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("payload=" + new string('[', 10_000)));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(Form(Payload(0)) + "&padding=" + new string('a', 256 * 1024)));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task Without_a_secret_the_address_is_closed_and_messages_have_links()
    {
        await using var host = await HostAsync(null);
        await GivenStuckAsync(host);
        string body = Form(Payload(0)),
            stamp = Stamp();

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(body, Sign(body, stamp, ""), stamp, host));
        var message = _sink.Posts.Last().Body;
        Assert.False(message.TryGetProperty("blocks", out _));
        Assert.Contains("|I am on it> · <", message.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Slacks_own_example_is_signed_right()
    {
        // Of Slack's page "Verifying requests from Slack": its secret, timestamp, body and signature.
        const string Body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
            + "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var (_, refusal) = new SlackSignature(Secret).Verify(
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
            "1531420618",
            Encoding.UTF8.GetBytes(Body),
            DateTimeOffset.FromUnixTimeSeconds(1531420618)
        );
        Assert.Null(refusal);
    }

    private async Task NothingHappenedAsync()
    {
        Assert.Equal(AlertState.Open, (await AlertAsync()).State);
        Assert.Empty(_replies.Posts);
    }

    private async Task<Alert> AlertAsync() =>
        (await _host.Services.GetRequiredService<AlertBook>().OfAccountAsync(AccountKey.Group("acme"), Cancel))!;

    private JsonElement Message() => _sink.Posts.First().Body;

    private static string? Type(JsonElement block) => block.GetProperty("type").GetString();

    /// <summary>As Slack posts a click on one of the message's buttons; it gives each block an id.</summary>
    private JsonObject Payload(int button, JsonElement? blocks = null)
    {
        var message = JsonNode.Parse((blocks ?? Message().GetProperty("blocks")).GetRawText())!.AsArray();
        for (int i = 0; i < message.Count; i++)
            message[i]!["block_id"] = $"b{i}";
        var clicked = message.Single(block => (string?)block!["type"] == "actions")!["elements"]![button]!;
        return new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject
            {
                ["id"] = "U2CERLKJA",
                ["username"] = "ann.lee",
                ["name"] = "ann.lee",
                ["team_id"] = "T1DC2JH3J",
            },
            ["api_app_id"] = "A02",
            ["token"] = "Shh_its_a_seekrit",
            ["trigger_id"] = Guid.NewGuid().ToString("N"),
            ["message"] = new JsonObject { ["text"] = "an alert", ["blocks"] = message },
            ["response_url"] = ResponseUrl,
            ["actions"] = new JsonArray(
                new JsonObject
                {
                    ["action_id"] = (string?)clicked["action_id"],
                    ["value"] = (string?)clicked["value"],
                    ["type"] = "button",
                }
            ),
        };
    }

    private static string Form(JsonNode payload) => "payload=" + WebUtility.UrlEncode(payload.ToJsonString());

    private string Stamp(int seconds = 0) => _host.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString();

    private static string Sign(string body, string stamp, string secret = Secret) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}")));

    private Task<HttpStatusCode> PostAsync(string body) => PostAsync(body, Sign(body, Stamp()), Stamp());

    private async Task<HttpStatusCode> PostAsync(string body, string? signature, string? stamp, SignalsHost? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/slack")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (signature is not null)
            request.Headers.Add(SlackSignature.SignatureHeader, signature);
        if (stamp is not null)
            request.Headers.Add(SlackSignature.TimestampHeader, stamp);
        using var response = await (host ?? _host).Stranger.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private async Task<SignalsHost> HostAsync(string? secret)
    {
        var model = new SignalsHost().Model;
        var host = new SignalsHost
        {
            Model = model with { Alerts = model.Alerts with { Webhooks = [new AlertWebhook(AlertWebhook.Slack, _sink.Url("/slack"))] } },
            Configure = services =>
                services
                    .AddSlackActions(secret)
                    .AddSingleton<ISlackReplies>(_replies)
                    .AddSingleton(new WebhookOptions { PrivateNetworks = [IPNetwork.Parse("127.0.0.0/8")] }),
        };
        await host.InitializeAsync();
        return host;
    }

    private static async Task GivenStuckAsync(SignalsHost host)
    {
        await host.SendAsync(
            SignalsHost.Person("ann", new { email = "ann@x.example" }),
            SignalsHost.Account("ann", "acme", new { name = "Acme", plan = "pro" }),
            SignalsHost.Track("ann", "acme", "Import Failed"),
            SignalsHost.Track("ann", "acme", "Import Failed"),
            SignalsHost.Track("ann", "acme", "Import Failed")
        );
        await host.SettleAsync();
    }

    private sealed class Replies : ISlackReplies
    {
        public List<(string Url, JsonElement Body)> Posts { get; } = [];

        public Task PostAsync(string responseUrl, byte[] json, CancellationToken cancellationToken)
        {
            Posts.Add((responseUrl, JsonSerializer.Deserialize<JsonElement>(json)));
            return Task.CompletedTask;
        }
    }
}
