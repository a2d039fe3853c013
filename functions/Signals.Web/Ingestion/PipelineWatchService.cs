using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.State.Seen;

namespace Signals.Web.Ingestion;

/// <summary>Whom a host has told of each minute with traffic, once it is over.</summary>
public sealed record MinuteReport(Action<MinuteCount> Tell);

/// <summary>Writes down each minute what the pipeline did and saw in this process, and the rest when the process ends.</summary>
internal sealed partial class PipelineWatchService(
    PipelineWatch watch,
    SeenBook seen,
    TimeProvider clock,
    ILogger<PipelineWatchService> logger,
    MinuteReport? report = null
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The last minutes' numbers are worth this wait for a store that does not answer, and no longer one: the host would end the process by
    /// force.
    /// </summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(LastWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await FlushAsync(all: true, either.Token);
        }
        catch (OperationCanceledException)
        {
            LogLost(logger);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(all: false, stoppingToken);
    }

    private async Task FlushAsync(bool all, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var minute in await watch.FlushAsync(all, cancellationToken))
                report?.Tell(minute);
            await seen.FlushAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogUnwritten(logger, fault);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What the pipeline did in the last minutes could not be written before the process ended."
    )]
    private static partial void LogLost(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What the pipeline did in the last minutes cannot be written now; it is kept for the next time."
    )]
    private static partial void LogUnwritten(ILogger logger, Exception fault);
}
