using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Model;
using Signals.Core.Processing.Webhooks;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing;
using Signals.Web.OutgoingWebhooks;
using Signals.Web.Tests.Api;
using Signals.Web.Tests.Dashboard;

namespace Signals.Web.Tests.OutgoingWebhooks;

/// <summary>What other systems are told, from the event to their door, and how they fail.</summary>
public sealed class OutgoingWebhookTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string NextSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    private WebhookSink _sink = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sink = await WebhookSink.StartAsync();

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    [Fact]
    public async Task A_risk_its_cause_the_message_the_alert_and_its_answer_are_told_in_order_once_each()
    {
        await using var host = await HostAsync(new WebhookEndpoint("crm", _sink.Url("/crm"), WebhookEvents.All, WebhookFormat.Plain));
        await GivenStuckAsync(host);
        var book = host.Services.GetRequiredService<AlertBook>();
        var alert = (await book.OfAccountAsync(AccountKey.Group("acme"), Cancel))!;
        await book.AcknowledgeAsync(AlertId.Parse(alert.Id)!.Value, "ann@nimbus.example", null, Cancel);
        await host.WorkAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.WorkAsync();

        string[] told = [.. _sink.Posts.Select(post => post.Type)];
        Assert.Equal(told.Distinct(), told);
        Assert.Equal(WebhookEvents.AlertAcknowledged, told[^1]);
        Assert.Superset(
            new HashSet<string>
            {
                WebhookEvents.RiskChanged,
                WebhookEvents.CauseFound,
                WebhookEvents.AlertOpened,
                WebhookEvents.MessageSent,
            },
            told.ToHashSet()
        );
        Assert.True(Array.IndexOf(told, WebhookEvents.AlertOpened) < Array.IndexOf(told, WebhookEvents.MessageSent));
        var risk = Data(WebhookEvents.RiskChanged);
        Assert.Equal(
            ("acme", "Acme", "healthy", "at-risk"),
            (
                risk.GetProperty("account").GetProperty("id").GetString(),
                risk.GetProperty("account").GetProperty("name").GetString(),
                risk.GetProperty("before").GetProperty("level").GetString(),
                risk.GetProperty("risk").GetProperty("level").GetString()
            )
        );
        var cause = Data(WebhookEvents.CauseFound).GetProperty("cause");
        Assert.Equal(
            ("onboarding-stalled", "import-users"),
            (cause.GetProperty("id").GetString(), cause.GetProperty("detail").GetString())
        );
        Assert.NotEmpty(cause.GetProperty("evidence")[0].GetString()!);
        Assert.Equal("ann", Data(WebhookEvents.MessageSent).GetProperty("message").GetProperty("userId").GetString());
        Assert.Equal("ann@nimbus.example", Data(WebhookEvents.AlertAcknowledged).GetProperty("alert").GetProperty("by").GetString());
        Assert.DoesNotContain(
            host.Store.All(AccountRows.Table),
            row => row.RowKey.StartsWith(WebhookOutbox.RowPrefix, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Each_endpoint_is_told_what_it_asked_for_in_the_form_it_reads()
    {
        await using var host = await HostAsync(
            new WebhookEndpoint("crm", _sink.Url("/crm"), Only(WebhookEvents.AlertOpened), WebhookFormat.Plain),
            new WebhookEndpoint("dwh", _sink.Url("/dwh"), Only(WebhookEvents.RiskChanged), WebhookFormat.CloudEvents)
        );
        await GivenStuckAsync(host);

        var plain = Assert.Single(_sink.Posts, post => post.Path == "/crm");
        Assert.Equal((WebhookEvents.AlertOpened, "application/json; charset=utf-8"), (plain.Type, plain.Headers["content-type"]));
        var cloud = Assert.Single(_sink.Posts, post => post.Path == "/dwh");
        Assert.Equal("application/cloudevents+json; charset=utf-8", cloud.Headers["content-type"]);
        Assert.Equal(
            ("1.0", "signals.risk.changed", "acme", "https://signals.nimbus.example", cloud.Id),
            (
                cloud.Json.GetProperty("specversion").GetString(),
                cloud.Type,
                cloud.Json.GetProperty("subject").GetString(),
                cloud.Json.GetProperty("source").GetString(),
                cloud.Json.GetProperty("id").GetString()
            )
        );
    }

    [Fact]
    public async Task Whatever_the_other_system_does_each_event_arrives_in_order_and_others_do_not_wait()
    {
        _sink.Answers = async (context, number) =>
        {
            if (context.Request.Path != "/flaky")
                return;
            switch (number % 5)
            {
                case 0:
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    break;
                case 1:
                    context.Abort();
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    break;
                case 2:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    break;
                case 3:
                    context.Response.Redirect("https://elsewhere.example/");
                    break;
            }
            await Task.CompletedTask;
        };
        await using var host = await HostAsync(
            new WebhookEndpoint("crm", _sink.Url("/flaky"), WebhookEvents.All, WebhookFormat.Plain),
            new WebhookEndpoint("dwh", _sink.Url("/steady"), WebhookEvents.All, WebhookFormat.Plain)
        );
        await GivenStuckAsync(host);
        string[] steady = Told("/steady");
        Assert.Contains(WebhookEvents.MessageSent, steady);
        Assert.NotEqual(steady, Told("/flaky"));

        for (int i = 0; i < 200 && Told("/flaky").Length < steady.Length; i++)
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            await host.WorkAsync();
        }

        Assert.Equal(steady, Told("/flaky").Take(steady.Length));
        Assert.True(_sink.Posts.Count(post => post.Path == "/flaky") > steady.Length);
        Assert.All(
            _sink.Posts.Where(post => post.Path == "/flaky").GroupBy(post => post.Id),
            tries => Assert.Single(tries.Select(post => post.Body).Distinct())
        );
    }

    [Fact]
    public async Task However_much_one_does_not_take_another_is_told_all_of_it()
    {
        _sink.Answers = (context, _) =>
        {
            if (context.Request.Path == "/dead")
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        await using var host = await HostAsync(
            new WebhookEndpoint("crm", _sink.Url("/dead"), WebhookEvents.All, WebhookFormat.Plain),
            new WebhookEndpoint("dwh", _sink.Url("/steady"), WebhookEvents.All, WebhookFormat.Plain)
        );
        var acme = AccountKey.Group("acme");
        var outbox = host.Services.GetRequiredService<WebhookOutbox>();
        for (int i = 0; i < 120; i++)
        {
            var data = new System.Text.Json.Nodes.JsonObject { ["number"] = i };
            var batch = outbox.Of([new WebhookEvent(WebhookEvents.RiskChanged, host.Clock.GetUtcNow(), "acme", data)])!;
            await host.Store.CommitAsync(AccountRows.Table, acme.Value, [.. WebhookOutbox.Rows(acme, batch)], Cancel);
            await outbox.AnnounceAsync(acme, batch, Cancel);
        }

        await host.WorkAsync();

        Assert.Equal(
            Enumerable.Range(0, 120),
            _sink.Posts.Where(post => post.Path == "/steady").Select(post => post.Json.GetProperty("data").GetProperty("number").GetInt32())
        );
        Assert.Single(_sink.Posts, post => post.Path == "/dead");
    }

    [Fact]
    public async Task What_is_not_taken_for_three_days_is_given_up_and_told_again_by_hand()
    {
        bool up = false;
        _sink.Answers = (context, _) =>
        {
            context.Response.StatusCode = up ? StatusCodes.Status204NoContent : StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await using var host = await HostAsync(
            new WebhookEndpoint("crm", _sink.Url("/crm"), Only(WebhookEvents.AlertOpened), WebhookFormat.Plain)
        );
        await GivenStuckAsync(host);
        for (int i = 0; i < 5 * 24; i++)
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            await host.WorkAsync();
        }
        int tries = _sink.Posts.Count;
        Assert.Equal(11, tries);
        var browser = await DashboardBrowser.SignedInAsync(host);
        var page = await browser.OpenAsync("/pipeline/webhooks");
        Assert.Contains("503", page.QuerySelector("td .tag.bad")!.ParentElement!.TextContent, StringComparison.Ordinal);
        var given = Assert.Single(page.QuerySelectorAll("main .list li"));
        Assert.Contains(WebhookEvents.AlertOpened, given.TextContent, StringComparison.Ordinal);

        up = true;
        page = await browser.SubmitAsync(given.QuerySelector("form"));
        await host.WorkAsync();

        Assert.Contains("1 event is told again.", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(tries + 1, _sink.Posts.Count);
        Assert.True(_sink.Posts.Last().Taken);
        page = await browser.OpenAsync("/pipeline/webhooks");
        Assert.Empty(page.QuerySelectorAll("main .list li"));
        Assert.NotNull(page.QuerySelector("td .tag.good"));
    }

    [Fact]
    public async Task Who_fails_again_and_again_is_left_in_peace_for_a_while_and_loses_nothing()
    {
        _sink.Answers = (context, number) =>
        {
            context.Response.StatusCode = number <= 6 ? StatusCodes.Status500InternalServerError : StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };
        await using var host = await HostAsync(
            new WebhookEndpoint("crm", _sink.Url("/crm"), Only(WebhookEvents.AlertOpened), WebhookFormat.Plain)
        );
        var standing = host.Services.GetRequiredService<WebhookStanding>();
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(standing.RestsUntil(host.Model.Webhooks[0]));
            await standing.NoteAsync(host.Model.Webhooks[0], new SendOutcome(SendStatus.Transient, "503"), Cancel);
        }
        Assert.Equal(host.Clock.GetUtcNow().AddSeconds(30), standing.RestsUntil(host.Model.Webhooks[0]));

        for (int i = 0; i < 20; i++)
            await GivenStuckAsync(host, $"acme-{i}");
        for (int i = 0; i < 12; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.WorkAsync();
        }

        Assert.Null(standing.RestsUntil(host.Model.Webhooks[0]));
        Assert.Equal(20, _sink.Posts.Where(post => post.Taken).DistinctBy(post => post.Id).Count());
    }

    [Fact]
    public async Task A_test_says_what_became_of_it()
    {
        await using var host = await HostAsync(
            new WebhookEndpoint("crm", _sink.Url("/crm"), Only(WebhookEvents.AlertOpened), WebhookFormat.Plain)
        );
        var browser = await DashboardBrowser.SignedInAsync(host);
        var page = await browser.OpenAsync("/pipeline/webhooks");

        page = await browser.SubmitAsync(page.QuerySelector("form[action$='/test']"));
        Assert.Contains("crm took it.", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("test", Assert.Single(_sink.Posts).Type);

        _sink.Answers = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return Task.CompletedTask;
        };
        page = await browser.SubmitAsync(page.QuerySelector("form[action$='/test']"));
        Assert.Contains("crm did not take it: 410", page.QuerySelector(".notice.problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_library_reads_them_by_the_secret_and_by_the_one_that_follows_it()
    {
        Assert.SkipUnless(Directory.Exists(Modules), "tests/clients has no packages; npm install --prefix tests/clients");
        await using var host = await HostAsync(new WebhookEndpoint("crm", _sink.Url("/crm"), WebhookEvents.All, WebhookFormat.Plain));
        await GivenStuckAsync(host);
        string[] told = [.. _sink.Posts.Select(post => post.Type)];

        foreach (string secret in (string[])[Secret, NextSecret])
        {
            var (types, refusesTampered) = await ReadAsync(host, secret);
            Assert.Equal(told, types);
            Assert.True(refusesTampered);
        }
        Assert.All((await ReadAsync(host, "whsec_" + Convert.ToBase64String(new byte[32]))).Types, Assert.Null);
    }

    [Theory]
    [InlineData("crm")]
    [InlineData("crm=secret")]
    [InlineData("crm=whsec_c2hvcnQ=")]
    [InlineData("=" + Secret)]
    [InlineData("crm=whsec_not base64!")]
    public void Secrets_that_cannot_be_used_are_none(string text) => Assert.Null(WebhookSecrets.Parse(text));

    private static string Modules => Path.Combine(Repository.Root, "tests", "clients", "node_modules", "standardwebhooks");

    private static HashSet<string> Only(params string[] events) => events.ToHashSet(StringComparer.Ordinal);

    private JsonElement Data(string type) => _sink.Posts.Single(post => post.Type == type).Json.GetProperty("data");

    /// <summary>What a path took, each the first time it was posted there.</summary>
    private string[] Told(string path) =>
        [.. _sink.Posts.Where(post => post.Path == path && post.Taken).DistinctBy(post => post.Id).Select(post => post.Type)];

    private async Task<(string?[] Types, bool Tampered)> ReadAsync(SignalsHost host, string secret)
    {
        var start = new ProcessStartInfo("node", "standard-webhooks.mjs")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "clients"),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(
            JsonSerializer.Serialize(
                new
                {
                    secret,
                    now = host.Clock.GetUtcNow().ToUnixTimeSeconds(),
                    posts = _sink.Posts.Select(post => new { headers = post.Headers, body = post.Body }),
                }
            )
        );
        node.StandardInput.Close();
        string output = await node.StandardOutput.ReadToEndAsync(Cancel);
        await node.WaitForExitAsync(Cancel);
        var read = JsonDocument.Parse(output).RootElement;
        return (
            [.. read.GetProperty("verified").EnumerateArray().Select(type => type.GetString())],
            read.GetProperty("tampered").GetBoolean()
        );
    }

    private static async Task<SignalsHost> HostAsync(params WebhookEndpoint[] endpoints)
    {
        string secrets = string.Join(',', endpoints.Select(endpoint => $"{endpoint.Id}={Secret},{endpoint.Id}={NextSecret}"));
        var host = new SignalsHost
        {
            Model = new SignalsHost().Model with { Webhooks = endpoints },
            Configure = services =>
            {
                services.AddSingleton(WebhookSecrets.Parse(secrets)!);
                services.AddSingleton(
                    new Web.Alerts.WebhookOptions { PrivateNetworks = [IPNetwork.Parse("127.0.0.0/8")], Timeout = TimeSpan.FromSeconds(2) }
                );
            },
        };
        await host.InitializeAsync();
        return host;
    }

    private static async Task GivenStuckAsync(SignalsHost host, string account = "acme")
    {
        await host.SendAsync(
            SignalsHost.Person("ann", new { name = "Ann", email = "ann@x.example" }),
            SignalsHost.Account("ann", account, new { name = "Acme", plan = "pro" }),
            SignalsHost.Track("ann", account, "Import Failed"),
            SignalsHost.Track("ann", account, "Import Failed"),
            SignalsHost.Track("ann", account, "Import Failed")
        );
        await host.SettleAsync();
    }
}
