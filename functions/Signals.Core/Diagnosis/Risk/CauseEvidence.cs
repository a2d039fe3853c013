using System.Collections.Frozen;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// How much a cause says that the customer will leave soon, as log-odds by its confidence times its share of the account. That is another
/// question than what is worth helping with, which <see cref="CauseScores"/> answers: a stuck step gets its mail at once, and most who
/// are stuck stay.
/// </summary>
/// <remarks>
/// Rounded and drawn towards 0 from shares of those who left where it was found against all, pooled over products of real people and
/// simulated ones; causes that none of them showed are by reason. The figures stand in docs/decisions/risk.md.
/// </remarks>
internal static class CauseEvidence
{
    private static readonly FrozenDictionary<string, RiskCurve> Curves = new Dictionary<string, RiskCurve>(StringComparer.Ordinal)
    {
        // A step that is late is worth a mail; one that failed time and again, for all of them, a person should hear of.
        [CauseIds.OnboardingStalled] = RiskCurve.Of((0, 0), (0.85, 0.5), (0.9, 2)),
        [CauseIds.ValueNotFound] = RiskCurve.Line(1.3, 0, 1),
        [CauseIds.FeaturesUnused] = RiskCurve.Line(0.4, 0, 1),
        [CauseIds.Friction] = RiskCurve.Line(1.2, 0, 1),
        [CauseIds.SupportUnhappy] = RiskCurve.Of((0, 0), (0.6, 0.9), (0.9, 2.6), (1, 2.8)),
        // A fall says little; one to next to nothing, sure and fresh, is by reason another matter.
        [CauseIds.UsageDrop] = RiskCurve.Of((0, 0), (0.75, 0.5), (0.95, 2)),
        [CauseIds.ChampionLeft] = RiskCurve.Line(1.6, 0, 1),
        [CauseIds.SeatsShrinking] = RiskCurve.Line(1.2, 0, 1),
        [CauseIds.NeverTookOff] = RiskCurve.Line(1.2, 0, 1),
        [CauseIds.PriceOverValue] = RiskCurve.Line(0.5, 0, 1),
        // One look at the way out is curiosity; several, or words of leaving, are not.
        [CauseIds.NeedsChanged] = RiskCurve.Of((0, 0), (0.8, 0.7), (0.95, 2.4)),
        [CauseIds.PaymentFailing] = RiskCurve.Line(3.4, 0, 1),
        [CauseIds.FeatureSunset] = RiskCurve.Line(0.5, 0, 1),
        [CauseIds.Delight] = RiskCurve.Line(-0.6, 0, 1),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By reason alone, and less than that reason, for a cause that is not in the table.</summary>
    private const double Untried = 0.3;

    public static RiskCurve Of(string cause) =>
        Curves.GetValueOrDefault(cause) ?? RiskCurve.Line(Untried * CauseScores.LogOdds(cause), 0, 1);
}
