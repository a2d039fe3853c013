using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Reviews;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Local.Hosting;
using Signals.Local.Messaging;
using Signals.Local.Storage;
using Signals.Messages.Sources;

namespace Signals.Load;

/// <summary>
/// Planned messages, each to a person of its own, through the handler that checks, claims, renders, writes and records them.
/// </summary>
internal static class MailLoad
{
    private const int Batch = 100;

    private static readonly byte[] Model =
        """
        {
          "product": "Load", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 1 }] },
          "outreach": { "mode": "live", "warmUpHours": 0, "perDay": 1000000, "quietHours": null, "holdout": 0, "postalAddress": "1 Load Street" }
        }
        """u8.ToArray();

    public static async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("signals-load-").FullName;
        try
        {
            var options = new LocalOptions(
                folder,
                ValueModelReader.Read(Model, CauseCatalogue.All).Model!,
                TemplateSource.Embedded,
                new LocalSettings(null, null, null)
            );
            await using var services = new ServiceCollection()
                .AddLogging()
                .AddLocalSignals(options, TimeProvider.System)
                .BuildServiceProvider();
            await services.GetRequiredService<ModelActivation>().ActivateAsync(cancellationToken);
            await FoldPeopleAsync(services, count, cancellationToken);
            await PlanAsync(services, count, cancellationToken);
            var pump = Pump(services, QueueNames.Outreach);
            var watch = Stopwatch.StartNew();
            await pump.DrainAsync(cancellationToken);
            double seconds = watch.Elapsed.TotalSeconds;
            int written = Directory.GetFiles(options.OutboxFolder, "*.eml").Length;
            Console.WriteLine($"{written:N0} mails in {seconds:0.00} s: {written / seconds:N0} mails/s");
            return written == count ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FoldPeopleAsync(ServiceProvider services, int count, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var queue = services.GetRequiredService<IMessageQueue>();
        foreach (int[] people in Enumerable.Range(0, count).Chunk(1000))
        {
            var events = people.Select(person => new UsageEvent
            {
                Type = EventType.Identify,
                MessageId = $"m{person}",
                UserId = $"u{person}",
                Timestamp = now,
                ReceivedAt = now,
                Payload = Encoding.UTF8.GetBytes($$"""{"email":"u{{person}}@load.example","name":"Person {{person}}"}"""),
            });
            await queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch([.. events], []), now), cancellationToken);
        }
        await Pump(services, QueueNames.Usage).DrainAsync(cancellationToken);
    }

    private static async Task PlanAsync(ServiceProvider services, int count, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var store = services.GetRequiredService<IEntityStore>();
        var rows = services.GetRequiredService<OutreachRows>();
        var queue = services.GetRequiredService<IMessageQueue>();
        foreach (int[] people in Enumerable.Range(0, count).Chunk(Batch))
        {
            var records = people.Select(person => Record(person, now)).ToList();
            await Task.WhenAll(
                records.Select(async record =>
                {
                    await rows.AnnounceAsync(record, cancellationToken);
                    await store.CommitAsync(AccountRows.Table, record.Account, [OutreachRows.Insert(record)], cancellationToken);
                })
            );
            await queue.SendAsync(
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
            To = $"u{person}@load.example",
            State = OutreachState.Planned,
            PlannedAt = now,
            ExpiresAt = now.AddDays(3),
            Variables = new MessageVariables
            {
                Product = "Load",
                Cause = CauseIds.ValueNotFound,
                PersonName = $"Person {person}",
                ValueUnit = "minutes",
            },
        };
    }

    private static MessagePump Pump(ServiceProvider services, string queue) =>
        new(
            services.GetRequiredService<SqliteMessageQueue>(),
            services.GetServices<IMessageHandler>().First(handler => handler.Queue == queue),
            new MessagePumpOptions(),
            TimeProvider.System,
            NullLogger<MessagePump>.Instance
        );
}
