using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// For each cause its confidence, times the share of the account that it is about, times what is left of it on the day; 0 when it does not
/// hold.
/// </summary>
internal static class CauseFeatures
{
    public static readonly IReadOnlyList<RiskFeature> All = [.. CauseCatalogue.Ids.Select(Of)];

    private static RiskFeature Of(string cause)
    {
        var name = CauseNames.Of(cause);
        var curve = CauseScores.Evidence(cause);
        return new RiskFeature(
            RiskFeatureIds.OfCause(cause),
            name.ToString(),
            curve.Adds[^1] > 0 ? RiskDirection.Raises : RiskDirection.Lowers,
            curve,
            subject => Strength(subject, cause),
            subject => Describe(subject, cause, name)
        );
    }

    private static double Strength(RiskSubject subject, string cause)
    {
        double strongest = 0;
        foreach (var found in subject.Causes)
        {
            if (found.Id == cause)
                strongest = Math.Max(strongest, found.Confidence * found.Share);
        }
        return strongest == 0 ? 0 : strongest * (CauseCatalogue.Find(cause)?.Freshness(subject.Context) ?? 1);
    }

    private static Phrase Describe(RiskSubject subject, string cause, Phrase name)
    {
        var found = subject.Causes.Where(found => found.Id == cause).MaxBy(found => found.Confidence * found.Share);
        if (found is null)
            return Phrase.Of($"{name}: not found");
        var (sure, share) = (Format.Percent(found.Confidence), Format.Percent(found.Share));
        return found.Share < 1 ? Phrase.Of($"{name}: {sure} sure, about {share} of the account") : Phrase.Of($"{name}: {sure} sure");
    }
}
