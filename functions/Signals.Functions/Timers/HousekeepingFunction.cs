using Microsoft.Azure.Functions.Worker;
using Signals.Core.Daily;

namespace Signals.Functions.Timers;

/// <summary>Once a day, when it is night in most of Europe and America.</summary>
public sealed class HousekeepingFunction(Housekeeping housekeeping)
{
    [Function("housekeeping")]
    public Task RunAsync([TimerTrigger("0 17 3 * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        housekeeping.RunAsync(cancellationToken);
}
