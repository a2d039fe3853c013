using Signals.Core.Model;

namespace Signals.Core.Causes;

/// <summary>What people call the causes.</summary>
public static class CauseNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [CauseIds.OnboardingStalled] = "Onboarding stalled",
        [CauseIds.ValueNotFound] = "Value not found",
        [CauseIds.FeaturesUnused] = "Paid features unused",
        [CauseIds.Friction] = "Friction",
        [CauseIds.SupportUnhappy] = "Unhappy with support",
        [CauseIds.UsageDrop] = "Usage drop",
        [CauseIds.ChampionLeft] = "Champion left",
        [CauseIds.SeatsShrinking] = "Seats shrinking",
        [CauseIds.NeverTookOff] = "Never took off",
        [CauseIds.PriceOverValue] = "Price over value",
        [CauseIds.NeedsChanged] = "Needs changed",
        [CauseIds.PaymentFailing] = "Payment failing",
        [CauseIds.FeatureSunset] = "Feature sunset",
        [CauseIds.Delight] = "Delight",
    };

    public static string Of(string cause) => Names.GetValueOrDefault(cause, cause);
}
