using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.NeverTookOff;

/// <summary>
/// <see cref="AgeDays"/> days after purchase or onboarding, less than <see cref="Share"/> of the account's people were ever active.
/// After <see cref="ForgetDays"/> days it is no longer about the start.
/// </summary>
public sealed record NeverTookOffSettings(int AgeDays = 28, double Share = 0.25, int ForgetDays = 180)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly NeverTookOffSettings Usual = new();

    public static NeverTookOffSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static NeverTookOffSettings Read(ObjectReader cause)
    {
        var age = cause.Read("ageDays", CauseNumbers.LongDays, Usual.AgeDays);
        var forget = cause.Read("forgetDays", CauseNumbers.LongDays, Math.Max(Usual.ForgetDays, age));
        if (forget < age)
            cause.RefuseProperty("forgetDays", $"at least the {age} days of \"ageDays\"");
        return new(age, cause.Read("share", CauseNumbers.Share, Usual.Share), forget);
    }
}
