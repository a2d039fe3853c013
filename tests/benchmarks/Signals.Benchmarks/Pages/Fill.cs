using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Daily;
using Signals.Core.Daily.Figures;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.State.WakeUps;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Messages.Sources;

namespace Signals.Benchmarks.Pages;

/// <summary>
/// Fills a data folder with <see cref="World"/> through the app's own fold, reviews, sends and daily passes, under a clock that ends at the
/// present: a real host that opens the folder finds nothing left to do. Queues are passed by, and a crash loses the run.
/// </summary>
internal sealed class Fill : IAsyncDisposable
{
    private const int AccountsPerBatch = 250;
    private const int PageSize = 500;
    private const int ShardsAtOnce = 2;

    /// <summary>The story's moments lie this long before the present, so that all that is due by then is done.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(60);

    private readonly ServiceProvider _services;
    private readonly VirtualClock _clock;
    private readonly World _world;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public Fill(string folder, string modelFile, int accounts)
    {
        Directory.CreateDirectory(folder);
        string model = File.ReadAllText(modelFile)
            .Replace("\"warmUpHours\": 24", "\"warmUpHours\": 0", StringComparison.Ordinal)
            .Replace("\"perDay\": 500", "\"perDay\": 1000000", StringComparison.Ordinal)
            .Replace(
                "\"quietHours\": { \"from\": \"20:00\", \"to\": \"08:00\" }",
                "\"quietHours\": null, \"weekends\": true",
                StringComparison.Ordinal
            );
        File.WriteAllText(Path.Combine(folder, "model.json"), model);
        var options = new LocalOptions(
            folder,
            ModelFile.Read(Path.Combine(folder, "model.json")),
            TemplateSource.Embedded,
            new LocalSettings(null, null, null)
        );
        _clock = new VirtualClock(DateTimeOffset.UtcNow - Span);
        _world = new World(accounts, _clock.GetUtcNow());
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole());
        services.AddLocalSignals(options, _clock);
        services.AddSingleton(_ => SqliteDatabase.Open(folder, new SqliteStorageOptions { Durability = SqliteDurability.Normal }));
        services.AddSingleton<IEmailSender, AcceptingSender>();
        _services = services.BuildServiceProvider();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Get<ModelActivation>().ActivateAsync(cancellationToken);
        await FoldAsync(_world.History, cancellationToken);
        await WakeAsync(TimeSpan.FromMinutes(6), "reviews", cancellationToken);
        await WakeAsync(TimeSpan.FromMinutes(12), "messages", cancellationToken);
        await FoldAsync(_world.News, cancellationToken);
        await WakeAsync(TimeSpan.FromMinutes(6), "reviews after the news", cancellationToken);
        await WakeAsync(TimeSpan.FromMinutes(12), "messages after the news", cancellationToken);
        await FinishAsync(cancellationToken);
    }

    /// <summary>Does what is due by now, and the daily passes.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        _clock.MoveTo(DateTimeOffset.UtcNow);
        await WakeAsync(TimeSpan.Zero, "due by now", cancellationToken);
        var figures = await Get<FigurePass>().RunAsync(cancellationToken);
        Say(
            $"{string.Join(", ", figures.Levels.Select((level, index) => $"{((RiskLevel)index).Name()} {level.Accounts:N0}"))}, left {figures.Left:N0}; "
                + string.Join(
                    ", ",
                    figures
                        .Topics.Where(topic => !topic.Key.Contains('/', StringComparison.Ordinal))
                        .Select(topic => $"{topic.Key} {topic.Value.Accounts:N0}")
                )
        );
        await Get<Housekeeping>().RunAsync(cancellationToken);
        await WakeAsync(TimeSpan.Zero, "the rest", cancellationToken);
        Say("norms, measures and figures");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private async Task FoldAsync(Func<int, IEnumerable<UsageEvent>> story, CancellationToken cancellationToken)
    {
        var fold = _services.GetServices<IMessageHandler>().Single(handler => handler.Queue == QueueNames.Usage);
        long events = 0;
        foreach (int[] accounts in Enumerable.Range(0, _world.Accounts).Chunk(AccountsPerBatch))
        {
            var batch = new EventBatch([.. accounts.SelectMany(story)], []);
            events += batch.Events.Count;
            foreach (var messages in EventBatchCodec.Pack(batch, _clock.GetUtcNow()).Chunk(fold.BatchSize))
                Insist(await fold.HandleAsync([.. messages.Select(message => Delivery(QueueNames.Usage, message))], cancellationToken));
            Console.Error.Write($"\r{accounts[^1] + 1:N0} accounts, {events:N0} events folded ");
        }
        Say($"{events:N0} events folded");
    }

    /// <summary>Moves the clock and does all that is due then, shard by shard, as the sweep and the workers would.</summary>
    private async Task WakeAsync(TimeSpan time, string what, CancellationToken cancellationToken)
    {
        _clock.MoveTo(_clock.GetUtcNow() + time);
        var outreach = _services.GetServices<IMessageHandler>().Single(handler => handler.Queue == QueueNames.Outreach);
        var wakes = Get<WakeIndex>();
        var done = new ConcurrentDictionary<WakeKind, int>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            WakeIndex.Shards,
            options,
            async (shard, token) =>
            {
                while (await wakes.DueAsync(shard, _clock.GetUtcNow(), PageSize, token) is { Count: > 0 } due)
                {
                    var failures = await Get<ReviewService>()
                        .ReviewAsync(
                            [.. due.Where(wake => wake.Kind == WakeKind.Review).Select(wake => wake.Account).Distinct()],
                            isAsked: false,
                            token
                        );
                    if (failures.Count > 0)
                        throw new InvalidOperationException($"The review of {failures.First().Key} failed.", failures.First().Value);
                    foreach (var wake in due.Where(wake => wake.Kind == WakeKind.Lists))
                        await Get<Signals.Core.State.Indexes.AccountLists>().RepairAsync(wake.Account, token);
                    foreach (
                        var messages in due.Where(wake => wake.Kind == WakeKind.Outreach)
                            .DistinctBy(wake => wake.Reference)
                            .Select(wake => new OutreachId(wake.Reference).ToMessage(wake.At))
                            .Chunk(outreach.BatchSize)
                    )
                        await SendAsync(outreach, messages, token);
                    await wakes.RemoveAsync([.. due], token);
                    foreach (var kind in due.GroupBy(wake => wake.Kind))
                        done.AddOrUpdate(kind.Key, kind.Count(), (_, count) => count + kind.Count());
                    Console.Error.Write($"\r{string.Join(", ", done.Select(kind => $"{kind.Key} {kind.Value:N0}"))} ");
                }
            }
        );
        // What reviews put into the queues has been done: the wake-ups beside it stood for it.
        await DrainAsync(cancellationToken);
        Say($"{what}: {string.Join(", ", done.Select(kind => $"{kind.Key} {kind.Value:N0}"))}");
    }

    /// <summary>Takes what reviews sent: all of it was sent at once by its wake-up, or is sent now.</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var queue = Get<IMessageQueue>();
        foreach (var handler in _services.GetServices<IMessageHandler>().Where(handler => handler.Queue != QueueNames.Usage))
        {
            while (
                await queue.ReceiveAsync(handler.Queue, handler.BatchSize, TimeSpan.FromHours(1), cancellationToken)
                    is { Count: > 0 } messages
            )
            {
                var settlements = await handler.HandleAsync(messages, cancellationToken);
                await queue.SettleAsync(
                    [.. messages.Zip(settlements, (message, settlement) => new SettledMessage(message, settlement))],
                    cancellationToken
                );
            }
        }
    }

    /// <summary>
    /// Hands over what is planned until nothing is given back: many alerts of one manager at once stand in each other's way.
    /// </summary>
    private async Task SendAsync(IMessageHandler outreach, OutgoingMessage[] messages, CancellationToken cancellationToken)
    {
        while (messages.Length > 0)
        {
            var settlements = await outreach.HandleAsync(
                [.. messages.Select(message => Delivery(QueueNames.Outreach, message))],
                cancellationToken
            );
            messages = [.. messages.Where((_, index) => settlements[index] is not Settlement.Complete)];
        }
    }

    private QueueMessage Delivery(string queue, OutgoingMessage message) =>
        new(queue, message.MessageId, message.Body, message.Items, 1, _clock.GetUtcNow(), message.MessageId);

    private static void Insist(IReadOnlyList<Settlement> settlements)
    {
        if (settlements.FirstOrDefault(settlement => settlement is not Settlement.Complete) is { } other)
            throw new InvalidOperationException($"A message was not handled: {other}");
    }

    private void Say(string what) => Console.WriteLine($"\r{_watch.Elapsed.TotalSeconds, 7:0} s  {what}");

    /// <summary>Says that it took every mail; nobody gets one.</summary>
    private sealed class AcceptingSender : IEmailSender
    {
        public bool IsIdempotent => true;

        public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(new SendOutcome(SendStatus.Accepted));
    }
}
