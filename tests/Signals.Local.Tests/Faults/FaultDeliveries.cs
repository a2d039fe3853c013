using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Webhooks;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Testing.Faults;
using Signals.Testing.Mail;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// What leaves the app in a run: mails to a server and events to a receiver that break in every way. At the end each customer has one
/// message, what is told of it is what became of it, and the receiver was told of each or still will be.
/// </summary>
internal sealed class FaultDeliveries(int seed, FaultStory story) : IAsyncDisposable
{
    public const int Customers = 12;

    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);

    private readonly HostileSmtpServer _mail = HostileSmtpServer.StartWorst(seed);
    private readonly HostileReceiver _receiver = new(seed);

    /// <summary>The value model: every customer whose payment failed gets a message at once, and the receiver is told all.</summary>
    public string Model =>
        $$"""
            {
              "product": "Faults", "accounts": "person",
              "value": { "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds", "scale": 0.0166667 }] },
              "billing": { "failed": ["Payment Failed"], "recovered": ["Payment Succeeded"] },
              "causes": { "payment-failing": { "graceHours": 0 } },
              "playbooks": { "payment-failing": { "alert": "never" } },
              "outreach": {
                "mode": "live", "warmUpHours": 0, "perDay": 1000000, "quietHours": null, "weekends": true, "holdout": 0,
                "from": { "email": "help@faults.example" }, "postalAddress": "1 Fault Street", "publicUrl": "https://faults.example"
              },
              "webhooks": [{ "id": "crm", "url": "{{_receiver.Url}}" }]
            }
            """;

    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["SIGNALS_SMTP_HOST"] = "127.0.0.1",
            ["SIGNALS_SMTP_PORT"] = $"{_mail.Port}",
            ["SIGNALS_SMTP_SECURITY"] = "none",
            ["SIGNALS_SMTP_TIMEOUT"] = "1",
            ["SIGNALS_PRIVATE_WEBHOOKS"] = "127.0.0.0/8",
            ["SIGNALS_WEBHOOK_SECRETS"] = "crm=whsec_" + Convert.ToBase64String(new byte[32]),
            ["SIGNALS_QUIET_SECONDS"] = "0",
        };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string PersonOf(int customer) => $"c{customer}";

    /// <summary>Some mailboxes lead to nobody, or want no such mail.</summary>
    public static string AddressOf(int customer) =>
        customer switch
        {
            3 => $"{HostileSmtpServer.Nobody}{customer}@customer.example",
            7 => $"{HostileSmtpServer.Strict}{customer}@customer.example",
            _ => $"someone{customer}@customer.example",
        };

    /// <summary>Has everybody reviewed again and again until told to stop, so that messages leave while faults happen.</summary>
    public static async Task ReviewAsync(HttpClient client, string?[] address, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (Volatile.Read(ref address[0]) is { } app)
            {
                try
                {
                    using var asked = await client.PostAsync(new Uri(app + "/api/reviews"), null, stop);
                }
                catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
                {
                    // The app is away; the next round asks again.
                }
            }
            await Task.Delay(Between, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reviews everybody and waits until no message is under way; once each was tried, those around the app break no more.</summary>
    public async Task SettleAsync(HttpClient client, string data)
    {
        using var asked = await client.PostAsync(new Uri("/api/reviews", UriKind.Relative), null, Cancel);
        asked.EnsureSuccessStatusCode();
        long until = Environment.TickCount64 + (long)SettleLimit.TotalMilliseconds;
        while (true)
        {
            if (_mail.Conversations >= Customers)
            {
                _mail.Heal();
                _receiver.Heal();
            }
            var counts = await StatesAsync(client);
            int underWay = counts.GetValueOrDefault("planned") + counts.GetValueOrDefault("sending");
            if (
                counts.Values.Sum() >= Customers
                && underWay == 0
                && await QueuedMessages.CountAsync(data, QueueNames.Outreach, Cancel) == 0
            )
                return;
            story.Insist(
                Environment.TickCount64 < until,
                $"after {SettleLimit.TotalSeconds:0} s not all was sent: {string.Join(", ", counts)}"
            );
            await Task.Delay(100, Cancel);
        }
    }

    /// <summary>Once the app has stopped.</summary>
    public async Task CheckAsync(string data)
    {
        using var database = SqliteDatabase.Open(data, new SqliteStorageOptions());
        var store = new SqliteEntityStore(database);
        var rows = new OutreachRows(store, new OutreachLists(new ShardedList(store)), TimeProvider.System);
        var model = ValueModelReader.Read(Encoding.UTF8.GetBytes(Model), CauseCatalogue.All).Model!;
        var outbox = new WebhookOutbox(
            store,
            new WakeIndex(store),
            new SqliteMessageQueue(database, TimeProvider.System),
            model,
            TimeProvider.System
        );
        var told = _receiver.Events;
        story.Tell($"{_mail.Conversations} conversations about mail: {Shown(_mail.Faults)}");
        story.Tell($"{told.Count} events told: {Shown(_receiver.Faults)}");
        for (int customer = 0; customer < Customers; customer++)
        {
            var account = AccountKey.Own(PersonKey.User(PersonOf(customer)));
            var records = await rows.OfAccountAsync(account, 10, null, Cancel);
            story.Insist(records.Count == 1, $"{account} has {records.Count} messages");
            CheckMail(records[0]);
            CheckTold(account, records[0], told, await outbox.ReadAsync(account, Cancel));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    /// <summary>What is told of a message is what became of it, and no mail came twice.</summary>
    private void CheckMail(OutreachRecord record)
    {
        int taken = _mail.Taken.GetValueOrDefault(record.To);
        bool isTrue = record.State switch
        {
            OutreachState.Sent => taken == 1,
            OutreachState.Failed => taken == 0 && record.Reason is { } reason && reason.StartsWith('5'),
            // Either its bytes had begun to leave, or the process died while it had it in hand.
            OutreachState.Uncertain => taken <= 1
                && (_mail.Begun.ContainsKey(record.To) || record.Reason == "the process ended while it was sending"),
            _ => false,
        };
        story.Insist(isTrue, $"{record.To} {record.State} ({record.Reason}), taken {taken} times");
    }

    /// <summary>The receiver took what is said to be told, in order; the rest waits for it; and nothing is told that is not so.</summary>
    private void CheckTold(AccountKey account, OutreachRecord record, IReadOnlyList<Told> told, IReadOnlyList<WebhookBatch> waiting)
    {
        var own = told.Where(one => one.Account == record.AccountId).ToList();
        var taken = own.Where(one => one.IsTaken).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var later = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in waiting)
        {
            int next = batch.Progress["crm"].Next;
            for (int i = 0; i < batch.Events.Count; i++)
            {
                story.Insist(
                    i >= next || taken.Contains(WebhookHandler.IdOf(account, batch, i)),
                    $"{account}: {batch.Events[i].Type} is said to be told, and was not taken"
                );
                if (i >= next)
                    later.Add(batch.Events[i].Type);
            }
        }
        foreach (string type in (string[])["risk.changed", "cause.found"])
        {
            story.Insist(
                own.Exists(one => one.IsTaken && one.Type == type) || later.Contains(type),
                $"{account}: nobody is told of {type}, now or later"
            );
        }
        bool isTold = own.Exists(one => one.IsTaken && one.Type == "message.sent") || later.Contains("message.sent");
        story.Insist(
            isTold == (record.State == OutreachState.Sent),
            $"{account}: its message is {record.State}, and message.sent is {(isTold ? "" : "not ")}told"
        );
        story.Insist(
            own.TrueForAll(one => one.Message is null || one.Message == record.Id),
            $"{account}: a message is told of that is not {record.Id}"
        );
    }

    private static async Task<Dictionary<string, int>> StatesAsync(HttpClient client)
    {
        var page = await client.GetFromJsonAsync<JsonElement>("/api/outreach", Cancel);
        return page.GetProperty("items")
            .EnumerateArray()
            .GroupBy(item => item.GetProperty("state").GetString()!, StringComparer.Ordinal)
            .ToDictionary(state => state.Key, state => state.Count(), StringComparer.Ordinal);
    }

    private static string Shown<T>(IReadOnlyDictionary<T, int> counts)
        where T : struct, Enum => string.Join(", ", counts.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"));
}
