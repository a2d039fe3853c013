using System.Globalization;
using Signals.Core.Intake.Monitoring;

namespace Signals.Local.Hosting;

/// <summary>A minute of traffic in a line: what came, what was folded, what was not.</summary>
internal static class TrafficLine
{
    public static string Of(MinuteCount minute)
    {
        var parts = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{minute.Minute:HH:mm} UTC  {minute.Accepted:#,0} {(minute.Accepted == 1 ? "event" : "events")} came"
            ),
            string.Create(CultureInfo.InvariantCulture, $"{minute.Folded:#,0} folded"),
        };
        if (minute.Duplicates > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{minute.Duplicates:#,0} known before"));
        if (minute.Quarantined > 0)
            parts.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{minute.Quarantined:#,0} not understood (why: /pipeline/quarantine on the dashboard)"
                )
            );
        return string.Join(", ", parts);
    }
}
