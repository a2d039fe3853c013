using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.Friction;

/// <summary>
/// One kind of obstacle met far more often per unit of value than the norm, which is the cohort's and the person's own of the
/// <see cref="BaselineDays"/> days of use before: in the last <see cref="Days"/> days of use, or all along. <see cref="Times"/> times the
/// norm is full confidence; fewer than <see cref="Count"/> occurrences are never sure. What people wrote of it counts for
/// <see cref="WrittenDays"/> days.
/// </summary>
public sealed record FrictionSettings(int Days = 14, int Count = 5, double Times = 3, int BaselineDays = 56, int WrittenDays = 14)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly FrictionSettings Usual = new();

    public static FrictionSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static FrictionSettings Read(ObjectReader cause) =>
        new(
            cause.Read("days", CauseNumbers.WindowDays, Usual.Days),
            cause.Read("count", CauseNumbers.Count, Usual.Count),
            cause.Read("times", Expect.Number("a factor", 1, 100), Usual.Times),
            cause.Read("baselineDays", CauseNumbers.BaselineDays, Usual.BaselineDays),
            cause.Read("writtenDays", CauseNumbers.WindowDays, Usual.WrittenDays)
        );
}
