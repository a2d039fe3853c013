using Microsoft.Azure.Functions.Worker;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Hindsight;
using Signals.Core.Daily.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;

namespace Signals.Functions.Timers;

/// <summary>
/// Every five minutes: what is due goes to its queue (reviews, outreach that a crash left planned), and moves are finished. A model that
/// changed is put into force first, and the first norms are worked out as soon as there are customers enough. The host runs it on one
/// worker at a time.
/// </summary>
public sealed class SweepFunction(
    ModelActivation activation,
    ClockWatch watch,
    WakeSweep sweep,
    EarlyNorms norms,
    HindsightPass hindsight,
    ErasureWork erasure,
    WorkSteps steps
)
{
    [Function("sweep")]
    public Task RunAsync([TimerTrigger("0 */5 * * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        steps.RunAsync(
            cancellationToken,
            (BackgroundWork.Model, activation.ActivateAsync),
            (BackgroundWork.Clock, watch.RunAsync),
            (BackgroundWork.WakeUps, sweep.RunAsync),
            (BackgroundWork.Norms, norms.RunAsync),
            (BackgroundWork.Hindsight, hindsight.RunAsync),
            (BackgroundWork.Erasure, erasure.RunAsync)
        );
}
