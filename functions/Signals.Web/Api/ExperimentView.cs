using Signals.Core.Platform.Statistics;
using Signals.Core.Response.Experiments;

namespace Signals.Web.Api;

/// <summary>
/// What a playbook's messages achieved. Templates compares the alternative (treated) with the usual one, where there is one; cards and
/// mails tell the effect apart by what was to come first, where cards were; segments by the model's own, where there are any.
/// </summary>
internal sealed record ExperimentView(
    string Playbook,
    string? Message,
    string? Alternative,
    int GoalDays,
    ComparisonView Effect,
    ComparisonView? Templates,
    ComparisonView? Cards,
    ComparisonView? Mails,
    IReadOnlyList<SegmentEffectView> Segments
)
{
    public static ExperimentView Of(PlaybookEffect effect) =>
        new(
            effect.Playbook.Cause,
            effect.Playbook.Message,
            effect.Playbook.Alternative,
            effect.Playbook.GoalDays,
            ComparisonView.Of(effect.Message),
            OrNull(effect.Templates),
            OrNull(effect.Cards),
            OrNull(effect.Mails),
            [.. effect.Segments.Select(one => new SegmentEffectView(one.Segment, ComparisonView.Of(one.Message)))]
        );

    private static ComparisonView? OrNull(Comparison? comparison) => comparison is null ? null : ComparisonView.Of(comparison);
}

/// <summary>The effect in the accounts of a segment.</summary>
internal sealed record SegmentEffectView(string Segment, ComparisonView Effect);

/// <summary>Two sides; difference and interval (95%) are of the goal rates, treated less control, null while a side is empty.</summary>
internal sealed record ComparisonView(ArmView Treated, ArmView Control, double? Difference, IntervalView? Interval, string Verdict)
{
    public static ComparisonView Of(Comparison comparison) =>
        new(
            ArmView.Of(comparison.Treated, comparison.StillNeeded.Treated),
            ArmView.Of(comparison.Control, comparison.StillNeeded.Control),
            comparison.Difference,
            comparison.Interval is { } interval ? new IntervalView(interval.Low, interval.High) : null,
            comparison.Verdict switch
            {
                Core.Platform.Statistics.Verdict.Helps => "helps",
                Core.Platform.Statistics.Verdict.Harms => "harms",
                Core.Platform.Statistics.Verdict.NoDifferenceShown => "no-difference-shown",
                _ => "too-early",
            }
        );
}

/// <summary>One side; stillNeeded is how many people more it takes to a verdict.</summary>
internal sealed record ArmView(int People, int Reached, double? Rate, int StillNeeded)
{
    public static ArmView Of(Arm arm, int stillNeeded) => new(arm.People, arm.Reached, arm.Rate, stillNeeded);
}

internal sealed record IntervalView(double Low, double High);

internal sealed record ExperimentViews(IReadOnlyList<ExperimentView> Items);
