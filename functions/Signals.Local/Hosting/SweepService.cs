using Microsoft.Extensions.Hosting;
using Signals.Core.Daily;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Hindsight;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;

namespace Signals.Local.Hosting;

/// <summary>
/// Does what the timers do on Azure: puts the model into force, sweeps the due index, writes the digests and reports, keeps house once a
/// day, measures, and works out the first norms. A step that fails is told of and ends none of the others, nor the host; it is tried again
/// with the next round.
/// </summary>
public sealed class SweepService(
    ModelActivation activation,
    ClockWatch watch,
    WakeSweep sweep,
    DailyDigest digest,
    WeeklyReport report,
    Housekeeping housekeeping,
    MeasurePass measures,
    EarlyNorms norms,
    HindsightPass hindsight,
    ErasureWork erasure,
    WorkSteps steps,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    private int _keptHouseOn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        do
        {
            await steps.TryAsync(BackgroundWork.Model, activation.ActivateAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.Clock, watch.RunAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.WakeUps, sweep.RunAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.Digest, digest.RunAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.Report, report.RunAsync, stoppingToken);
            await KeepHouseAsync(stoppingToken);
            await steps.TryAsync(BackgroundWork.Measures, measures.RunAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.Norms, norms.RunAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.Hindsight, hindsight.RunAsync, stoppingToken);
            await steps.TryAsync(BackgroundWork.Erasure, erasure.RunAsync, stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Once a day; again soon when the store was away, tomorrow when something else was wrong.</summary>
    private async Task KeepHouseAsync(CancellationToken stoppingToken)
    {
        int today = Days.Of(clock.GetUtcNow());
        if (today == _keptHouseOn)
            return;
        var fault = await steps.TryAsync(BackgroundWork.Housekeeping, housekeeping.RunAsync, stoppingToken);
        if (!FailedStepsException.IsTransientFault(fault))
            _keptHouseOn = today;
    }
}
