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
    public RuleFinding? Assess(PersonContext context) => Find(context).FirstOrDefault();

    /// <summary>Everything used that ends, soonest first: each is told by itself.</summary>
    public IReadOnlyList<RuleFinding> AssessAll(PersonContext context) => context.Model.Sunsets.Count == 0 ? [] : [.. Find(context)];

    private static IEnumerable<RuleFinding> Find(PersonContext context) =>
        context.Model.Sunsets.OrderBy(sunset => sunset.Ends).Select(sunset => Assess(context, sunset)).OfType<RuleFinding>();

    private static RuleFinding? Assess(PersonContext context, Sunset sunset)
    {
        int today = context.Today,
            from = today - FeatureSunsetSettings.Of(context.Model).Days;
        if (
            today < sunset.Announced.DayNumber
            || today > sunset.Ends.DayNumber
            || context.Model.Features.FirstOrDefault(feature => feature.Id == sunset.Feature) is not { } retired
            || context.Model.Features.FirstOrDefault(feature => feature.Id == sunset.ReplacementFeature) is not { } replacement
            || context.Usage.LastOf(retired.Events) is not { } lastUse
            || Days.Of(lastUse) < from
        )
            return null;
        int[] indexes = context.Usage.IndexesOf(retired.Events);
        var used = context
            .Usage.Buckets.Where(bucket => bucket.Day >= from && bucket.Day <= today && indexes.Any(index => bucket.Count(index) > 0))
            .Select(bucket => bucket.Day)
            .ToList();
        if (used.Count == 0 || context.Usage.LastOf(replacement.Events) is { } moved && Days.Of(moved) >= sunset.Announced.DayNumber)
            return null;
        var last = Days.Date(Days.Of(lastUse));
        return new RuleFinding(
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
}
