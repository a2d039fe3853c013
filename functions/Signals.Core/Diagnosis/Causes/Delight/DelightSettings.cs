using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.Delight;

/// <summary>
/// An NPS of <see cref="Nps"/> or more, a CSAT of <see cref="Csat"/> or more, words that are positive with confidence
/// <see cref="Positive"/> or more, or value that rose by <see cref="Rise"/> (a share) or more over the level before, within
/// <see cref="Days"/> days.
/// </summary>
public sealed record DelightSettings(int Nps = 9, int Csat = 5, double Positive = 0.8, double Rise = 1, int Days = 14)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly DelightSettings Usual = new();

    public static DelightSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static DelightSettings Read(ObjectReader cause) =>
        new(
            cause.Read("nps", CauseNumbers.Nps, Usual.Nps),
            cause.Read("csat", CauseNumbers.Csat, Usual.Csat),
            cause.Read("positive", CauseNumbers.Confidence, Usual.Positive),
            cause.Read("rise", Expect.Number("a share", 0.01, 100), Usual.Rise),
            cause.Read("days", CauseNumbers.WindowDays, Usual.Days)
        );
}
