using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Revenue;

/// <summary>Who is on a plan that ends, and what became of those who were, since it was announced. Amounts are a month's.</summary>
public sealed record PlanSunsetMeasure
{
    public const int MaxListed = 50;

    /// <summary>The model's id.</summary>
    public required string Plan { get; init; }

    /// <summary>Customers who are on it now, those excepted too.</summary>
    public required int Accounts { get; init; }

    /// <summary>Their people, as far as they are known.</summary>
    public required int People { get; init; }

    /// <summary>What they pay.</summary>
    public required double Revenue { get; init; }

    /// <summary>Customers who are on the replacement now, of all who had the plan since the announcement and are not excepted.</summary>
    public required Proportion Moved { get; init; }

    /// <summary>Customers who are on a third plan.</summary>
    public int Elsewhere { get; init; }

    /// <summary>Customers who left since the announcement.</summary>
    public int Gone { get; init; }

    /// <summary>Customers who still have it and are not excepted.</summary>
    public int Waiting { get; init; }

    /// <summary>What those who moved, went elsewhere or left paid when it was announced.</summary>
    public double PaidBefore { get; init; }

    /// <summary>What they pay now.</summary>
    public double PaidNow { get; init; }

    /// <summary>Customers who came onto it after the day of the last order.</summary>
    public int OrderedLate { get; init; }

    /// <summary>Customers who wait and whose contract renews only after the end.</summary>
    public int Outlasting { get; init; }

    /// <summary>What these pay.</summary>
    public double OutlastingRevenue { get; init; }

    /// <summary>Who still has it, those who pay most first; at most <see cref="MaxListed"/>.</summary>
    public required IReadOnlyList<PlanSunsetAccount> Left { get; init; }

    /// <summary>Who is excepted and has it, those who pay most first; at most <see cref="MaxListed"/>.</summary>
    public required IReadOnlyList<PlanSunsetAccount> Excepted { get; init; }
}

/// <summary>A customer on a plan that ends.</summary>
/// <param name="Id">As the customer sent it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Price">What it pays a month.</param>
/// <param name="People">Its people, as far as they are known.</param>
/// <param name="RenewsOn">When its contract renews; null where that is not known.</param>
/// <param name="OrderedLate">It came onto the plan after the day of the last order.</param>
public sealed record PlanSunsetAccount(string Id, string Name, double Price, int People, DateOnly? RenewsOn, bool OrderedLate);
