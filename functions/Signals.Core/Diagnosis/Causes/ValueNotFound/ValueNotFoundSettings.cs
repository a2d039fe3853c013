using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.ValueNotFound;

/// <summary>
/// Came <see cref="Sessions"/> times or more within the floor's window, yet stayed under the floor, from the age on at which most others
/// had found value, or from <see cref="AfterDays"/> days after the first event where too few others tell.
/// </summary>
public sealed record ValueNotFoundSettings(int Sessions = 2, int AfterDays = 7)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly ValueNotFoundSettings Usual = new();

    public static ValueNotFoundSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static ValueNotFoundSettings Read(ObjectReader cause) =>
        new(
            cause.Read("sessions", CauseNumbers.Count, Usual.Sessions),
            cause.Read("afterDays", Expect.Whole("days", 0, 365), Usual.AfterDays)
        );
}
