namespace Signals.Core.Daily.Retention;

/// <summary>
/// Customers who came in the same calendar month (UTC), and how many of them were still there later. Who came and left within the month is
/// not among them, and nobody joins them later.
/// </summary>
/// <param name="Month">The month's first day; null for everybody who was there before the first month looked at.</param>
/// <param name="Customers">Of the month, at its end.</param>
/// <param name="Stayed">
/// Of these, customers at the end of that month (all of them), of the next one, and so on up to the last month that is over; empty where
/// the model names no churn events.
/// </param>
/// <param name="Valued">Of these, those who reached the floor in the window before each of those ends.</param>
public sealed record RetentionCohort(DateOnly? Month, int Customers, IReadOnlyList<int> Stayed, IReadOnlyList<int> Valued);
