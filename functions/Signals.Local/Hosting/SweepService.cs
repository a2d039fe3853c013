using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Daily;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Measures;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;

namespace Signals.Local.Hosting;

/// <summary>Does what the timers do on Azure: puts the model into force, sweeps the due index, writes the digests and reports, keeps house once a day, and measures.</summary>
public sealed partial class SweepService(
    ModelActivation activation, WakeSweep sweep, DailyDigest digest, WeeklyReport report, Housekeeping housekeeping, MeasurePass measures, TimeProvider clock,
    ILogger<SweepService> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        int keptHouseOn = 0;
        do
        {
            try
            {
                await activation.ActivateAsync(stoppingToken);
                await sweep.RunAsync(stoppingToken);
                await digest.RunAsync(stoppingToken);
                await report.RunAsync(stoppingToken);
                int today = Days.Of(clock.GetUtcNow());
                if (today != keptHouseOn)
                    await housekeeping.RunAsync(stoppingToken);
                keptHouseOn = today;
                await measures.RunAsync(stoppingToken);
            }
            catch (TransientStoreException fault)
            {
                LogUnavailable(logger, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep could not finish; it goes on in half a minute.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault);
}
