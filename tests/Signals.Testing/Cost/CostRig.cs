using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.WakeUps;
using Signals.Testing.Messaging;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Testing.Cost;

/// <summary>
/// The whole app over metered ports and a clock that is moved: several ingesting workers share the traffic, as on Azure, and one hand at
/// a time handles what is queued, so that each call belongs to a phase.
/// </summary>
public sealed class CostRig : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly ServiceProvider _services;
    private readonly IngestionService[] _workers;
    private readonly List<Task> _calls = [];

    private CostRig(ValueModel model, int workers)
    {
        Store = new MeteredEntityStore(new InMemoryEntityStore(), Meter);
        Queue = new MeteredMessageQueue(new InMemoryMessageQueue(Clock), Meter);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalsCore(model);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Store);
        services.AddSingleton(Queue);
        services.AddSingleton<IEmailSender>(new MeteredEmailSender(Meter));
        services.AddSingleton<IMessageRenderer>(new PlainRenderer());
        services.AddSingleton<ICardRenderer>(new PlainRenderer());
        services.AddSingleton(new RecipientKey(new byte[32]));
        services.AddSingleton(new LinkKeys(new byte[32]));
        services.AddSingleton(new PublicAddress("https://signals.example"));
        _services = services.BuildServiceProvider();
        var options = new IngestionOptions { GatherTime = IngestionOptions.ForServiceBus };
        _workers =
        [
            .. Enumerable
                .Range(0, workers)
                .Select(_ => new IngestionService(Queue, Clock, options, new MinuteCounts(Clock), NullLogger<IngestionService>.Instance)),
        ];
    }

    public TimerClock Clock { get; } = new(Start);

    public BillingMeter Meter { get; } = new();

    public IEntityStore Store { get; }

    public IMessageQueue Queue { get; }

    /// <summary>Accounts whose review was asked for by the messages handled.</summary>
    public long Reviews { get; private set; }

    /// <summary>What folding read and wrote of accounts and people, all deliveries together.</summary>
    public FoldTotals Folds { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Begins to count: what happened so far was set-up.</summary>
    public void BeginCounting()
    {
        Meter.Reset();
        (Reviews, Folds) = (0, new FoldTotals(0, 0, 0, 0));
    }

    public static async Task<CostRig> StartAsync(ValueModel model, int workers = 1)
    {
        var rig = new CostRig(model, workers);
        await rig.Get<ModelActivation>().ActivateAsync(CancellationToken.None);
        return rig;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A request that one of the workers takes in; it is answered while the clock moves on.</summary>
    public void Accept(int worker, params IReadOnlyList<UsageEvent> events)
    {
        Meter.Phase = "ingest";
        _calls.Add(_workers[worker % _workers.Length].AcceptAsync(new EventBatch(events, []), CancellationToken.None));
    }

    /// <summary>Moves the clock; sends whose time it is leave on the way.</summary>
    public void Advance(TimeSpan by)
    {
        Meter.Phase = "ingest";
        Clock.Advance(by);
    }

    /// <summary>Waits for the answers to all requests, and handles what they queued.</summary>
    public async Task FinishAsync()
    {
        Advance(IngestionOptions.ForServiceBus);
        await Task.WhenAll(_calls);
        _calls.Clear();
        await DrainAsync();
    }

    /// <summary>One sweep of the timer, and the work that follows.</summary>
    public async Task SweepAsync()
    {
        Meter.Phase = "sweep";
        await Get<ModelActivation>().ActivateAsync(CancellationToken.None);
        await Get<WakeSweep>().RunAsync(CancellationToken.None);
        await DrainAsync();
    }

    /// <summary>Handles what waits in the queues.</summary>
    public async Task DrainAsync()
    {
        bool any;
        do
        {
            any = false;
            foreach (var handler in _services.GetServices<IMessageHandler>())
                any |= await DrainAsync(handler);
        } while (any);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<bool> DrainAsync(IMessageHandler handler)
    {
        for (bool any = false; ; any = true)
        {
            Meter.Phase = handler.Queue switch
            {
                QueueNames.Usage => "fold",
                QueueNames.Outreach => "outreach",
                _ => "review",
            };
            var messages = await Queue.ReceiveAsync(handler.Queue, handler.BatchSize, Lease, CancellationToken.None);
            if (messages.Count == 0)
                return any;
            var requests =
                handler.Queue == QueueNames.Reviews ? messages.Select(message => ReviewMessage.Parse(message.Body.Span)).ToList() : [];
            Reviews += requests.OfType<ReviewRequest.Of>().Sum(request => request.Accounts.Count);
            if (requests.Count > 0 && requests.TrueForAll(request => request is ReviewRequest.Sweep))
                Meter.Phase = "sweep";
            Meter.ForgetRows();
            var before = Meter.Folds;
            var handling = handler.HandleAsync(messages, CancellationToken.None);
            if (handler.Queue != QueueNames.Usage)
                await LetTimePassAsync(handling);
            var settlements = await handling;
            if (Meter.Phase == "fold")
                Folds += Meter.Folds with
                {
                    RowsRead = Meter.Folds.RowsRead - before.RowsRead,
                    Transactions = Meter.Folds.Transactions - before.Transactions,
                };
            await Queue.SettleAsync(
                [.. messages.Zip(settlements, (message, settlement) => new SettledMessage(message, settlement))],
                CancellationToken.None
            );
        }
    }

    /// <summary>
    /// Whoever rests does so by the clock, which goes on to where they wake: a shard's sweep between its batches, a review that met others'
    /// changes before its next attempt. Nothing in a fold rests, and the calls that gather meanwhile would leave early.
    /// </summary>
    private async Task LetTimePassAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(1)) != work)
        {
            if (Clock.NextDue is { } due)
                Clock.Advance(due - Clock.GetUtcNow());
        }
    }
}
