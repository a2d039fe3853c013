using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// The probability to leave within the calibration's horizon and within longer ones: one curve of staying, interval after interval, so that
/// a longer horizon never tells less than a shorter one and all of them agree.
/// </summary>
/// <remarks>
/// Hazards in discrete time: Singer and Willett, "It's About Time" (1993). Who is at risk now is less so later: each later interval has a
/// slope of its own, fitted on those who were still there, and tells more where a date to decide on lies in it.
/// </remarks>
public static class Horizons
{
    private const int Digits = 4;

    /// <param name="fitted">The calibration.</param>
    /// <param name="logOdds">The score.</param>
    /// <param name="decidesIn">Days to the next decision; null for none known.</param>
    public static IReadOnlyList<RiskChance> Of(RiskCalibration fitted, double logOdds, int? decidesIn)
    {
        double stays = 1 - LogisticRegression.Logistic(logOdds);
        var chances = new List<RiskChance> { new(fitted.HorizonDays, Math.Round(1 - stays, Digits)) };
        foreach (var later in fitted.Later)
        {
            stays *= 1 - LogisticRegression.Logistic(later.LogOddsOf(logOdds, decidesIn));
            chances.Add(new RiskChance(later.ToDays, Math.Round(1 - stays, Digits)));
        }
        return chances;
    }

    /// <summary>What is usual within so many days, over all customers; null where the calibration does not tell.</summary>
    public static double? UsualWithin(RiskCalibration fitted, int days)
    {
        if (fitted.BaseRate is not { } rate)
            return null;
        double stays = 1 - rate;
        foreach (var later in fitted.Later.Where(later => later.ToDays <= days))
            stays *= 1 - later.BaseRate;
        return 1 - stays;
    }
}
