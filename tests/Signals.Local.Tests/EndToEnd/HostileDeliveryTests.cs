using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Testing;
using Signals.Testing.Mail;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>
/// Customers whose payment failed, one message to each, through the built app to a mail server that fails in every way, while the process
/// is killed again and again in the midst of it.
/// </summary>
public sealed class HostileDeliveryTests : IDisposable
{
    private const int BatchSize = 500;

    /// <summary>Two batches of 64 are in hand at once: no more sends than that can be under way when the process dies.</summary>
    private const int InHand = 128;

    private const string Model = """
        {
          "product": "Hostile", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 1 }] },
          "billing": { "failed": ["Payment Failed"], "recovered": ["Payment Succeeded"] },
          "causes": { "payment-failing": { "graceHours": 0 } },
          "playbooks": { "payment-failing": { "alert": "never" } },
          "outreach": {
            "mode": "live", "warmUpHours": 0, "perDay": 1000000, "quietHours": null, "weekends": true, "holdout": 0,
            "from": { "email": "help@hostile.example" }, "postalAddress": "1 Hostile Street", "publicUrl": "https://hostile.example"
          }
        }
        """;

    private readonly string _data = Directory.CreateTempSubdirectory("signals-delivery-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Messages_reach_a_hostile_server_once_through_kills() =>
        DeliverAsync(
            customers: LongTests.Samples(few: 1_000, many: 3_000, most: 10_000),
            kills: LongTests.Samples(few: 5, many: 15, most: 20)
        );

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private async Task DeliverAsync(int customers, int kills)
    {
        // So few that the last kill still finds work to interrupt.
        int mostBetweenKills = customers / kills * 3 / 2;
        string model = Path.Combine(_data, "model.json");
        await File.WriteAllTextAsync(model, Model, Token);
        await using var server = HostileSmtpServer.Start(seed: 20261122);
        var random = new Random(20261122);

        for (int kill = 0; kill < kills; kill++)
        {
            await using var app = await ServeAsync(model, server);
            if (kill == 0)
                await PlanAsync(app, customers);
            // The first kill hits before anything left, the others at random moments of the delivery.
            await server.ReachAsync(server.Conversations + (kill == 0 ? 1 : random.Next(1, mostBetweenKills)), Token);
            await app.KillAsync();
        }
        await using (var app = await ServeAsync(model, server))
            await EndAsync(app, customers);

        var records = await RecordsAsync(customers);
        string story = Story(server, records);
        TestContext.Current.TestOutputHelper?.WriteLine(story);
        Assert.Equal(customers, records.Count);
        Assert.All(server.Taken, taken => Assert.Equal(1, taken.Value));
        Assert.All(records, record => AssertTold(record, server));
        int unknown = server.Faults[SmtpFault.CutInData] + server.Faults[SmtpFault.TakenAndCut] + server.Faults[SmtpFault.TakenAndSilent];
        Assert.True(records.Count(record => record.State == OutreachState.Uncertain) <= unknown + kills * InHand, story);
        await AssertQueueIsEmptyAsync();
    }

    /// <summary>What is told of a message is what became of it.</summary>
    private static void AssertTold(OutreachRecord record, HostileSmtpServer server)
    {
        bool taken = server.Taken.ContainsKey(record.To);
        bool isRefusing =
            record.To.StartsWith(HostileSmtpServer.Nobody, StringComparison.Ordinal)
            || record.To.StartsWith(HostileSmtpServer.Strict, StringComparison.Ordinal);
        string told = $"{record.To} {record.State}: {record.Reason}; {(taken ? "taken" : "not taken")}";
        switch (record.State)
        {
            case OutreachState.Sent:
                Assert.True(taken, told);
                break;
            case OutreachState.Failed:
                Assert.True(isRefusing && !taken && record.Reason is "550 no such mailbox" or "554 not this mail", told);
                break;
            case OutreachState.Uncertain:
                // Either its bytes had begun to leave, or the process died while it had it in hand.
                Assert.True(server.Begun.ContainsKey(record.To) || record.Reason == "the process ended while it was sending", told);
                break;
            default:
                Assert.Fail(told);
                break;
        }
    }

    private static string Story(HostileSmtpServer server, List<OutreachRecord> records) =>
        $"{server.Conversations} conversations ({string.Join(", ", server.Faults.Select(fault => $"{fault.Key} {fault.Value}"))}); "
        + $"{server.Taken.Count} mails taken; {string.Join(", ", records.GroupBy(record => record.State).Select(state => $"{state.Key} {state.Count()}"))}; "
        + $"of the uncertain {records.Count(record => record.State == OutreachState.Uncertain && server.Taken.ContainsKey(record.To))} were taken";

    private Task<SignalsProcess> ServeAsync(string model, HostileSmtpServer server) =>
        SignalsProcess.ServeAsync(
            _data,
            model,
            Token,
            new Dictionary<string, string>
            {
                ["SIGNALS_SMTP_HOST"] = "127.0.0.1",
                ["SIGNALS_SMTP_PORT"] = $"{server.Port}",
                ["SIGNALS_SMTP_SECURITY"] = "none",
                ["SIGNALS_SMTP_TIMEOUT"] = "1",
            }
        );

    private static string AddressOf(int customer) =>
        (customer % 100) switch
        {
            7 => $"{HostileSmtpServer.Nobody}{customer}@customer.example",
            57 => $"{HostileSmtpServer.Strict}{customer}@customer.example",
            _ => $"someone{customer}@customer.example",
        };

    /// <summary>Every customer says who they are and fails to pay; then everybody is reviewed.</summary>
    private static async Task PlanAsync(SignalsProcess app, int customers)
    {
        foreach (int[] some in Enumerable.Range(0, customers).Chunk(BatchSize))
        {
            var events = some.SelectMany(customer =>
                new[]
                {
                    $$$"""{"type":"identify","messageId":"i{{{customer}}}","userId":"u{{{customer}}}","traits":{"email":"{{{AddressOf(customer)}}}","name":"Customer {{{customer}}}"}}""",
                    $$$"""{"type":"track","messageId":"p{{{customer}}}","userId":"u{{{customer}}}","event":"Payment Failed","properties":{"amount":10}}""",
                }
            );
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch");
            request.Content = new StringContent($"{{\"batch\":[{string.Join(',', events)}]}}", Encoding.UTF8, "application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsProcess.WriteKey);
            using var response = await app.Client.SendAsync(request, Token);
            response.EnsureSuccessStatusCode();
        }
        await app.DrainedAsync(Token);
        using var asked = await app.Client.PostAsync(new Uri("/api/reviews", UriKind.Relative), null, Token);
        asked.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Waits until all are planned, none is left planned or under way, and the queue's last message is settled: that comes after its
    /// record.
    /// </summary>
    private async Task EndAsync(SignalsProcess app, int customers)
    {
        while (
            await CountAsync(app, "state=planned", 1) + await CountAsync(app, "state=sending", 1) > 0
            || await CountAsync(app, "", customers) < customers
            || await QueuedMessages.CountAsync(_data, QueueNames.Outreach, Token) > 0
        )
            await Task.Delay(500, Token);
    }

    private static async Task<int> CountAsync(SignalsProcess app, string query, int enough)
    {
        int count = 0;
        for (string? cursor = ""; cursor is not null && count < enough; )
        {
            var page = await app.Client.GetFromJsonAsync<JsonElement>(
                $"/api/outreach?{query}&cursor={Uri.EscapeDataString(cursor)}",
                Token
            );
            count += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("next").GetString();
        }
        return count;
    }

    private async Task<List<OutreachRecord>> RecordsAsync(int customers)
    {
        using var database = SqliteDatabase.Open(_data, new SqliteStorageOptions());
        var store = new SqliteEntityStore(database);
        var rows = new OutreachRows(store, new OutreachLists(new ShardedList(store)), TimeProvider.System);
        var records = new List<OutreachRecord>();
        for (int customer = 0; customer < customers; customer++)
            records.AddRange(await rows.OfAccountAsync(AccountKey.Own(PersonKey.User($"u{customer}")), 10, null, Token));
        return records;
    }

    private async Task AssertQueueIsEmptyAsync()
    {
        using var database = SqliteDatabase.Open(_data, new SqliteStorageOptions());
        var depth = await new SqliteMessageQueue(database, TimeProvider.System).GetDepthAsync(QueueNames.Outreach, Token);
        Assert.Equal((0, 0), (depth.Messages, depth.DeadLetteredMessages));
    }
}
