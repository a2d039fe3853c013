using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Testing;
using Signals.Web.Tests.Api;
using Signals.Web.Webhooks;

namespace Signals.Web.Tests.Webhooks;

/// <summary>Which posts are read: signed ones, in time, once, and again where the store could not take them.</summary>
public sealed class SendGridSignedPostsTests : SendGridPosts
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[")]
    [InlineData("")]
    public async Task What_is_no_list_of_events_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostSignedAsync(body, Now, Key));

    [Theory]
    [InlineData((-3 * 24 * 60) - 1)]
    [InlineData(11)]
    public async Task A_post_signed_days_ago_or_in_time_to_come_is_refused(int minutes) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostSignedAsync("[]", Now + (minutes * 60), Key));

    [Theory]
    [InlineData(-11)]
    [InlineData(-6 * 60)]
    [InlineData(-25 * 60)]
    [InlineData(-3 * 24 * 60)]
    [InlineData(9)]
    public async Task A_post_that_its_sender_repeats_for_hours_is_taken_however_late(int minutes)
    {
        var sent = await GivenSentAsync();

        var status = await PostSignedAsync(Body(Event(sent, "bounce", "bounce")), Now + (minutes * 60), Key);

        Assert.Equal((HttpStatusCode.NoContent, OutreachState.Bounced), (status, (await RecordAsync(sent)).State));
    }

    [Fact]
    public async Task A_post_that_was_taken_changes_nothing_when_it_is_posted_again_days_later()
    {
        var sent = await GivenSentAsync();
        long stamp = Now;
        string body = Body(Event(sent, "delivered"));
        await PostSignedAsync(body, stamp, Key);
        // As if nothing had been heard of it, so that what is applied shows.
        var stored = await StoredAsync(sent.Id);
        await Host
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
        Host.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync(body, stamp, Key));
        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync(body, Now, Key));
        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task A_post_that_could_not_be_applied_whole_is_applied_when_it_comes_again()
    {
        var sent = await GivenSentAsync();
        long stamp = Now;
        string body = Body(Event(sent, "delivered"));
        Host.Store.Probe.Before = call =>
            call.Kind == StoreCallKind.Commit ? throw new TransientStoreException("away") : ValueTask.CompletedTask;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostSignedAsync(body, stamp, Key));
        Host.Store.Probe.Before = null;
        Host.Clock.Advance(TimeSpan.FromHours(7));

        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync(body, stamp, Key));
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
        Assert.Equal(HttpStatusCode.NoContent, await PostSignedAsync("[]", Now, EarlierKey));
    }

    [Fact]
    public async Task A_busy_store_is_told_so_that_the_post_comes_again()
    {
        var sent = await GivenSentAsync();
        Host.Store.Probe.Before = _ => throw new TransientStoreException("away");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(Event(sent, "delivered")));
        Host.Store.Probe.Before = null;
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
        string clients = System.IO.Path.Combine(Repository.Root, "tests", "clients");
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
                    url = new Uri(Host.Client.BaseAddress!, Path),
                    privateKey = Key.ExportPkcs8PrivateKeyPem(),
                    publicKey = PublicKey(Key),
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
}
