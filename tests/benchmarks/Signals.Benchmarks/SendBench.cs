using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Local.Storage;

namespace Signals.Benchmarks;

/// <summary>
/// Planned messages, each to a person of its own, through the handler that checks, claims, renders, writes and records them, every commit
/// synced to the disk. Floor: the same transactions alone.
/// </summary>
internal sealed class SendBench : IBench
{
    public static string Name => "send";

    private const int Batch = 100;

    private static readonly byte[] Model =
        """
        {
          "product": "Bench", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 1 }] },
          "outreach": { "mode": "live", "warmUpHours": 0, "perDay": 1000000, "quietHours": null, "weekends": true, "holdout": 0, "postalAddress": "1 Bench Street" }
        }
        """u8.ToArray();

    /// <summary>What is hot is compiled twice before it is measured: a server that sends has long done so.</summary>
    private const int WarmUp = 1_000;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int count = run.IsLong ? 20_000 : 2_000;
        await SendAsync(run, WarmUp, cancellationToken);
        var (cost, floor, commits) = await SendAsync(run, count, cancellationToken);
        run.Add(
            new Figure(
                Name,
                $"{count:#,##0} mails recorded as sent",
                new Amount(count / cost.Wall, "mails/s"),
                new Amount(count / floor.Wall, "mails/s"),
                Goal.AtLeast(0.5)
            )
        );
        run.Add(new Figure(Name, "transactions", new Amount((double)commits / count, "a mail")));
        run.Add(
            new Figure(
                Name,
                "processor",
                new Amount(cost.Cpu / count * 1e6, "CPU µs a mail"),
                new Amount(floor.Cpu / count * 1e6, "CPU µs a mail")
            )
        );
    }

    /// <summary>Sends so many mails: what that cost, what its transactions alone cost, and how many there were.</summary>
    private static async Task<(Cost Cost, Cost Floor, int Commits)> SendAsync(BenchRun run, int count, CancellationToken cancellationToken)
    {
        var model = ValueModelReader.Read(Model, CauseCatalogue.All).Model!;
        await using var rig = await Rig.StartAsync(run, model, SqliteDurability.Full, DateTimeOffset.UtcNow, cancellationToken);
        var now = rig.Clock.GetUtcNow();
        await rig.FoldAsync(Enumerable.Range(0, count).Select(person => Identify(person, now)), cancellationToken);
        await PlanAsync(rig, count, now, cancellationToken);
        rig.Store.Clear();
        rig.Store.IsRecording = true;
        var cost = await Cost.OfAsync(() => rig.Pump(QueueNames.Outreach).DrainAsync(cancellationToken));
        rig.Store.IsRecording = false;
        int written = Directory.GetFiles(rig.Outbox, "*.eml").Length;
        if (written != count)
            throw new InvalidOperationException($"Found {written:#,##0} mails in the outbox, expected {count:#,##0}.");
        var (database, empty) = RecordingStore.Empty(run.Folder());
        int atOnce = rig.Handler(QueueNames.Outreach).BatchSize;
        var floor = await Cost.OfAsync(() => rig.Store.WriteAgainAsync(empty, atOnce, cancellationToken));
        database.Dispose();
        return (cost, floor, rig.Store.Commits);
    }

    private static UsageEvent Identify(int person, DateTimeOffset now) =>
        new()
        {
            Type = EventType.Identify,
            MessageId = $"m{person}",
            UserId = $"u{person}",
            Timestamp = now,
            ReceivedAt = now,
            Payload = Encoding.UTF8.GetBytes($$"""{"email":"u{{person}}@bench.example","name":"Person {{person}}"}"""),
        };

    private static async Task PlanAsync(Rig rig, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = rig.Get<OutreachRows>();
        var people = new AccountRows(rig.Store);
        foreach (int[] some in Enumerable.Range(0, count).Chunk(Batch))
        {
            var records = some.Select(person => Record(person, now)).ToList();
            await Task.WhenAll(
                records.Select(async record =>
                {
                    var account = new AccountKey(record.Account);
                    var person = (await people.GetPersonAsync(account, new PersonKey(record.Person), cancellationToken))!;
                    // As a review would have left them: what the message is about holds.
                    person.Finding = new PersonFinding(true, false, 0, [new PersonCause(record.Cause, null, 0.8)]);
                    await rows.AnnounceAsync(record, cancellationToken);
                    await rig.Store.CommitAsync(
                        AccountRows.Table,
                        record.Account,
                        [.. AccountRows.Save(account, person, Days.Of(now)), OutreachRows.Insert(record)],
                        cancellationToken
                    );
                })
            );
            await rig.Get<IMessageQueue>()
                .SendAsync(
                    QueueNames.Outreach,
                    [.. records.Select(record => new OutgoingMessage(record.Id, Encoding.UTF8.GetBytes(record.Id)))],
                    cancellationToken
                );
        }
    }

    private static OutreachRecord Record(int person, DateTimeOffset now)
    {
        var key = PersonKey.User($"u{person}");
        return new OutreachRecord
        {
            Id = OutreachId.Of(AccountKey.Own(key), key.Value, CauseIds.ValueNotFound, null, now).Value,
            Kind = OutreachKind.Message,
            Account = key.Value,
            AccountId = $"u{person}",
            Person = key.Value,
            PersonId = $"u{person}",
            Cause = CauseIds.ValueNotFound,
            Template = CauseIds.ValueNotFound,
            Locale = "en",
            To = $"u{person}@bench.example",
            State = OutreachState.Planned,
            PlannedAt = now,
            ExpiresAt = now.AddDays(3),
            Variables = new MessageVariables
            {
                Product = "Bench",
                Cause = CauseIds.ValueNotFound,
                PersonName = $"Person {person}",
                ValueUnit = "minutes",
            },
        };
    }
}
