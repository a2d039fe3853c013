using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Web.Tests.Api;
using Signals.Web.Webhooks;

namespace Signals.Web.Tests.Webhooks;

/// <summary>Posts as SendGrid signs them, to a host that knows two keys.</summary>
public abstract class SendGridPosts : IAsyncLifetime
{
    protected const string Path = "/webhooks/sendgrid";

    protected ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    protected ECDsa EarlierKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    protected SignalsHost Host { get; }

    protected SendGridPosts() =>
        Host = new SignalsHost { Configure = services => services.AddSendGridWebhook(PublicKey(EarlierKey), PublicKey(Key)) };

    protected long Now => Host.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Key.Dispose();
        EarlierKey.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string PublicKey(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    protected object Event(OutreachRecord sent, string name, string? type = null, int after = 5) =>
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

    protected async Task<OutreachRecord> GivenSentAsync()
    {
        await Host.SendAsync(
            SignalsHost.Person("ada", new { email = "ada@x.example" }),
            SignalsHost.Account("ada", "acme", new { plan = "pro" }),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Import Failed"),
            SignalsHost.Track("ada", "acme", "Import Failed")
        );
        await Host.SettleAsync();
        var item = (await Host.GetAsync("/api/outreach?state=sent"))
            .GetProperty("items")
            .EnumerateArray()
            .First(one => one.GetProperty("kind").GetString() == "message");
        return (await StoredAsync(item.GetProperty("id").GetString()!)).Record;
    }

    protected async Task GivenStateAsync(OutreachRecord sent, OutreachState state)
    {
        var stored = await StoredAsync(sent.Id);
        Assert.NotNull(
            await Host
                .Services.GetRequiredService<OutreachRows>()
                .ReplaceAsync(stored, stored.Record with { State = state, ClaimedAt = null }, TestContext.Current.CancellationToken)
        );
    }

    protected async Task<StoredOutreach> StoredAsync(string id) =>
        (await Host.Services.GetRequiredService<OutreachRows>().GetAsync(new OutreachId(id), TestContext.Current.CancellationToken))!;

    protected async Task<OutreachRecord> RecordAsync(OutreachRecord sent) => (await StoredAsync(sent.Id)).Record;

    protected async Task<string?> SuppressedByAsync(string address) =>
        (
            await Host
                .Services.GetRequiredService<Recipients>()
                .GetAsync(Host.Services.GetRequiredService<RecipientKey>().Of(address), TestContext.Current.CancellationToken)
        ).SuppressedBy;

    protected Task<bool> IsSuppressedAsync(OutreachRecord sent, string? topic) =>
        Host
            .Services.GetRequiredService<Recipients>()
            .IsSuppressedAsync(Host.Services.GetRequiredService<RecipientKey>().Of(sent.To), topic, TestContext.Current.CancellationToken);

    protected static string Body(params object[] events) => JsonSerializer.Serialize(events);

    protected Task<HttpStatusCode> PostAsync(params object[] events) => PostSignedAsync(Body(events), Now, Key);

    protected Task<HttpStatusCode> PostSignedAsync(string body, long timestamp, ECDsa key)
    {
        byte[] signature = key.SignData(
            Encoding.UTF8.GetBytes(timestamp + body),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return SendAsync(body, Convert.ToBase64String(signature), timestamp.ToString());
    }

    protected async Task<HttpStatusCode> SendAsync(string body, string? signature, string? timestamp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body) };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(SendGridSignature.SignatureHeader, signature);
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation(SendGridSignature.TimestampHeader, timestamp);
        using var response = await Host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
