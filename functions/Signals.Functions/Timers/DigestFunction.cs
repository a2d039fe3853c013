using Microsoft.Azure.Functions.Worker;
using Signals.Core.Daily.Digests;

namespace Signals.Functions.Timers;

/// <summary>Every quarter of an hour, so that managers have their digest, and on Mondays the report, at its hour in the model's time zone; asking when none is due is cheap.</summary>
public sealed class DigestFunction(DailyDigest digest, WeeklyReport report)
{
    [Function("digest")]
    public async Task RunAsync([TimerTrigger("0 */15 * * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken)
    {
        await digest.RunAsync(cancellationToken);
        await report.RunAsync(cancellationToken);
    }
}
