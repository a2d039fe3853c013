using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Measures;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Mail;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;
using Signals.Local.Hosting;
using Signals.Local.Mail;
using Signals.Local.Messaging;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Messages.Sources;
using Signals.Testing.Folding;
using Signals.Testing.World;

namespace Signals.Local.Tests.Erasure;

/// <summary>
/// The one-machine host's folder after 200 of 220 people asked to be forgotten: every file is searched byte by byte, every row, message and
/// mail is decoded. Everything of the 200 (ids, addresses, names, words) holds one word that nothing else holds.
/// </summary>
public sealed class ErasedFolderTests : IAsyncDisposable
{
    private const string Word = "quillfeather";
    private const int Erased = 200;
    private const int Kept = 20;
    private const int PerAccount = 11;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp() with
    {
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
    };

    private static readonly Traces Traces = new([Word, "Quillfeather", "QUILLFEATHER"]);

    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock = new(Start);
    private readonly ServiceProvider _services;
    private readonly List<MessagePump> _pumps;

    public ErasedFolderTests()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLocalSignals(
            new LocalOptions(_folder.Path, Model, TemplateSource.Embedded, new LocalSettings(null, null, null)),
            _clock
        );
        services.AddSingleton(_ => SqliteDatabase.Open(_folder.Path, new SqliteStorageOptions { Durability = SqliteDurability.Normal }));
        services.AddSingleton<IEmailSender>(new OutboxEmailSender(Path.Combine(_folder.Path, "outbox"), flush: false));
        services.AddSingleton(new IngestionOptions());
        services.AddSingleton<IngestionService>();
        _services = services.BuildServiceProvider();
        _pumps =
        [
            .. _services
                .GetServices<IMessageHandler>()
                .Select(handler => new MessagePump(
                    Get<SqliteMessageQueue>(),
                    handler,
                    new MessagePumpOptions(),
                    _clock,
                    NullLogger<MessagePump>.Instance
                )),
        ];
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_an_erasure_no_file_row_message_or_mail_holds_anything_of_the_people()
    {
        await SeedAsync();
        var before = await FoundAsync();
        Assert.Contains(before, trace => trace.StartsWith("file signals.db", StringComparison.Ordinal));
        Assert.Contains(before, trace => trace.StartsWith("file outbox", StringComparison.Ordinal));
        Assert.Contains(before, trace => trace.StartsWith("dead usage", StringComparison.Ordinal));
        foreach (string table in new[] { AccountRows.Table, PipelineCounters.Table, Quarantine.Table, AuditLog.Table })
            Assert.Contains(before, trace => trace.StartsWith(table + '/', StringComparison.Ordinal));

        var csv = new StringBuilder("user_id,anonymous_id,email\n");
        for (int i = 0; i < Erased; i++)
            csv.AppendLine(
                i % 3 == 0 ? $"{IdOf(i)},,"
                : i % 3 == 1 ? $",{AnonymousOf(i)},"
                : $",,{AddressOf(i).ToUpperInvariant()}"
            );
        var wish = await ErasureFile.ReadCsvAsync(Encoding.UTF8.GetBytes(csv.ToString()), Cancel);
        var asked = await Get<ErasureDesk>().AskForManyAsync(wish, "api", Cancel);
        await ProveAsync();

        Assert.Empty(await FoundAsync());
        Assert.Equal(Erased / 20, asked.Count);
        await foreach (var request in Get<ErasureBook>().ReadAsync(Cancel))
            Assert.Equal((ErasureState.Proved, null), (request.State, request.Marks));
        for (int i = Erased; i < Erased + Kept; i++)
            Assert.NotNull(await new AccountRows(Get<IEntityStore>()).GetPersonAsync(GroupOf(i), PersonKey.User(IdOf(i)), Cancel));

        await _services.DisposeAsync();
        Assert.Empty(FoundInFiles());
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private static string StemOf(int i) => i < Erased ? Word : "kept";

    private static string IdOf(int i) => $"{StemOf(i)}-{i}";

    private static string AnonymousOf(int i) => $"anon-{StemOf(i)}-{i}";

    private static string AddressOf(int i) => $"{StemOf(i)}+{i}@customer.example";

    private static AccountKey GroupOf(int i) => AccountKey.Group($"account-{i / PerAccount}");

    private async Task SeedAsync()
    {
        await Get<ModelActivation>().ActivateAsync(Cancel);
        var events = new List<UsageEvent>();
        for (int i = 0; i < Erased + Kept; i++)
        {
            string id = IdOf(i),
                group = $"account-{i / PerAccount}",
                stem = StemOf(i);
            events.Add(EventOf.Track(null, "Import Started", Start, anonymous: AnonymousOf(i)));
            events.Add(
                EventOf.Identify(
                    id,
                    Start,
                    new
                    {
                        email = AddressOf(i),
                        name = $"Nora {stem} {i}",
                        role = $"{stem} boss",
                    },
                    anonymous: AnonymousOf(i)
                )
            );
            events.Add(EventOf.Group(id, group, Start, new { name = $"Account {i / PerAccount}", plan = "pro" }));
            for (int times = 0; times < 3; times++)
                events.Add(EventOf.Track(id, "Import Failed", Start, group: group));
            events.Add(EventOf.Track(id, "Report Shared", Start, group: group));
        }
        await SendAsync(events);
        events.Clear();
        _clock.MoveTo(Start.AddDays(1));
        for (int i = 0; i < Erased + Kept; i += 2)
        {
            string words = $"The {StemOf(i)} import of {StemOf(i)} lists stops with {StemOf(i)} errors at line {i}.";
            var at = _clock.GetUtcNow();
            string group = $"account-{i / PerAccount}";
            events.Add(EventOf.Track(IdOf(i), "Ticket Opened", at, new { ticketId = $"t-{StemOf(i)}-{i}", body = words }, group: group));
            events.Add(EventOf.Track(IdOf(i), "NPS Answered", at, new { score = 1, comment = $"Bad: {words}" }, group: group));
        }
        await SendAsync(events);
        _clock.MoveTo(Start.AddDays(2));
        await WorkAsync();
        await Get<DailyDigest>().RunAsync(Cancel);
        await WorkAsync();
        await Get<MeasurePass>().RunAsync(Cancel);
        var now = _clock.GetUtcNow();
        for (int i = 0; i < Erased; i++)
        {
            var held = new QuarantinedEvent("no type", $$$"""{"userId":"{{{IdOf(i)}}}","traits":{"email":"{{{AddressOf(i)}}}"}}""", now);
            await Get<Quarantine>().AddAsync($"q-{i}", [held], Cancel);
            await Get<AuditLog>().WriteAsync(new AuditEntry(now, "cs@nimbus.example", "person.exported", IdOf(i), AddressOf(i)), Cancel);
        }
        await PutAsideAsync();
    }

    /// <summary>A message that was put aside, large enough to be compressed, and one that waits.</summary>
    private async Task PutAsideAsync()
    {
        var now = _clock.GetUtcNow();
        UsageEvent[] events =
        [
            .. Enumerable
                .Range(0, Erased + Kept)
                .Select(i => EventOf.Track(IdOf(i), "Report Shared", now, group: $"account-{i / PerAccount}")),
        ];
        var queue = Get<SqliteMessageQueue>();
        await queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(events, []), now), Cancel);
        var received = await queue.ReceiveAsync(QueueNames.Usage, 10, TimeSpan.FromMinutes(1), Cancel);
        var settled = received.Select(message => new SettledMessage(message, Settlement.Dead($"account 'u_{IdOf(1)}' broke")));
        await queue.SettleAsync([.. settled], Cancel);
        await queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(events[..40], []), now), Cancel);
    }

    private async Task SendAsync(List<UsageEvent> events)
    {
        await Get<IngestionService>().AcceptAsync(new EventBatch(events, []), Cancel);
        await WorkAsync();
        _clock.Advance(TimeSpan.FromMinutes(30));
        await WorkAsync();
    }

    private async Task WorkAsync()
    {
        int done;
        do
        {
            done = await Get<WakeSweep>().RunAsync(Cancel);
            foreach (var pump in _pumps)
                done += await pump.DrainAsync(Cancel);
        } while (done > 0);
    }

    private async Task ProveAsync()
    {
        for (int round = 0; round < 20; round++)
        {
            await Get<ErasureWork>().RunAsync(Cancel);
            await WorkAsync();
            if ((await Get<ErasureBook>().OpenAsync(Cancel)).Count == 0 && await Get<ErasureBook>().WalkAsync(Cancel) is null)
                return;
            _clock.Advance(TimeSpan.FromMinutes(15));
        }
        var open = await Get<ErasureBook>().OpenAsync(Cancel);
        Assert.Fail(
            $"{open.Count} are open; {string.Join("; ", open.Select(request => $"{request.Walks} walks, {request.Problem}").Distinct())}"
        );
    }

    private async Task<List<string>> FoundAsync()
    {
        var found = await Traces.InAsync(Get<IEntityScan>(), [.. RowEraser.Tables, ErasedIds.Table], Cancel);
        foreach (string queue in QueueNames.All)
        {
            var page = await Get<IDeadLetters>().ListAsync(queue, 1000, null, Cancel);
            found.AddRange(page.Messages.SelectMany(letter => Traces.InMessage(letter.Body)).Select(trace => $"dead {queue}: {trace}"));
        }
        await foreach (var mail in Get<IKeptMail>().ReadAllAsync(Cancel))
            found.AddRange(Traces.In(Encoding.UTF8.GetBytes($"{mail.Id} {mail.Text}")).Select(trace => $"mail {mail.Id}: {trace}"));
        found.AddRange(FoundInFiles());
        return found;
    }

    private List<string> FoundInFiles()
    {
        var found = new List<string>();
        // The lock is empty, and nobody may read it while the folder is open.
        foreach (
            string path in Directory
                .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
                .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
        )
        {
            string name = Path.GetRelativePath(_folder.Path, path);
            found.AddRange(Traces.In(Encoding.UTF8.GetBytes(name)).Select(trace => $"name {name}: {trace}"));
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            found.AddRange(Traces.In(bytes).Select(trace => $"file {name}: {trace}"));
        }
        return found;
    }
}
