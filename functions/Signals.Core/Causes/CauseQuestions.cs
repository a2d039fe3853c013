using Signals.Core.Model;

namespace Signals.Core.Causes;

/// <summary>What a CS manager might ask a customer, by cause.</summary>
public static class CauseQuestions
{
    private static readonly Dictionary<string, string[]> Questions = new(StringComparer.Ordinal)
    {
        [CauseIds.OnboardingStalled] = ["Who is setting this up on their side, and what stopped them?", "Would half an hour together finish the step?"],
        [CauseIds.ValueNotFound] = ["What did they come to do?", "Where did they look for it?"],
        [CauseIds.FeaturesUnused] = ["Which of these did they buy the plan for?", "What would have to be true for them to use it this month?"],
        [CauseIds.Friction] = ["Is it fixed, and do they know?", "What did it cost them?"],
        [CauseIds.SupportUnhappy] = ["Has a person answered, and did that solve it?", "What would make it right?"],
        [CauseIds.UsageDrop] = ["Is the person who championed it still there?", "Has a bigger priority come up?", "Do they have the people and time they had before?"],
        [CauseIds.ChampionLeft] = ["Who uses it most now?", "Who would miss it?"],
        [CauseIds.SeatsShrinking] = ["Did the team shrink, or its use?", "Who was it bought for?"],
        [CauseIds.NeverTookOff] = ["What did they want to achieve by now?", "Have they a plan, the people, and the time?", "What changed since they bought it?"],
        [CauseIds.PriceOverValue] = ["What is it worth to them today?", "Would another plan fit better?"],
        [CauseIds.NeedsChanged] = ["What changed?", "Would a pause or an export help?"],
        [CauseIds.PaymentFailing] = ["Do they know that the payment failed?", "Who pays the bills there?"],
        [CauseIds.FeatureSunset] = ["What do they still use it for?", "What keeps them from moving?"],
        [CauseIds.Delight] = ["What went so well?", "Would they tell others?"],
    };

    public static IReadOnlyList<string> Of(string cause) => Questions.GetValueOrDefault(cause, []);
}
