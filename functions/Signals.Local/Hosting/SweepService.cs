using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Accounts;
using Signals.Core.Digests;
using Signals.Core.Measures;
using Signals.Core.Pipeline;
using Signals.Core.Reviews;
using Signals.Core.Storage;
using Signals.Core.Waking;

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
