using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.NeedsChanged;

/// <summary>Intent to leave shown <see cref="Count"/> times or more within <see cref="Days"/> days.</summary>
public sealed record NeedsChangedSettings(int Count = 1, int Days = 30)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly NeedsChangedSettings Usual = new();

    public static NeedsChangedSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static NeedsChangedSettings Read(ObjectReader cause) =>
        new(cause.Read("count", CauseNumbers.Count, Usual.Count), cause.Read("days", CauseNumbers.LongDays, Usual.Days));
}
