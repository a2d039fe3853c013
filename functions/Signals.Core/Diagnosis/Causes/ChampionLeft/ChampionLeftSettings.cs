using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.ChampionLeft;

/// <summary>
/// The person who carried <see cref="Share"/> or more of the account's value over <see cref="BaselineDays"/> days has been silent for
/// <see cref="SilentDays"/> days, in an account of <see cref="People"/> people or more; <see cref="SignDays"/> days are enough where their
/// address bounces or their role changed, and none where they were removed.
/// </summary>
public sealed record ChampionLeftSettings(int SilentDays = 14, double Share = 0.4, int BaselineDays = 56, int People = 2, int SignDays = 4)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly ChampionLeftSettings Usual = new();

    public static ChampionLeftSettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static ChampionLeftSettings Read(ObjectReader cause) =>
        new(
            cause.Read("silentDays", CauseNumbers.WindowDays, Usual.SilentDays),
            cause.Read("share", CauseNumbers.Share, Usual.Share),
            cause.Read("baselineDays", CauseNumbers.BaselineDays, Usual.BaselineDays),
            cause.Read("people", CauseNumbers.Count, Usual.People),
            cause.Read("signDays", CauseNumbers.WindowDays, Usual.SignDays)
        );
}
