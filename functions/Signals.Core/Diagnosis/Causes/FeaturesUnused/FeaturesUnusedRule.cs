using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.FeaturesUnused;

/// <summary>
/// Key features that the account pays for and nobody in it used in the window. A feature that no customer at all has used for a whole
/// window is not instrumented yet, and stays out of it; so does a plan that they came to within the window.
/// </summary>
public sealed class FeaturesUnusedRule : IAccountRule
{
    private const double LeastConfidence = 0.5;
    private const double ConfidenceRange = 0.4;

    public string Cause => CauseIds.FeaturesUnused;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = FeaturesUnusedSettings.Of(context.Model);
        int from = context.Today - settings.Days + 1;
        if (
            context.Facts.Price <= 0
            || context.Usage.FirstDay is not { } first
            || context.Today - first < settings.AgeDays
            || context.Usage.Value(from, context.Today) <= 0
            || (context.Account.Plans.Changed && context.Account.Plans.Since(context.Facts.Plan) > from)
        )
            return null;
        var key = context
            .Model.FeaturesOf(context.Facts.Plan)
            .Where(feature =>
                feature.Key
                && !context.Model.IsRetiring(feature.Id, context.Today)
                && feature.Events.Any(name => context.Known.EventSince(name) < from)
            )
            .ToList();
        var unused = key.Where(feature => context.Usage.Count(feature.Events, from, context.Today) == 0).ToList();
        if (unused.Count == 0)
            return null;
        double share = (double)unused.Count / key.Count;
        if (share < settings.Share)
            return null;

        double confidence = LeastConfidence + ConfidenceRange * (settings.Share < 1 ? (share - settings.Share) / (1 - settings.Share) : 1);
        var best = BestFor(unused, context.Facts.Goal);
        var names = Format.List(unused.Select(feature => feature.Name));
        return new RuleFinding(
            confidence,
            best.Id,
            () =>
                [
                    new Evidence(
                        Phrase.Of($"{unused.Count} of {key.Count} key features of the plan unused {context.InDays(settings.Days)}"),
                        Format.Percent(share),
                        Phrase.Of($"under {Format.Percent(settings.Share)}"),
                        Days.Date(Math.Max(from, first))
                    ),
                    new Evidence(
                        Phrase.Of($"nobody used {names}"),
                        Format.Count(unused.Count, "{0} feature", "{0} features"),
                        Phrase.Of("in use"),
                        Days.Date(Math.Max(from, first))
                    ),
                ]
        );
    }

    /// <summary>The feature that shares most words with what they came for; else the model's first.</summary>
    private static Feature BestFor(List<Feature> features, string? goal) => features.MaxBy(feature => GoalWords.Shared(feature, goal))!;
}
