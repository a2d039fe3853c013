using System.Collections.Frozen;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// How much a cause says that the customer will leave soon, as log-odds when it is certain and about the whole account. That is another
/// question than what is worth helping with, which <see cref="CauseScores"/> answers: a stuck step gets its mail at once, and most who
/// are stuck stay.
/// </summary>
/// <remarks>
/// Rounded and drawn towards 0 from shares of those who left where it was found against all, pooled over products of real people and
/// simulated ones; causes that none of them showed are by reason. The figures stand in docs/decisions/risk.md.
/// </remarks>
internal static class CauseEvidence
{
    private static readonly FrozenDictionary<string, double> Weights = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [CauseIds.OnboardingStalled] = 0.8,
        [CauseIds.ValueNotFound] = 1.1,
        [CauseIds.FeaturesUnused] = 0.4,
        [CauseIds.Friction] = 1.0,
        [CauseIds.SupportUnhappy] = 2.8,
        [CauseIds.UsageDrop] = 0.9,
        [CauseIds.ChampionLeft] = 1.6,
        [CauseIds.SeatsShrinking] = 1.2,
        [CauseIds.NeverTookOff] = 1.2,
        [CauseIds.PriceOverValue] = 0.5,
        [CauseIds.NeedsChanged] = 1.6,
        [CauseIds.PaymentFailing] = 2.8,
        [CauseIds.FeatureSunset] = 0.5,
        [CauseIds.Delight] = -0.6,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By reason alone, and less than that reason, for a cause that is not in the table.</summary>
    private const double Untried = 0.3;

    public static double LogOdds(string cause) => Weights.GetValueOrDefault(cause, Untried * CauseScores.LogOdds(cause));
}
