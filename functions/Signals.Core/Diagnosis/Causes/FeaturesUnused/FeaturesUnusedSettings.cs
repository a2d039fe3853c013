using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.FeaturesUnused;

/// <summary>
/// Key features of the plan that nobody used in <see cref="Days"/> days, once the account is <see cref="AgeDays"/> days old and the
/// unused share of them is at least <see cref="Share"/>.
/// </summary>
public sealed record FeaturesUnusedSettings(int Days = 30, double Share = 0.5, int AgeDays = 30)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly FeaturesUnusedSettings Usual = new();

    public static FeaturesUnusedSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static FeaturesUnusedSettings Read(ObjectReader cause) =>
        new(
            cause.Read("days", CauseNumbers.LongDays, Usual.Days),
            cause.Read("share", CauseNumbers.Share, Usual.Share),
            cause.Read("ageDays", Expect.Whole("days", 0, 365), Usual.AgeDays)
        );
}
