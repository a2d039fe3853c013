using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Retention;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// The largest segments of one kind, or all of the model's own, each measured by itself; kept beside <see cref="ProductMeasures"/> and
/// as old as these.
/// </summary>
public sealed record SegmentMeasures(SegmentKind By, IReadOnlyList<SegmentMeasure> Segments)
{
    /// <summary>Segments of a kind that are kept.</summary>
    public const int MaxSegments = 8;

    public static SegmentMeasures None(SegmentKind by) => new(by, []);
}

/// <summary>What is true of one segment's accounts.</summary>
/// <param name="Value">See <see cref="Segment.Value"/>.</param>
/// <param name="Accounts">How many were looked at, those who left included.</param>
/// <param name="Features">In the model's order.</param>
/// <param name="Latest">The last 30 days that are over; null where nobody was there.</param>
/// <param name="Months">Calendar months that are over, oldest first.</param>
/// <param name="Cohorts">By the month they came in, the oldest first.</param>
public sealed record SegmentMeasure(
    string Value,
    int Accounts,
    IReadOnlyList<FeatureMeasure> Features,
    RetentionPeriod? Latest,
    IReadOnlyList<RetentionPeriod> Months,
    IReadOnlyList<RetentionCohort> Cohorts
);
