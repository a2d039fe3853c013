using Signals.Core.Model;

namespace Signals.Web.Dashboard;

/// <summary>What a CS manager does first about a cause, in one sentence.</summary>
internal static class NextSteps
{
    /// <param name="reader">Who is told.</param>
    /// <param name="cause">The cause's id; null where none is sure.</param>
    public static string Of(Reader reader, string? cause) =>
        cause switch
        {
            CauseIds.OnboardingStalled => reader.Say("Offer half an hour to do the step together."),
            CauseIds.ValueNotFound => reader.Say("Ask what they came for, and show the shortest way to it."),
            CauseIds.FeaturesUnused => reader.Say("Show the one feature that fits what they came for."),
            CauseIds.Friction => reader.Say("Apologise, say what is done about it, and show a way around it."),
            CauseIds.SupportUnhappy => reader.Say("Call whoever wrote, and say who solves it and by when."),
            CauseIds.UsageDrop => reader.Say("Ask what changed for them before you offer anything."),
            CauseIds.ChampionLeft => reader.Say("Find who takes over, and offer them a short start."),
            CauseIds.SeatsShrinking => reader.Say("Ask who else should work with it, or make the seats fit."),
            CauseIds.NeverTookOff => reader.Say("Agree on one first win, who does it and by when."),
            CauseIds.PriceOverValue => reader.Say("Go through what they use of what they pay for; a smaller plan is an answer too."),
            CauseIds.NeedsChanged => reader.Say("Ask what they need now, and lay out honest options."),
            CauseIds.PaymentFailing => reader.Say("Tell whoever pays which payment failed, and how to mend it."),
            CauseIds.FeatureSunset => reader.Say("Go through the move with them before the date."),
            CauseIds.Delight => reader.Say("Thank them."),
            _ => reader.Say("Look at what raised the score, and ask how things are."),
        };
}
