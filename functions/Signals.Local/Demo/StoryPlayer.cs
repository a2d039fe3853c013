using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Daily;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Norms;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.State.Seen;
using Signals.Local.Hosting;
using Signals.Local.Mail;
using Signals.Local.Messaging;
using Signals.Local.Storage;

namespace Signals.Local.Demo;

/// <summary>
/// Plays a story into a data folder under a clock of its own, through everything that real events go through: ingestion, the queues, the
/// fold, the sweep, reviews, and mail into the outbox.
/// </summary>
public sealed class StoryPlayer : IAsyncDisposable
{
    /// <summary>Batches of a queue that are handled at once, as many as a running host handles.</summary>
    private const int Readers = 2;

    private const int DaysAhead = 3;

    /// <summary>What is usual among customers changes slowly; a running host works it out every day.</summary>
    private const int DaysBetweenNorms = 15;

    private readonly ServiceProvider _services;
    private readonly VirtualClock _clock;
    private readonly DemoStory _story;
    private readonly IngestionService _ingestion;
    private readonly WakeSweep _sweep;
    private readonly IReadOnlyList<MessagePump> _pumps;

    /// <param name="story">What happens.</param>
    /// <param name="options">The folder to fill; mail never leaves it, whatever the settings say.</param>
    /// <param name="publicUrl">Where the links in the mails lead.</param>
    /// <param name="also">What else the app is made of, in the place of what it would be.</param>
    public StoryPlayer(DemoStory story, LocalOptions options, string publicUrl, Action<IServiceCollection>? also = null)
    {
        _story = story;
        _clock = new VirtualClock(story.Begins);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true));
        services.AddLocalSignals(options, _clock);
        // A story that a power cut interrupts is told again: nothing in it waits for the disk.
        var storage = new SqliteStorageOptions { Durability = SqliteDurability.Normal };
        services.AddSingleton(_ => SqliteDatabase.Open(options.DataFolder, storage));
        services.AddSingleton<IEmailSender>(new OutboxEmailSender(options.OutboxFolder, flush: false));
        services.AddSingleton(new PublicAddress(publicUrl));
        services.AddSingleton(new IngestionOptions());
        services.AddSingleton<IngestionService>();
        also?.Invoke(services);
        _services = services.BuildServiceProvider();
        _ingestion = _services.GetRequiredService<IngestionService>();
        _sweep = _services.GetRequiredService<WakeSweep>();
        var queue = _services.GetRequiredService<SqliteMessageQueue>();
        var log = _services.GetRequiredService<ILogger<MessagePump>>();
        _pumps =
        [
            .. _services
                .GetServices<IMessageHandler>()
                .Select(handler => new MessagePump(queue, handler, new MessagePumpOptions(), _clock, log)),
        ];
    }

    public IServiceProvider Services => _services;

    /// <summary>Plays all of it; <paramref name="played"/> is told how many days are over.</summary>
    public async Task PlayAsync(Action<int> played, CancellationToken cancellationToken)
    {
        await _services.GetRequiredService<ModelActivation>().ActivateAsync(cancellationToken);
        await foreach (var day in TellAheadAsync(cancellationToken))
        {
            // The mails of the night's reviews leave in the morning, before the day's events are known.
            foreach (var morning in StoryClock.Mornings)
            {
                await RunAsync(day.Date + morning, cancellationToken);
                await TellTeamAsync(cancellationToken);
            }
            var next = day.Date.AddDays(1);
            _clock.MoveTo(next + StoryClock.Fold);
            await _ingestion.AcceptAsync(new EventBatch(day.InOrder(), []), cancellationToken);
            await DrainAsync(cancellationToken);
            await RunAsync(next + StoryClock.Review, cancellationToken);
            await _services.GetRequiredService<FigurePass>().RunAsync(cancellationToken);
            if ((day.Index + 1) % DaysBetweenNorms == 0)
                await _services.GetRequiredService<CohortPass>().RunAsync(cancellationToken);
            played(day.Index + 1);
        }
        await _services.GetRequiredService<SeenBook>().FlushAsync(cancellationToken);
    }

    /// <summary>
    /// What the timers do beside the sweep, the digests of a working morning and the report of a Monday; and what the team answers to
    /// alerts.
    /// </summary>
    private async Task TellTeamAsync(CancellationToken cancellationToken)
    {
        // A running host sums up every night; here it is read once a week, by the report.
        if (_clock.GetUtcNow() is { DayOfWeek: DayOfWeek.Monday } monday && monday.TimeOfDay == StoryClock.Mornings[0])
            await _services.GetRequiredService<Housekeeping>().RunAsync(cancellationToken);
        if (
            await _services.GetRequiredService<DailyDigest>().RunAsync(cancellationToken)
                + await _services.GetRequiredService<WeeklyReport>().RunAsync(cancellationToken)
            > 0
        )
            await DrainAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        if (now.TimeOfDay == StoryClock.Answers && now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            await new StoryAnswers(_services.GetRequiredService<AlertBook>(), _clock).AnswerAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The days of the story, the next of them told while one is played.</summary>
    private async IAsyncEnumerable<StoryDay> TellAheadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var days = Channel.CreateBounded<StoryDay>(DaysAhead);
        var telling = Task.Run(
            async () =>
            {
                try
                {
                    foreach (var day in _story.Tell())
                        await days.Writer.WriteAsync(day, cancellationToken);
                    days.Writer.Complete();
                }
                catch (Exception fault)
                {
                    days.Writer.Complete(fault);
                }
            },
            cancellationToken
        );
        await foreach (var day in days.Reader.ReadAllAsync(cancellationToken))
            yield return day;
        await telling;
    }

    /// <summary>Does everything that is due at a moment.</summary>
    private async Task RunAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        _clock.MoveTo(moment);
        // What is in the queues came from the fold, which drained them, or comes from the sweep.
        if (await _sweep.RunAsync(cancellationToken) > 0)
            await DrainAsync(cancellationToken);
    }

    /// <summary>Handles what is in the queues until nothing is: handling one message may send others.</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        int deliveries;
        do
        {
            deliveries = 0;
            foreach (var pump in _pumps)
            {
                int[] drained = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => pump.DrainAsync(cancellationToken)));
                deliveries += drained.Sum();
            }
        } while (deliveries > 0);
    }
}
