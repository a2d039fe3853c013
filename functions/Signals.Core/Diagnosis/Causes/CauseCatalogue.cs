using Signals.Core.Diagnosis.Causes.ChampionLeft;
using Signals.Core.Diagnosis.Causes.Delight;
using Signals.Core.Diagnosis.Causes.FeatureSunset;
using Signals.Core.Diagnosis.Causes.FeaturesUnused;
using Signals.Core.Diagnosis.Causes.Friction;
using Signals.Core.Diagnosis.Causes.NeedsChanged;
using Signals.Core.Diagnosis.Causes.NeverTookOff;
using Signals.Core.Diagnosis.Causes.OnboardingStalled;
using Signals.Core.Diagnosis.Causes.PaymentFailing;
using Signals.Core.Diagnosis.Causes.PriceOverValue;
using Signals.Core.Diagnosis.Causes.SeatsShrinking;
using Signals.Core.Diagnosis.Causes.SupportUnhappy;
using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Diagnosis.Causes.ValueNotFound;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// The causes that Signals can find: the one list from which everything about causes derives, in the order in which they are told.
/// </summary>
public static class CauseCatalogue
{
    public static readonly IReadOnlyList<Cause> All =
    [
        new OnboardingStalledCause(),
        new ValueNotFoundCause(),
        new FeaturesUnusedCause(),
        new FrictionCause(),
        new SupportUnhappyCause(),
        new UsageDropCause(),
        new ChampionLeftCause(),
        new SeatsShrinkingCause(),
        new NeverTookOffCause(),
        new PriceOverValueCause(),
        new NeedsChangedCause(),
        new PaymentFailingCause(),
        new FeatureSunsetCause(),
        new DelightCause(),
    ];

    public static readonly IReadOnlyList<string> Ids = [.. All.Select(cause => cause.Id)];

    private static readonly Dictionary<string, Cause> ById = All.ToDictionary(cause => cause.Id, StringComparer.Ordinal);

    /// <summary>Null for an id that is no cause's.</summary>
    public static Cause? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>What a finding is about: the cause, and its detail where each is a matter by itself.</summary>
    public static (string Cause, string? Detail) TopicOf(string id, string? detail) =>
        (id, Find(id) is { IsByDetail: true } ? detail : null);

    public static bool IsNotice(string id) => Find(id) is { IsNotice: true };

    public static bool IsFelt(string id) => Find(id) is { IsFelt: true };

    public static bool IsOffer(string id) => Find(id) is { IsOffer: true };

    public static bool IsForBeginners(string id) => Find(id) is { IsForBeginners: true };

    public static bool IsPraise(string id) => Find(id) is { IsPraise: true };
}
