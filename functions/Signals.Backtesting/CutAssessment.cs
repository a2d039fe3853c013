using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.Assessments;

namespace Signals.Backtesting;

/// <summary>
/// One account at one cut, in few bytes: there is one for each account and cut. Causes are bits in the order of
/// <see cref="CauseCatalogue.Ids"/>.
/// </summary>
internal readonly record struct CutAssessment(
    ReplayAccount Account,
    float LogOdds,
    ushort Causes,
    byte Score,
    sbyte Primary,
    RiskLevel Level,
    byte Mails,
    byte HeldOut
)
{
    public bool IsFlagged => Level >= BacktestSettings.AlertLevel;

    public static CutAssessment Of(ReplayAccount account, Assessment assessment, int mails, int heldOut)
    {
        int causes = 0;
        foreach (var cause in assessment.Causes)
            causes |= 1 << IndexOf(cause.Id);
        int primary = assessment.Primary is { } first ? IndexOf(first.Id) : -1;
        return new CutAssessment(
            account,
            (float)assessment.Risk.LogOdds,
            (ushort)causes,
            (byte)assessment.Risk.Score,
            (sbyte)primary,
            assessment.Risk.Level,
            (byte)Math.Min(mails, byte.MaxValue),
            (byte)Math.Min(heldOut, byte.MaxValue)
        );
    }

    public bool Has(int cause) => (Causes & (1 << cause)) != 0;

    /// <summary>True when the account churned at the cut or after it, before the horizon's end.</summary>
    public bool ChurnsWithin(DateTimeOffset cut, DateTimeOffset end) => Account.Current.ChurnsWithin(cut, end);

    private static int IndexOf(string cause)
    {
        for (int i = 0; i < CauseCatalogue.Ids.Count; i++)
        {
            if (CauseCatalogue.Ids[i] == cause)
                return i;
        }
        throw new ArgumentOutOfRangeException(nameof(cause), cause, "There is no such cause.");
    }
}
