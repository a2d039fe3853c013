using Signals.Core.Response.Alerts;

namespace Signals.Core.Daily.Digests;

/// <summary>What happened within a report's week beside the figures.</summary>
/// <param name="Recovered">Customers who were at risk and are better, and what they pay a month together.</param>
/// <param name="Left">Customers who left, and what they paid.</param>
/// <param name="Open">Alerts that wait for an answer.</param>
/// <param name="Late">How many of these nobody answered in time.</param>
internal sealed record ReportWeek(
    (int Accounts, double Price) Recovered,
    (int Accounts, double Price) Left,
    IReadOnlyList<Alert> Open,
    int Late
)
{
    public static ReportWeek Quiet { get; } = new((0, 0), (0, 0), [], 0);
}
