using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Daily.Hindsight;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Seen;
using Signals.Local.Messaging;
using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>
/// The end of an import into a folder whose app is stopped: everybody is reviewed, what is usual is worked out, everybody is looked back at
/// under that, and reviewed once more: now each level's beginning is known. Nobody is written to: who was seen in history alone gets no
/// message and raises no alert, and what is planned for others waits for the app.
/// </summary>
internal sealed class ImportReviews(IServiceProvider app, TimeProvider clock, IProgress<ImportProgress> progress)
{
    private const int Readers = 2;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await app.GetRequiredService<ModelActivation>().ActivateAsync(cancellationToken);
        await ReviewAsync(cancellationToken);
        await app.GetRequiredService<CohortPass>().WorkOutAsync(cancellationToken);
        await app.GetRequiredService<SeenBook>().FlushAsync(cancellationToken);
        await app.GetRequiredService<HindsightPass>()
            .LookBackAsync(
                done => progress.Report(new ImportProgress(ImportPhase.Reviews, 0, 0, done, Math.Max(done, _accounts))),
                cancellationToken
            );
        await ReviewAsync(cancellationToken);
        await app.GetRequiredService<MeasurePass>().MeasureAsync(cancellationToken);
    }

    private long _accounts;

    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        await app.GetRequiredService<ReviewFanOut>().AskAllAsync(cancellationToken);
        var queue = app.GetRequiredService<SqliteMessageQueue>();
        var handler = app.GetServices<IMessageHandler>().Single(handler => handler.Queue == QueueNames.Reviews);
        var pump = new MessagePump(queue, handler, new MessagePumpOptions(), clock, NullLogger<MessagePump>.Instance);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(queue, done.Token);
        while ((await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => pump.DrainAsync(cancellationToken)))).Sum() > 0) { }
        await done.CancelAsync();
        await watching;
    }

    /// <summary>Tells how many accounts wait, until it is stopped.</summary>
    private async Task WatchAsync(SqliteMessageQueue queue, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            long waiting = (await queue.GetDepthAsync(QueueNames.Reviews, CancellationToken.None)).Items;
            _accounts = Math.Max(_accounts, waiting);
            progress.Report(new ImportProgress(ImportPhase.Reviews, 0, 0, _accounts - waiting, _accounts));
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
