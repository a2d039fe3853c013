using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.FeatureSunset;

/// <summary>Uses something that is being retired, and has not used its replacement since that was announced.</summary>
/// <remarks>Use of one day may have been a look: confidence is n / (n + 1/2) for n days of use, up to a limit.</remarks>
public sealed class FeatureSunsetRule : IPersonRule
{
    private const double MostConfidence = 0.95;

    public string Cause => CauseIds.FeatureSunset;

    /// <summary>What ends soonest.</summary>
    public RuleFinding? Assess(PersonContext context) => AssessAll(context) is [var first, ..] ? first : null;

    /// <summary>Everything used that ends, soonest first: each is told by itself.</summary>
    public IReadOnlyList<RuleFinding> AssessAll(PersonContext context)
    {
        var found = new List<(DateOnly Ends, RuleFinding Finding)>();
        foreach (var sunset in context.Model.Sunsets)
        {
            if (IsUnderWay(sunset, context.Today) && Assess(context, sunset) is { } finding)
                found.Add((sunset.Ends, finding));
        }
        return found.Count == 0 ? [] : [.. found.OrderBy(item => item.Ends).Select(item => item.Finding)];
    }

    private static bool IsUnderWay(Sunset sunset, int today) => sunset.Announced.DayNumber <= today && today <= sunset.Ends.DayNumber;

    private static RuleFinding? Assess(PersonContext context, Sunset sunset)
    {
        int today = context.Today,
            from = today - FeatureSunsetSettings.Of(context.Model).Days;
        if (
            context.Model.FeatureOf(sunset.Feature) is not { } retired
            || context.Usage.LastOf(retired.Events) is not { } lastUse
            || Days.Of(lastUse) < from
            || context.Model.FeatureOf(sunset.ReplacementFeature) is not { } replacement
            || context.Usage.LastOf(replacement.Events) is { } moved && Days.Of(moved) >= sunset.Announced.DayNumber
        )
            return null;
        var used = context.Usage.DaysOf(retired.Events, from, today).ToList();
        return used.Count == 0 ? null : Finding(sunset, retired, replacement, used, Days.Date(Days.Of(lastUse)));
    }

    private static RuleFinding Finding(Sunset sunset, Feature retired, Feature replacement, List<int> used, DateOnly last) =>
        new(
            Math.Min(MostConfidence, used.Count / (used.Count + 0.5)),
            retired.Id,
            () =>
                [
                    new Evidence(
                        used.Count == 1
                            ? Phrase.Of($"used {retired.Name}, which ends on {sunset.Ends}")
                            : Phrase.Of(
                                $"used {retired.Name}, which ends on {sunset.Ends}, on {Format.DayCount(used.Count)} "
                                    + $"from {Days.Date(used.Min())} to {last}"
                            ),
                        Phrase.Of($"last on {last}"),
                        Phrase.Of($"{replacement.Name} instead"),
                        sunset.Announced
                    ),
                ]
        );
}
