using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.UsageDrop;

/// <summary>
/// Value of the last <see cref="Days"/> days fell by <see cref="Fall"/> (a share) or more under the account's own level of the
/// <see cref="BaselineDays"/> days before, which was real use: <see cref="ActiveDays"/> days or more with value. Without value for
/// <see cref="ForgetDays"/> days it is history.
/// </summary>
public sealed record UsageDropSettings(int Days = 14, double Fall = 0.5, int BaselineDays = 56, int ActiveDays = 6, int ForgetDays = 120)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly UsageDropSettings Usual = new();

    public static UsageDropSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static UsageDropSettings Read(ObjectReader cause)
    {
        var baseline = cause.Read("baselineDays", CauseNumbers.BaselineDays, Usual.BaselineDays);
        var active = cause.Read("activeDays", Expect.Whole("days", 1, 300), Math.Min(Usual.ActiveDays, baseline));
        if (active > baseline)
            cause.RefuseProperty("activeDays", $"at most the {baseline} days of the baseline");
        return new(
            cause.Read("days", CauseNumbers.WindowDays, Usual.Days),
            cause.Read("fall", CauseNumbers.Share, Usual.Fall),
            baseline,
            active,
            cause.Read("forgetDays", CauseNumbers.LongDays, Usual.ForgetDays)
        );
    }
}
