using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// In the first days levels tell who gets on less well than others that began: that newcomers leave more often, and that a trial ends, is
/// true of all of them and says nothing of one. So levels begin later, by what the dates alone add, for who sets up at the usual pace.
/// </summary>
internal static class Newcomers
{
    /// <summary>It holds in full for so many days, and less and less until the first days are over.</summary>
    private const int InFull = 14;

    /// <summary>True for what is told by dates alone, whatever the customer does.</summary>
    public static bool IsOfDates(RiskFeature feature) => feature.Id is RiskFeatureIds.Age or RiskFeatureIds.DecisionDays;

    /// <param name="levels">The thresholds.</param>
    /// <param name="context">The account.</param>
    /// <param name="ofDates">Log-odds that the dates alone add.</param>
    public static RiskThresholds Raise(RiskThresholds levels, AccountContext context, double ofDates)
    {
        if (ofDates <= 0 || context.Pace is not { IsUsual: true } pace)
            return levels;
        double part = Math.Min(1, (double)(StartNorms.Days - pace.Age) / (StartNorms.Days - InFull)),
            times = Math.Exp(ofDates * part);
        return new RiskThresholds(Times(levels.Watch), Times(levels.AtRisk), Times(levels.Critical));

        double Times(double probability) => probability / (1 - probability) * times is var odds ? odds / (1 + odds) : 0;
    }
}
