namespace Signals.Core.State.Assessments;

/// <summary>
/// How much of what the account pays for it gets: each part 0 to 1, or null where the model or history does not say.
/// </summary>
/// <param name="Score">0 to 100: the sum of the parts' points.</param>
/// <param name="Depth">The share of the plan's key features used in the window.</param>
/// <param name="Breadth">Active people over paid seats (over known people where the plan has no seats).</param>
/// <param name="Reach">How many of their own customers they reached in the window, as a count.</param>
/// <param name="Value">Value in the window, in the model's unit.</param>
/// <param name="ValuePerPrice">Value in the window over the price of a month; null for free accounts.</param>
/// <param name="Trend">Value of the last 14 days over that of the 14 before, minus 1; null without earlier value.</param>
public sealed record HealthScore(
    int Score,
    double? Depth,
    double? Breadth,
    double? Reach,
    double Value,
    double? ValuePerPrice,
    double? Trend
)
{
    public static HealthScore Unknown { get; } = new(0, null, null, null, 0, null, null);

    /// <summary>How the score comes about: the dimensions that the model and history tell of.</summary>
    public IReadOnlyList<HealthPart> Parts { get; init; } = [];

    /// <summary>
    /// The share of comparable accounts that get no more value for what they pay, 0 to 1; null for free accounts and where too few can be
    /// compared with.
    /// </summary>
    public double? Worth { get; init; }

    /// <summary>What would raise the score most; null at its best, or when nothing is known.</summary>
    public HealthAdvice? Raise { get; init; }
}
