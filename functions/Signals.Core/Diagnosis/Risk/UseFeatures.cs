using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// What the model names, counted: each event, each feature, obstacles per use, and the plan. By reason they weigh nothing, for which of
/// them keeps customers differs from product to product; history gives them their weights.
/// </summary>
internal static class UseFeatures
{
    /// <summary>Obstacles are rated only against some use.</summary>
    private const int LeastUse = 5;

    /// <summary>Days after which it matters no more how long ago an event was.</summary>
    private const int LongAgo = 200;

    public static IEnumerable<RiskFeature> Of(ValueModel model)
    {
        foreach (string name in RiskFeatureIds.CountedEvents(model))
            yield return Counted(RiskFeatureIds.OfEvent(name), Phrase.Of($"{Format.Quoted(name)} events"), [name], RiskDirection.Either);
        foreach (string name in RiskFeatureIds.DatedEvents(model))
        {
            yield return CountedIn(RiskFeatureIds.RecentDays, name);
            yield return CountedIn(RiskFeatureIds.LongDays, name);
            yield return Since(name);
        }
        foreach (var feature in RiskFeatureIds.CountedFeatures(model))
            yield return Counted(RiskFeatureIds.OfUse(feature), Phrase.Of($"uses of {feature.Name}"), feature.Events, RiskDirection.Lowers);
        string[] uses = [.. model.Value.From.Select(source => source.Event).Distinct(StringComparer.Ordinal)];
        foreach (var kind in model.Friction)
            yield return Friction(kind, uses);
        foreach (var plan in model.Plans.Values)
        {
            yield return new RiskFeature(
                RiskFeatureIds.OfPlan(plan),
                $"on the plan {plan.Id}",
                RiskDirection.Either,
                Curve.Line(0, 0, 1),
                subject => string.Equals(subject.Context.Facts.Plan, plan.Id, StringComparison.OrdinalIgnoreCase) ? 1 : 0,
                subject => subject.Context.Facts.Plan is { } id ? Phrase.Of($"plan {id}") : Phrase.Of("no known plan")
            );
        }
    }

    /// <summary>Counts as log2(1 + n): a hundred more mean little to who has thousands.</summary>
    private static RiskFeature Counted(string id, Phrase name, IReadOnlyList<string> events, RiskDirection direction) =>
        new(
            id,
            name.ToString(),
            direction,
            Curve.Line(0, 0, 2, 4, 7, 10),
            subject => Math.Log2(1 + subject.Count(events)),
            subject => Phrase.Of($"{subject.Count(events)} {name} {subject.InWindow}")
        );

    /// <summary>Over fewer days or more than the window: whether it is much lately, or was much once.</summary>
    private static RiskFeature CountedIn(int days, string name)
    {
        return new RiskFeature(
            RiskFeatureIds.OfEvent(name, days),
            $"{Format.Quoted(name)} events in {days} days",
            RiskDirection.Either,
            Curve.Line(0, 0, 1, 2, 3, 4, 7, 10),
            subject => Math.Log2(1 + Count(subject)),
            subject => Phrase.Of($"{Count(subject)} {Phrase.Of($"{Format.Quoted(name)} events")} {subject.Context.UpToToday(days)}")
        );

        long Count(RiskSubject subject) => subject.Usage.Count([name], subject.Today - days + 1, subject.Today);
    }

    /// <summary>Days since it occurred last; never is long ago.</summary>
    private static RiskFeature Since(string name)
    {
        return new RiskFeature(
            RiskFeatureIds.OfLast(name),
            $"days since the last {Format.Quoted(name)}",
            RiskDirection.Either,
            Curve.Line(0, 0, 3, 7, 14, 21, 30, 60, 120, LongAgo),
            subject => Last(subject) is { } day ? Math.Clamp(subject.Today - day, 0, LongAgo) : LongAgo,
            subject =>
                Last(subject) is { } day
                    ? Phrase.Of($"the last {Format.Quoted(name)} on {Days.Date(day)}")
                    : Phrase.Of($"no {Format.Quoted(name)} yet")
        );

        int? Last(RiskSubject subject) => subject.Usage.LastOf([name]) is { } last ? Days.Of(last) : null;
    }

    /// <summary>Obstacles per event of value, as log2 with half an obstacle added: who uses it twice as much meets twice as many.</summary>
    private static RiskFeature Friction(FrictionKind kind, IReadOnlyList<string> uses) =>
        new(
            RiskFeatureIds.OfFriction(kind),
            $"{kind.Name} per use",
            RiskDirection.Raises,
            Curve.Line(0, -8, -5, -3, -1, 1),
            subject => subject.Count(uses) is var used && used >= LeastUse ? Math.Log2((subject.Count(kind.Events) + 0.5) / used) : null,
            subject => Phrase.Of($"{subject.Count(kind.Events)} {kind.Name} in {subject.Count(uses)} uses {subject.InWindow}")
        );
}
