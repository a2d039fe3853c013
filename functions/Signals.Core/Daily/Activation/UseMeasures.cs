using Signals.Core.Model;
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

    /// <summary>How fast tickets of the last 90 days were answered and solved, over all first and then by plan.</summary>
    public required IReadOnlyList<SupportTimes> Support { get; init; }
}

/// <summary>Customers who came in one calendar month, and how they began.</summary>
/// <param name="Month">The month's first day; null for all of them together.</param>
/// <param name="Accounts">Who came.</param>
/// <param name="Activated">Of those who have been there for as long, who reached the floor's value within its days of coming.</param>
/// <param name="DaysToValue">Days until half of them had a first value; null where half of them have not.</param>
/// <param name="ValuedWithin">The share that had a first value within a week, as far as was watched.</param>
public sealed record ActivationCohort(DateOnly? Month, int Accounts, Proportion Activated, int? DaysToValue, double ValuedWithin);

/// <summary>How fast tickets were answered and solved.</summary>
/// <param name="Plan">That of the day they were opened on, in lower case; null for all, empty for no plan.</param>
/// <param name="Promise">What customers of the plan are promised now; null for all plans together.</param>
/// <param name="Tickets">Opened in the last 90 days.</param>
/// <param name="Answer">Until a person answered first, of tickets that were promised an answer.</param>
/// <param name="Solution">Until they were solved.</param>
public sealed record SupportTimes(string? Plan, TicketPromise? Promise, int Tickets, WaitingTimes Answer, WaitingTimes Solution);

/// <summary>How long customers wait for something. Hours are those of working days where promises count them so.</summary>
/// <param name="InTime">Had it as fast as was promised, of those who had it or whose time is over.</param>
/// <param name="MedianHours">Hours until half had it, those that wait counted for as long as they do; null where half have not.</param>
/// <param name="Waiting">Wait now.</param>
public sealed record WaitingTimes(Proportion InTime, double? MedianHours, int Waiting);
