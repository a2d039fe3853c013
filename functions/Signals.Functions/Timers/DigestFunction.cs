using Microsoft.Azure.Functions.Worker;
using Signals.Core.Digests;

namespace Signals.Functions.Timers;

/// <summary>Every quarter of an hour, so that managers have their digest at its hour in the model's time zone; asking when none is due is cheap.</summary>
public sealed class DigestFunction(DailyDigest digest)
{
    [Function("digest")]
    public Task RunAsync([TimerTrigger("0 */15 * * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        digest.RunAsync(cancellationToken);
}
