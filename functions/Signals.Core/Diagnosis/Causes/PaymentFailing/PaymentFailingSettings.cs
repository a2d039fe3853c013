using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.PaymentFailing;

/// <summary>
/// <see cref="Failures"/> failed payments or more, the first of them <see cref="GraceHours"/> hours ago and none made good since.
/// After <see cref="ForgetDays"/> days it is history.
/// </summary>
public sealed record PaymentFailingSettings(int Failures = 1, double GraceHours = 24, int ForgetDays = 60)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly PaymentFailingSettings Usual = new();

    public static PaymentFailingSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static PaymentFailingSettings Read(ObjectReader cause) =>
        new(
            cause.Read("failures", CauseNumbers.Count, Usual.Failures),
            cause.Read("graceHours", Expect.Number("hours", 0, 720), Usual.GraceHours),
            cause.Read("forgetDays", CauseNumbers.LongDays, Usual.ForgetDays)
        );
}
