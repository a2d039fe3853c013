using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing;
using Signals.Web.Tests.Api;
using Signals.Web.Webhooks;

namespace Signals.Web.Tests.Webhooks;

public sealed class SendGridWebhookTests : IAsyncLifetime
{
    private const string Path = "/webhooks/sendgrid";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _earlierKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SignalsHost _host;

    public SendGridWebhookTests() =>
        _host = new SignalsHost { Configure = services => services.AddSendGridWebhook(PublicKey(_earlierKey), PublicKey(_key)) };

    private long Now => _host.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
        _earlierKey.Dispose();
    }

    [Theory]
    [InlineData("processed", null, OutreachState.Sent, false)]
    [InlineData("delivered", null, OutreachState.Delivered, false)]
    [InlineData("bounce", "bounce", OutreachState.Bounced, true)]
    [InlineData("bounce", "blocked", OutreachState.Bounced, false)]
    [InlineData("dropped", null, OutreachState.Failed, false)]
    [InlineData("spamreport", null, OutreachState.Delivered, true)]
    [InlineData("unsubscribe", null, OutreachState.Delivered, true)]
    [InlineData("open", null, OutreachState.Sent, false)]
    [InlineData("click", null, OutreachState.Sent, false)]
    public async Task An_event_tells_the_outreach_and_the_recipient(string name, string? type, OutreachState state, bool suppressed)
    {
        var sent = await GivenSentAsync();

        var status = await PostAsync(Event(sent, name, type));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(state, (await RecordAsync(sent)).State);
        Assert.Equal(suppressed, await IsSuppressedAsync(sent, null));
    }

    [Theory]
    [InlineData("Unsubscribed Address", "provider")]
    [InlineData("Spam Reporting Address", "spam-report")]
    [InlineData("Bounced Address", "bounce")]
    [InlineData("bounced address", "bounce")]
    [InlineData("Invalid", "bounce")]
    [InlineData("Invalid SMTPAPI header", null)]
    [InlineData("Spam Content (if Spam Checker app is enabled)", null)]
    [InlineData("Recipient List over Package Quota", null)]
    [InlineData("", null)]
    public async Task A_drop_that_is_about_the_address_silences_it(string reason, string? source)
    {
        var sent = await GivenSentAsync();

        await PostAsync(
            new
            {
                email = sent.To,
                @event = "dropped",
                timestamp = Now + 5,
                reason,
                signals_outreach = sent.Id,
            }
        );

        Assert.Equal(OutreachState.Failed, (await RecordAsync(sent)).State);
        Assert.Equal(source is null ? null : $"{source}:{sent.Id}", await SuppressedByAsync(sent.To));
    }

    [Theory]
    [InlineData("bounce", "bounce", "bounce:")]
    [InlineData("bounce", null, "bounce:")]
    [InlineData("dropped", null, "bounce:")]
    [InlineData("spamreport", null, "spam-report:")]
    [InlineData("unsubscribe", null, "provider:")]
    [InlineData("bounce", "blocked", null)]
    [InlineData("group_unsubscribe", null, "provider:")]
    [InlineData("delivered", null, null)]
    [InlineData("processed", null, null)]
    public async Task An_event_that_names_no_message_is_believed_by_its_address(string name, string? type, string? source)
    {
        var sent = await GivenSentAsync();

        var status = await PostAsync(
            new
            {
                email = sent.To.ToUpperInvariant(),
                @event = name,
                type,
                timestamp = Now + 5,
                reason = "Bounced Address",
            }
        );

        Assert.Equal(HttpStatusCode.NoContent, status);
        // By the last message sent there, so that an export can name the address.
        Assert.Equal(source is null ? null : source + sent.Id, await SuppressedByAsync(sent.To));
        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task A_group_unsubscribe_that_names_no_message_is_of_the_last_ones_topic_or_of_all()
    {
        var sent = await GivenSentAsync();

        foreach (string email in (string[])[sent.To, "stranger@customer.example"])
        {
            await PostAsync(
                new
                {
                    email,
                    @event = "group_unsubscribe",
                    timestamp = Now + 5,
                }
            );
        }

        Assert.True(await IsSuppressedAsync(sent, sent.Cause));
        Assert.False(await IsSuppressedAsync(sent, null));
        Assert.Equal("provider:", await SuppressedByAsync("stranger@customer.example"));
    }

    [Fact]
    public async Task A_bounce_that_names_no_message_is_noted_at_the_person_last_written_to()
    {
        var sent = await GivenSentAsync();

        await PostAsync(
            new
            {
                email = sent.To,
                @event = "bounce",
                type = "bounce",
                timestamp = Now + 5,
            }
        );

        var person = await new AccountRows(_host.Store).GetPersonAsync(
            new AccountKey(sent.Account),
            new PersonKey(sent.Person),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(sent.To, person!.Profile[PersonState.BouncedAddress]);
    }

    [Fact]
    public async Task A_group_unsubscribe_silences_the_topic_alone()
    {
        var sent = await GivenSentAsync();

        await PostAsync(Event(sent, "group_unsubscribe"));

        Assert.True(await IsSuppressedAsync(sent, sent.Cause));
        Assert.False(await IsSuppressedAsync(sent, null));
    }

    [Fact]
    public async Task A_message_of_unknown_outcome_is_settled_by_what_the_provider_says()
    {
        var sent = await GivenSentAsync();
        await GivenStateAsync(sent, OutreachState.Uncertain);

        await PostAsync(Event(sent, "processed"));

        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task A_message_that_seemed_not_to_leave_and_was_delivered_is_not_sent_again()
    {
        var sent = await GivenSentAsync();
        await GivenStateAsync(sent, OutreachState.Planned);
        await PostAsync(Event(sent, "delivered"));

        await _host.Queue.SendAsync(
            Core.Platform.Messaging.QueueNames.Outreach,
            [new OutreachId(sent.Id).ToMessage()],
            TestContext.Current.CancellationToken
        );
        await _host.WorkAsync();

        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task Events_in_any_order_end_in_what_happened_last()
    {
        var sent = await GivenSentAsync();

        await PostAsync(Event(sent, "bounce", "bounce", after: 40));
        await PostAsync(Event(sent, "delivered", after: 20));
        await PostAsync(Event(sent, "processed", after: 60));

        var record = await RecordAsync(sent);
        Assert.Equal((OutreachState.Bounced, "mailbox unavailable"), (record.State, record.Reason));
    }

    [Fact]
    public async Task Events_of_other_apps_and_odd_ones_are_passed_over()
    {
        var sent = await GivenSentAsync();

        var status = await PostAsync(
            new
            {
                email = "x@y.example",
                @event = "delivered",
                timestamp = Now,
            },
            new
            {
                email = "x@y.example",
                @event = "delivered",
                timestamp = Now,
                signals_outreach = "no such id",
            },
            new
            {
                email = "x@y.example",
                @event = "delivered",
                timestamp = "soon",
                signals_outreach = sent.Id,
            },
            new
            {
                email = "x@y.example",
                @event = 7,
                timestamp = Now,
                signals_outreach = sent.Id,
            }
        );

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[")]
    [InlineData("")]
    public async Task What_is_no_list_of_events_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostSignedAsync(body, Now, _key));

    [Theory]
    [InlineData((-3 * 24 * 60) - 1)]
    [InlineData(11)]
    public async Task A_post_signed_days_ago_or_in_time_to_come_is_refused(int minutes) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostSignedAsync("[]", Now + (minutes * 60), _key));

    [Theory]
    [InlineData(-11)]
    [InlineData(-6 * 60)]
    [InlineData(-25 * 60)]
    [InlineData(-3 * 24 * 60)]
    [InlineData(9)]
    public async Task A_post_that_its_sender_repeats_for_hours_is_taken_however_late(int minutes)
    {
        var sent = await GivenSentAsync();

        var status = await PostSignedAsync(Body(Event(sent, "bounce", "bounce")), Now + (minutes * 60), _key);

        Assert.Equal((HttpStatusCode.NoContent, OutreachState.Bounced), (status, (await RecordAsync(sent)).State));
    }

    [Fact]
    public async Task A_post_that_was_taken_changes_nothing_when_it_is_posted_again_days_later()
    {
        var sent = await GivenSentAsync();
        long stamp = Now;
        string body = Body(Event(sent, "delivered"));
        await PostSignedAsync(body, stamp, _key);
        // As if nothing had been heard of it, so that what is applied shows.
        var stored = await StoredAsync(sent.Id);
        await _host
            .Services.GetRequiredService<OutreachRows>()
            .ReplaceAsync(
                stored,
                stored.Record with
                {
                    State = OutreachState.Sent,
                    ReportedAt = null,
                },
                TestContext.Current.CancellationToken
            );
        _host.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync(body, stamp, _key));
        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync(body, Now, _key));
        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task A_post_that_could_not_be_applied_whole_is_applied_when_it_comes_again()
    {
        var sent = await GivenSentAsync();
        long stamp = Now;
        string body = Body(Event(sent, "delivered"));
        _host.Store.Probe.Before = call =>
            call.Kind == StoreCallKind.Commit ? throw new TransientStoreException("away") : ValueTask.CompletedTask;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostSignedAsync(body, stamp, _key));
        _host.Store.Probe.Before = null;
        _host.Clock.Advance(TimeSpan.FromHours(7));

        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync(body, stamp, _key));
        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "1")]
    [InlineData("not base64!", "1")]
    [InlineData("MAYCAQECAQE=", "1")]
    [InlineData("MAYCAQECAQE=", "-1")]
    [InlineData("MAYCAQECAQE=", "99999999999999999999")]
    public async Task A_post_that_is_not_signed_is_refused(string? signature, string? timestamp) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("[]", signature, timestamp));

    [Fact]
    public async Task A_strangers_signature_is_refused_and_any_key_that_was_set_is_accepted()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(HttpStatusCode.Unauthorized, await PostSignedAsync("[]", Now, stranger));
        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync("[]", Now, _earlierKey));
    }

    [Fact]
    public async Task A_busy_store_is_told_so_that_the_post_comes_again()
    {
        var sent = await GivenSentAsync();
        _host.Store.Probe.Before = _ => throw new TransientStoreException("away");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(Event(sent, "delivered")));
        _host.Store.Probe.Before = null;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Event(sent, "delivered")));
        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task Without_a_key_the_webhook_is_closed()
    {
        await using var host = new SignalsHost();
        await host.InitializeAsync();

        using var response = await host.Stranger.PostAsync(Path, new StringContent("[]"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void A_key_that_is_none_is_refused_without_being_told(string key)
    {
        var problem = Assert.Throws<ArgumentException>(() => new SendGridSignature([key]));

        Assert.DoesNotContain(key, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendGrids_own_package_agrees_on_the_signature()
    {
        string clients = System.IO.Path.Combine(RepositoryRoot(), "tests", "clients");
        Assert.SkipUnless(
            Directory.Exists(System.IO.Path.Combine(clients, "node_modules", "@sendgrid")),
            "SendGrid's package is not installed: run 'npm install --no-save --omit=optional' in tests/clients."
        );
        var sent = await GivenSentAsync();

        var start = new ProcessStartInfo("node", "sendgrid-webhook.mjs")
        {
            WorkingDirectory = clients,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(
            JsonSerializer.Serialize(
                new
                {
                    url = new Uri(_host.Client.BaseAddress!, Path),
                    privateKey = _key.ExportPkcs8PrivateKeyPem(),
                    publicKey = PublicKey(_key),
                    now = Now,
                    events = new[] { Event(sent, "delivered") },
                }
            )
        );
        node.StandardInput.Close();
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("""{"verified":true,"good":204,"replayed":204,"tampered":401,"late":204,"stale":401,"unsigned":401}""", output.Trim());
        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    private static string PublicKey(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static string RepositoryRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Signals.sln")))
            folder =
                System.IO.Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("Signals.sln is in no folder above the tests.");
        return folder;
    }

    private object Event(OutreachRecord sent, string name, string? type = null, int after = 5) =>
        new
        {
            email = sent.To,
            @event = name,
            type,
            timestamp = Now + after,
            reason = "mailbox unavailable",
            signals_outreach = sent.Id,
            sg_event_id = Guid.NewGuid(),
        };

    private async Task<OutreachRecord> GivenSentAsync()
    {
        await _host.SendAsync(
            SignalsHost.Person("ada", new { email = "ada@x.example" }),
            SignalsHost.Account("ada", "acme", new { plan = "pro" }),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Import Failed")
        );
        await _host.SettleAsync();
        var item = (await _host.GetAsync("/api/outreach?state=sent"))
            .GetProperty("items")
            .EnumerateArray()
            .First(one => one.GetProperty("kind").GetString() == "message");
        return (await StoredAsync(item.GetProperty("id").GetString()!)).Record;
    }

    private async Task GivenStateAsync(OutreachRecord sent, OutreachState state)
    {
        var stored = await StoredAsync(sent.Id);
        Assert.NotNull(
            await _host
                .Services.GetRequiredService<OutreachRows>()
                .ReplaceAsync(stored, stored.Record with { State = state, ClaimedAt = null }, TestContext.Current.CancellationToken)
        );
    }

    private async Task<StoredOutreach> StoredAsync(string id) =>
        (await _host.Services.GetRequiredService<OutreachRows>().GetAsync(new OutreachId(id), TestContext.Current.CancellationToken))!;

    private async Task<OutreachRecord> RecordAsync(OutreachRecord sent) => (await StoredAsync(sent.Id)).Record;

    private async Task<string?> SuppressedByAsync(string address) =>
        (
            await _host
                .Services.GetRequiredService<Recipients>()
                .GetAsync(_host.Services.GetRequiredService<RecipientKey>().Of(address), TestContext.Current.CancellationToken)
        ).SuppressedBy;

    private Task<bool> IsSuppressedAsync(OutreachRecord sent, string? topic) =>
        _host
            .Services.GetRequiredService<Recipients>()
            .IsSuppressedAsync(_host.Services.GetRequiredService<RecipientKey>().Of(sent.To), topic, TestContext.Current.CancellationToken);

    private static string Body(params object[] events) => JsonSerializer.Serialize(events);

    private Task<HttpStatusCode> PostAsync(params object[] events) => PostSignedAsync(Body(events), Now, _key);

    private Task<HttpStatusCode> PostSignedAsync(string body, long timestamp, ECDsa key)
    {
        byte[] signature = key.SignData(
            Encoding.UTF8.GetBytes(timestamp + body),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return SendAsync(body, Convert.ToBase64String(signature), timestamp.ToString());
    }

    private async Task<HttpStatusCode> SendAsync(string body, string? signature, string? timestamp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body) };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(SendGridSignature.SignatureHeader, signature);
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation(SendGridSignature.TimestampHeader, timestamp);
        using var response = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
