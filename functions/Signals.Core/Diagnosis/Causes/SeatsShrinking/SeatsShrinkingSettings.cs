using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.SeatsShrinking;

/// <summary>
/// Active people over paid seats fell by <see cref="Fall"/> (a share) or more against <see cref="Days"/> days ago, when
/// <see cref="People"/> people or more were active.
/// </summary>
public sealed record SeatsShrinkingSettings(int Days = 30, double Fall = 0.25, int People = 3)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly SeatsShrinkingSettings Usual = new();

    public static SeatsShrinkingSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static SeatsShrinkingSettings Read(ObjectReader cause) =>
        new(
            cause.Read("days", CauseNumbers.WindowDays, Usual.Days),
            cause.Read("fall", CauseNumbers.Share, Usual.Fall),
            cause.Read("people", CauseNumbers.Count, Usual.People)
        );
}
