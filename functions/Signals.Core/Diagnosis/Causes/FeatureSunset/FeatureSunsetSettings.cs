using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.FeatureSunset;

/// <summary>Used what is being retired within <see cref="Days"/> days, and not its replacement.</summary>
public sealed record FeatureSunsetSettings(int Days = 30)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly FeatureSunsetSettings Usual = new();

    public static FeatureSunsetSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static FeatureSunsetSettings Read(ObjectReader cause) => new(cause.Read("days", CauseNumbers.LongDays, Usual.Days));
}
