using Microsoft.Azure.Functions.Worker;
using Signals.Core.Daily.Digests;
using Signals.Core.Intake.Monitoring;

namespace Signals.Functions.Timers;

/// <summary>
/// Every quarter of an hour, so that managers have their digest, and on Mondays the report, at its hour in the model's time zone; asking
/// when none is due is cheap.
/// </summary>
public sealed class DigestFunction(DailyDigest digest, WeeklyReport report, WorkSteps steps)
{
    [Function("digest")]
    public Task RunAsync([TimerTrigger("0 */15 * * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        steps.RunAsync(cancellationToken, (BackgroundWork.Digest, digest.RunAsync), (BackgroundWork.Report, report.RunAsync));
}
