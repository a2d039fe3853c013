using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>The chance to leave by a day ahead, read off the calibration's curve of staying.</summary>
/// <remarks>
/// Between two horizons the hazard is taken as even, before the first and beyond the last as that of the nearest interval: the curve of
/// staying falls by the same share each day.
/// </remarks>
public static class RenewalChance
{
    /// <summary>0 to 1; 0 where the score tells no chance.</summary>
    public static double By(RiskAssessment risk, int days)
    {
        if (risk.Chances.Count == 0 || days <= 0)
            return 0;
        double stays = 1;
        int from = 0;
        for (int i = 0; i < risk.Chances.Count; i++)
        {
            var (to, probability) = risk.Chances[i];
            double stayed = Math.Max(0, 1 - probability),
                share = stays <= 0 ? 0 : stayed / stays;
            if (days <= to || i == risk.Chances.Count - 1)
                return 1 - stays * Math.Pow(share, (double)(days - from) / (to - from));
            (stays, from) = (stayed, to);
        }
        return 0;
    }
}
