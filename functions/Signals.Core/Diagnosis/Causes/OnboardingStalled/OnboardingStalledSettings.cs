using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.OnboardingStalled;

/// <summary>
/// Account-level steps concern the first <see cref="FirstPeople"/> people of an account; a step that was failed
/// <see cref="Failures"/> times is stalled before its time has passed. A step unfinished for <see cref="ForgetDays"/> days is history.
/// </summary>
public sealed record OnboardingStalledSettings(int FirstPeople = 3, int Failures = 2, int ForgetDays = 90)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly OnboardingStalledSettings Usual = new();

    public static OnboardingStalledSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static OnboardingStalledSettings Read(ObjectReader cause) =>
        new(
            cause.Read("firstPeople", CauseNumbers.Count, Usual.FirstPeople),
            cause.Read("failures", CauseNumbers.Count, Usual.Failures),
            cause.Read("forgetDays", CauseNumbers.LongDays, Usual.ForgetDays)
        );
}
