using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model.Doors;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing;
using Signals.Web.Doors;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Doors;

/// <summary>
/// A host whose model has a door for every service that is known, and one of its own; posts are signed as each service signs them. It is
/// 2 March 2026, 9:00 UTC, as in the payloads.
/// </summary>
public abstract class DoorHost : IAsyncLifetime
{
    protected const string EarlierSecret = "an-earlier-secret-of-32-characters";

    private const string Own = """
        { "id": "orders", "signature": { "scheme": "hmac", "header": "X-Orders-Signature", "prefix": "sha256=" },
          "items": "$.events[*]", "type": "$.topic", "key": "$.uid", "time": { "value": "$.at", "as": "time" },
          "account": "$.order.client.workspace", "email": "$.order.client.mail",
          "events": [{ "on": ["order.unpaid"], "to": "billing.failed", "set": { "amount": { "value": "$.order.total", "as": "amount", "currency": "$.order.currency" } } },
                     { "on": ["order.sent"], "to": "event", "event": "Order Sent", "set": { "orderId": "$.order.id" } }],
          "ignore": ["order.viewed"] }
        """;

    private static readonly string Payloads = Path.Combine(Repository.Root, "tests", "Signals.Web.Tests", "Doors", "Payloads");

    private static readonly string[] Services =
    [
        "chargebee",
        "delighted",
        "formbricks",
        "freshdesk",
        "hubspot",
        "intercom",
        "paddle",
        "salesforce",
        "stripe",
        "typeform",
        "zendesk",
    ];

    protected DoorHost(string accounts = "group")
    {
        string doors = string.Join(
            ", ",
            Services.Select(service =>
                $$"""{ "id": "{{service}}", "from": "{{service}}", "plans": { "price_pro_year": "pro", "pri_pro": "pro", "Pro-USD-Monthly": "pro" }, "owners": { "51234567": "amelie@nimbus.example" } }"""
            )
        );
        Host = new SignalsHost
        {
            Model = SignalsHost.Read(
                $$"""
                {
                  "product": "Nimbus", "accounts": "{{accounts}}",
                  "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
                  "plans": { "pro": { "price": 99, "seats": 10 }, "free": { "price": 0 } },
                  "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
                  "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" },
                  "doors": [{{doors}}, {{Own}}]
                }
                """
            ),
            Configure = services =>
                services.AddSingleton(
                    DoorSecrets.Parse(
                        string.Join(",", Services.Append("orders").SelectMany(SecretsOf).Select(one => $"{one.Door}={one.Secret}"))
                    )!
                ),
        };
    }

    protected SignalsHost Host { get; }

    protected long Now => Host.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static string Secret(string door) =>
        door switch
        {
            "chargebee" => "signals:a-secret-of-chargebee",
            "formbricks" => "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes("a-secret-of-formbricks-that-is-32")),
            _ => $"a-secret-of-{door}-that-is-32",
        };

    protected Door DoorOf(string id) => Host.Model.Doors.Single(door => door.Id == id);

    protected static string Payload(string name) => File.ReadAllText(Path.Combine(Payloads, name + ".json"));

    /// <summary>Posts payloads of a door, one after the other, as the service would.</summary>
    protected async Task PostAsync(string door, params string[] names)
    {
        foreach (string name in names)
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(door, Payload($"{door}/{name}"))).Status);
    }

    protected async Task<(HttpStatusCode Status, string Answer)> SendAsync(
        string door,
        string body,
        DateTimeOffset? signedAt = null,
        string? secret = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/in/{door}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        Sign(request, door, body, signedAt ?? Host.Clock.GetUtcNow(), secret ?? Secret(door));
        change?.Invoke(request);
        using var response = await Host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    protected async Task<AccountState> AccountAsync(string group = "acme") =>
        await new AccountRows(Host.Store).GetAccountAsync(AccountKey.Group(group), TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"There is no account '{group}'.");

    protected async Task<AccountFacts> FactsAsync() => AccountFacts.Of(await AccountAsync(), Host.Model);

    protected async Task<IReadOnlyList<string>> CausesAsync() =>
        [
            .. (await Host.GetAsync("/api/accounts/acme"))
                .GetProperty("causes")
                .EnumerateArray()
                .Select(cause => cause.GetProperty("id").GetString()!),
        ];

    protected async Task<IReadOnlyList<string>> QuarantineAsync()
    {
        var reasons = new List<string>();
        await foreach (var row in Host.Store.ScanAllAsync(Quarantine.Table, TestContext.Current.CancellationToken))
        {
            if (row.GetString("reason") is { } reason)
                reasons.Add(reason);
        }
        return reasons;
    }

    /// <summary>The product's own server says that Ann is of Acme, and uses it.</summary>
    protected async Task GivenAnnAsync()
    {
        await Host.SendAsync(
            SignalsHost.Person("ann", new { email = "ann@acme.example", name = "Ann" }),
            SignalsHost.Account("ann", "acme", new { name = "Acme" }),
            SignalsHost.Track("ann", "acme", "Report Shared", new { minutes = 30 })
        );
        await Host.SettleAsync();
    }

    protected async Task DaysLaterAsync(int days)
    {
        await Host.SettleAsync();
        Host.Clock.Advance(TimeSpan.FromDays(days));
        await Host.WorkAsync();
    }

    private static IEnumerable<(string Door, string Secret)> SecretsOf(string door) =>
        door == "stripe" ? [(door, Secret(door)), (door, EarlierSecret)] : [(door, Secret(door))];

    private static void Sign(HttpRequestMessage request, string door, string body, DateTimeOffset at, string secret)
    {
        var headers = request.Headers;
        long seconds = at.ToUnixTimeSeconds();
        byte[] key = Encoding.UTF8.GetBytes(secret);
        switch (door)
        {
            case "stripe":
                headers.Add("Stripe-Signature", $"t={seconds},v1={Hex(key, $"{seconds}.{body}")},v0=0000");
                break;
            case "paddle":
                headers.Add("Paddle-Signature", $"ts={seconds};h1={Hex(key, $"{seconds}:{body}")}");
                break;
            case "chargebee":
                headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(key));
                break;
            case "zendesk":
                string stamp = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
                headers.Add("X-Zendesk-Webhook-Signature", Base64(key, stamp + body));
                headers.Add("X-Zendesk-Webhook-Signature-Timestamp", stamp);
                break;
            case "intercom":
#pragma warning disable CA5350 // As the service signs.
                byte[] mac = HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(body));
#pragma warning restore CA5350
                headers.Add("X-Hub-Signature", "sha1=" + Convert.ToHexStringLower(mac));
                break;
            case "freshdesk" or "salesforce":
                headers.Add("X-Signals-Secret", secret);
                break;
            case "hubspot":
                string millis = at.ToUnixTimeMilliseconds().ToString();
                headers.Add("X-HubSpot-Signature-v3", Base64(key, $"POSThttps://signals.nimbus.example/v1/in/hubspot{body}{millis}"));
                headers.Add("X-HubSpot-Request-Timestamp", millis);
                break;
            case "delighted":
                headers.Add("X-Delighted-Webhook-Signature", "sha256=" + Hex(key, body));
                break;
            case "typeform":
                headers.Add("Typeform-Signature", "sha256=" + Base64(key, body));
                break;
            case "formbricks":
                byte[] decoded = secret.StartsWith("whsec_", StringComparison.Ordinal) ? Convert.FromBase64String(secret[6..]) : key;
                headers.Add("webhook-id", "msg_1");
                headers.Add("webhook-timestamp", seconds.ToString());
                headers.Add("webhook-signature", "v1,b3RoZXI= v1," + Base64(decoded, $"msg_1.{seconds}.{body}"));
                break;
            default:
                headers.Add("X-Orders-Signature", "sha256=" + Hex(key, body));
                break;
        }
    }

    private static string Hex(byte[] key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static string Base64(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
