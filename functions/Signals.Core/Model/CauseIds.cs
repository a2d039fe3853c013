namespace Signals.Core.Model;

/// <summary>The causes that Signals can find. The ids are part of the model file, the API and every alert.</summary>
public static class CauseIds
{
    public const string OnboardingStalled = "onboarding-stalled";
    public const string ValueNotFound = "value-not-found";
    public const string FeaturesUnused = "features-unused";
    public const string Friction = "friction";
    public const string SupportUnhappy = "support-unhappy";
    public const string UsageDrop = "usage-drop";
    public const string ChampionLeft = "champion-left";
    public const string SeatsShrinking = "seats-shrinking";
    public const string NeverTookOff = "never-took-off";
    public const string PriceOverValue = "price-over-value";
    public const string NeedsChanged = "needs-changed";
    public const string PaymentFailing = "payment-failing";
    public const string FeatureSunset = "feature-sunset";
    public const string Delight = "delight";

    public static readonly IReadOnlyList<string> All =
    [
        OnboardingStalled, ValueNotFound, FeaturesUnused, Friction, SupportUnhappy, UsageDrop, ChampionLeft,
        SeatsShrinking, NeverTookOff, PriceOverValue, NeedsChanged, PaymentFailing, FeatureSunset, Delight,
    ];
}
