using Signals.Core.Intake.Monitoring;

namespace Signals.Local.Hosting;

/// <summary>A minute of traffic in a line: what came, what was folded, what was not.</summary>
public static class TrafficLine
{
    public static string Of(MinuteCount minute) =>
        $"{minute.Minute:HH:mm} UTC  {minute.Accepted:#,0} {(minute.Accepted == 1 ? "event" : "events")} came, {minute.Folded:#,0} folded"
        + (minute.Duplicates > 0 ? $", {minute.Duplicates:#,0} known before" : "")
        + (minute.Quarantined > 0 ? $", {minute.Quarantined:#,0} not understood (why: /pipeline/quarantine on the dashboard)" : "");
}
