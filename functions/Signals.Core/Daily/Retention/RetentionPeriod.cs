using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Retention;

/// <summary>
/// Who stayed over a period: of the customers present at its start, those still there at its end. Customers who came meanwhile are counted,
/// and left out of both: 100 at the start, 10 new, 10 of the first gone is 90%.
/// </summary>
/// <param name="From">Its first UTC day.</param>
/// <param name="To">Its last UTC day.</param>
/// <param name="Customers">Stayed, of those at the start, by the model's churn events; null where the model names none.</param>
/// <param name="New">Customers at the end who were none at the start; null likewise.</param>
/// <param name="Value">Accounts that reached the floor in the window before the end, of those that did in the window before the
/// start.</param>
public sealed record RetentionPeriod(DateOnly From, DateOnly To, Proportion? Customers, int? New, Proportion Value);

/// <summary>Who of a plan stayed over the latest period.</summary>
public sealed record PlanRetention(string Plan, RetentionPeriod Period);
