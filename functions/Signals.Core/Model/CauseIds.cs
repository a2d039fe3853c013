namespace Signals.Core.Model;

/// <summary>
/// Ids of causes that code outside their own folders names; they are part of the model file, the API and every alert. Which causes there
/// are is for the catalogue in Diagnosis to say: a cause that nothing else names needs no line here.
/// </summary>
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
}
