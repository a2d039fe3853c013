using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Local.Hosting;
using Signals.Local.Messaging;
using Signals.Local.Storage;
using Signals.Messages.Sources;

namespace Signals.Benchmarks;

/// <summary>The app's own services over SQLite, under a clock that is moved by hand, with all that is read and written noted on demand.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Rig(string folder, ValueModel model, SqliteDurability durability, DateTimeOffset begins)
    {
        Clock = new VirtualClock(begins);
        var options = new LocalOptions(folder, model, TemplateSource.Embedded, new LocalSettings(null, null, null));
        Outbox = options.OutboxFolder;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole());
        services.AddLocalSignals(options, Clock);
        services.AddSingleton(_ => SqliteDatabase.Open(folder, new SqliteStorageOptions { Durability = durability }));
        services.AddSingleton(provider => new RecordingStore(provider.GetRequiredService<SqliteEntityStore>()));
        services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<RecordingStore>());
        _services = services.BuildServiceProvider();
    }

    public static async Task<Rig> StartAsync(
        BenchRun run,
        ValueModel model,
        SqliteDurability durability,
        DateTimeOffset begins,
        CancellationToken cancellationToken
    )
    {
        var rig = new Rig(run.Folder(), model, durability, begins);
        await rig.Get<ModelActivation>().ActivateAsync(cancellationToken);
        return rig;
    }

    public VirtualClock Clock { get; }

    public string Outbox { get; }

    public RecordingStore Store => Get<RecordingStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Folds events as the host does, without the queue in between.</summary>
    public async Task FoldAsync(IEnumerable<UsageEvent> events, CancellationToken cancellationToken)
    {
        var fold = Handler(QueueNames.Usage);
        foreach (var messages in Messages(events).Chunk(fold.BatchSize))
            Insist(await fold.HandleAsync(messages, cancellationToken));
    }

    /// <summary>The queue's messages of these events.</summary>
    public IReadOnlyList<QueueMessage> Messages(IEnumerable<UsageEvent> events) =>
        [
            .. EventBatchCodec
                .Pack(new EventBatch([.. events], []), Clock.GetUtcNow())
                .Select(packed => new QueueMessage(
                    QueueNames.Usage,
                    packed.MessageId,
                    packed.Body,
                    packed.Items,
                    1,
                    Clock.GetUtcNow(),
                    packed.MessageId
                )),
        ];

    public IMessageHandler Handler(string queue) => _services.GetServices<IMessageHandler>().Single(handler => handler.Queue == queue);

    public MessagePump Pump(string queue) =>
        new(Get<SqliteMessageQueue>(), Handler(queue), new MessagePumpOptions(), Clock, NullLogger<MessagePump>.Instance);

    public static void Insist(IReadOnlyList<Settlement> settlements)
    {
        if (settlements.FirstOrDefault(settlement => settlement is not Settlement.Complete) is { } other)
            throw new InvalidOperationException($"A message was not handled: {other}");
    }

    /// <summary>One use of the product, a new id each.</summary>
    public static UsageEvent Watched(long number, string person, string? account, DateTimeOffset at) =>
        new()
        {
            Type = EventType.Track,
            MessageId = $"w{number}",
            UserId = person,
            GroupId = account,
            Name = "Watched",
            Timestamp = at,
            ReceivedAt = at,
            Payload = Encoding.UTF8.GetBytes($$"""{"seconds":{{60 + number % 300}},"title":"Something to watch"}"""),
        };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
