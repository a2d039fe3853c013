using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.PriceOverValue;

/// <summary>
/// Value per money paid over <see cref="Days"/> days in the cohort's lowest <see cref="Lowest"/> (a share) and under
/// <see cref="OfMedian"/> of its median, in a cohort of <see cref="Cohort"/> accounts or more.
/// </summary>
public sealed record PriceOverValueSettings(int Days = 30, int Cohort = 20, double Lowest = 0.1, double OfMedian = 0.5)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly PriceOverValueSettings Usual = new();

    public static PriceOverValueSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static PriceOverValueSettings Read(ObjectReader cause) =>
        new(
            cause.Read("days", CauseNumbers.WindowDays, Usual.Days),
            cause.Read("cohort", Expect.Whole("accounts", 5, 10_000), Usual.Cohort),
            cause.Read("lowest", Expect.Number("a share", 0.01, 0.5), Usual.Lowest),
            cause.Read("ofMedian", CauseNumbers.Share, Usual.OfMedian)
        );
}
