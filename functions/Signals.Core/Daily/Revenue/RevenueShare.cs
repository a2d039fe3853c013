namespace Signals.Core.Daily.Revenue;

/// <summary>Money over money, with the 95% interval in which the true share lies. A net share may be above 1.</summary>
/// <param name="Share">Null where nothing was paid at the start.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record RevenueShare(double? Share, double Low, double High);
