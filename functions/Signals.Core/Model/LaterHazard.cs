namespace Signals.Core.Model;

/// <summary>
/// Who leaves in an interval after the horizon, of those who are still there: a logistic regression on the score of today.
/// </summary>
/// <param name="FromDays">Days from today to its beginning.</param>
/// <param name="ToDays">Days from today to its end, which is a horizon that is told.</param>
/// <param name="Intercept">Log-odds of a score of 0 log-odds.</param>
/// <param name="Slope">What a unit of log-odds of today is worth then; less than 1, for risk fades.</param>
/// <param name="Decision">Log-odds that a date to decide on within the interval adds.</param>
/// <param name="BaseRate">The share that left in it, of all who were still there.</param>
public sealed record LaterHazard(int FromDays, int ToDays, double Intercept, double Slope, double Decision, double BaseRate)
{
    /// <param name="logOdds">The score of today.</param>
    /// <param name="decidesIn">Days to the next decision; null for none known.</param>
    public double LogOddsOf(double logOdds, int? decidesIn) => Intercept + Slope * logOdds + (Decides(decidesIn) ? Decision : 0);

    /// <summary>True when the next decision lies in it.</summary>
    public bool Decides(int? decidesIn) => decidesIn >= FromDays && decidesIn < ToDays;
}
