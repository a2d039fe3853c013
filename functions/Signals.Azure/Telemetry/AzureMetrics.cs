using System.Diagnostics.Metrics;
using Signals.Core.Platform.Telemetry;

namespace Signals.Azure.Telemetry;

/// <summary>
/// What goes wrong beside the triggers: a message that cannot be handled is given back one by one, so no invocation fails, and neither the
/// platform's failures nor its alerts would tell of it. Part of the meter <see cref="SignalsMetrics.Name"/>; docs/operating.md lists them
/// and the alert rules on them.
/// </summary>
internal static class AzureMetrics
{
    private static readonly Meter Meter = new(SignalsMetrics.Name);

    private static readonly Counter<long> Settled = Meter.CreateCounter<long>(
        "signals.messages.settled",
        "{message}",
        "Deliveries by queue and outcome: completed, retried, dead_lettered, or unsettled (its lease was lost, or the broker did not "
            + "answer)."
    );

    public static void RecordSettled(string queue, string outcome) => Settled.Add(1, new("queue", queue), new("outcome", outcome));
}
