using Signals.Core.Causes;
using Signals.Core.Model;

namespace Signals.Core.Risk;

/// <summary>For each cause its confidence, times the share of the account that it is about; 0 when it does not hold.</summary>
internal static class CauseFeatures
{
    public static readonly IReadOnlyList<RiskFeature> All = [.. CauseIds.All.Select(Of)];

    private static RiskFeature Of(string cause)
    {
        string name = CauseNames.Of(cause);
        double weight = CauseScores.LogOdds(cause);
        return new RiskFeature(
            RiskFeatures.CausePrefix + cause, name, weight > 0 ? RiskDirection.Raises : RiskDirection.Lowers, weight,
            subject => Strength(subject, cause), subject => Describe(subject, cause, name));
    }

    private static double Strength(RiskSubject subject, string cause)
    {
        double strongest = 0;
        foreach (var found in subject.Causes)
        {
            if (found.Id == cause)
                strongest = Math.Max(strongest, found.Confidence * found.Share);
        }
        return strongest;
    }

    private static string Describe(RiskSubject subject, string cause, string name)
    {
        var found = subject.Causes.Where(found => found.Id == cause).MaxBy(found => found.Confidence * found.Share);
        if (found is null)
            return $"{name}: not found";
        string about = found.Share < 1 ? $", about {Format.Percent(found.Share)} of the account" : "";
        return $"{name}: {Format.Percent(found.Confidence)} sure{about}";
    }
}
