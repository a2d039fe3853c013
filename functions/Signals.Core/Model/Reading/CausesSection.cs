namespace Signals.Core.Model.Reading;

/// <summary>Every cause's numbers: what the file says, over the defaults.</summary>
internal static class CausesSection
{
    public static CauseSettings Read(ObjectReader model, IReadOnlyList<CauseSection> causes) =>
        model.Object(
            "causes",
            section =>
                causes.Aggregate(
                    CauseSettings.Usual,
                    (settings, cause) => section.Object(cause.Id, cause.ReadSettings) is { } read ? settings.With(read) : settings
                )
        ) ?? CauseSettings.Usual;
}
