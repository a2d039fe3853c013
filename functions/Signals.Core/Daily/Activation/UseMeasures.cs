using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Activation;

/// <summary>How customers begin, whether they make it a habit, and how fast they are answered; as of a pass over all accounts.</summary>
public sealed record UseMeasures
{
    /// <summary>By the month they came in (UTC), oldest first, as far back as is known.</summary>
    public required IReadOnlyList<ActivationCohort> Cohorts { get; init; }

    /// <summary>Everybody who came since beginnings are known.</summary>
    public required ActivationCohort All { get; init; }

    /// <summary>The way from coming to first value, of everybody first and then by plan, the largest first.</summary>
    public required IReadOnlyList<StartFunnel> Funnels { get; init; }

    /// <summary>Null where too few accounts have a rhythm to tell.</summary>
    public HabitMeasure? Habit { get; init; }

    /// <summary>How fast tickets of the last 90 days were solved, over all first and then by plan.</summary>
    public required IReadOnlyList<SolutionTimes> Solutions { get; init; }
}

/// <summary>Customers who came in one calendar month, and how they began.</summary>
/// <param name="Month">The month's first day; null for all of them together.</param>
/// <param name="Accounts">Who came.</param>
/// <param name="Activated">Of those who have been there for as long, who reached the floor's value within its days of coming.</param>
/// <param name="DaysToValue">Days until half of them had a first value; null where half of them have not.</param>
/// <param name="ValuedWithin">The share that had a first value within a week, as far as was watched.</param>
public sealed record ActivationCohort(DateOnly? Month, int Accounts, Proportion Activated, int? DaysToValue, double ValuedWithin);

/// <summary>How fast tickets were solved.</summary>
/// <param name="Plan">In lower case; null for all, empty for no plan.</param>
/// <param name="Tickets">Opened in the last 90 days.</param>
/// <param name="InTime">Solved as fast as the model agrees, of those whose time is over.</param>
/// <param name="MedianHours">Hours until half were solved, those that wait counted for as long as they do; null where half are not.</param>
/// <param name="Waiting">Open now.</param>
public sealed record SolutionTimes(string? Plan, int Tickets, Proportion InTime, int? MedianHours, int Waiting);
