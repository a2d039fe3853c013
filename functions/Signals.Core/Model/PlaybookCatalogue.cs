namespace Signals.Core.Model;

/// <summary>The playbooks that hold where a model says nothing else. Each message has its cause's name.</summary>
public static class PlaybookCatalogue
{
    private static readonly Goal OverTheFloor = new(Floor: true);
    private static readonly Goal TheFeature = new(Feature: Goal.Any);

    private static readonly IReadOnlyList<Playbook> Usual =
    [
        new() { Cause = CauseIds.OnboardingStalled, Priority = 70, Message = CauseIds.OnboardingStalled, Goal = new(Step: Goal.Any) },
        new() { Cause = CauseIds.ValueNotFound, Priority = 60, Message = CauseIds.ValueNotFound, Goal = OverTheFloor },
        new()
        {
            Cause = CauseIds.FeaturesUnused, Priority = 30, Message = CauseIds.FeaturesUnused, To = Audience.Champion, Goal = TheFeature,
            GoalDays = 30, CooldownDays = 60,
        },
        new() { Cause = CauseIds.Friction, Priority = 80, Message = CauseIds.Friction, Goal = OverTheFloor },

        // Someone unhappy is answered by a person, soon: a template would be one more thing that went wrong.
        new() { Cause = CauseIds.SupportUnhappy, Priority = 95, Message = null, CooldownDays = 14, Alert = RiskLevel.Watch },
        new()
        {
            Cause = CauseIds.UsageDrop, Priority = 60, Message = CauseIds.UsageDrop, To = Audience.Champion, Goal = OverTheFloor,
            GoalDays = 21, CooldownDays = 60,
        },
        new()
        {
            Cause = CauseIds.ChampionLeft, Priority = 55, Message = CauseIds.ChampionLeft, To = Audience.NextMostActive, Goal = OverTheFloor,
            GoalDays = 30, CooldownDays = 90, Alert = RiskLevel.Watch,
        },
        new()
        {
            Cause = CauseIds.SeatsShrinking, Priority = 35, Message = CauseIds.SeatsShrinking, To = Audience.Admin, Goal = OverTheFloor,
            GoalDays = 30, CooldownDays = 60,
        },
        new()
        {
            Cause = CauseIds.NeverTookOff, Priority = 50, Message = CauseIds.NeverTookOff, To = Audience.Champion, Goal = OverTheFloor,
            GoalDays = 30, CooldownDays = 60,
        },
        new()
        {
            Cause = CauseIds.PriceOverValue, Priority = 20, Message = CauseIds.PriceOverValue, To = Audience.Admin, Goal = TheFeature,
            GoalDays = 30, CooldownDays = 90,
        },
        new()
        {
            Cause = CauseIds.NeedsChanged, Priority = 75, Message = CauseIds.NeedsChanged, Goal = OverTheFloor,
            GoalDays = 30, CooldownDays = 60, Alert = RiskLevel.Watch,
        },
        new()
        {
            Cause = CauseIds.PaymentFailing, Priority = 100, Message = CauseIds.PaymentFailing, To = Audience.Admin,
            CooldownDays = 7, Alert = RiskLevel.Watch,
        },

        // Notices have their own days; a cooldown would swallow the second.
        new()
        {
            Cause = CauseIds.FeatureSunset, Priority = 90, Message = CauseIds.FeatureSunset, Goal = TheFeature, GoalDays = 30, CooldownDays = 0,
        },
        new() { Cause = CauseIds.Delight, Priority = 0, Message = CauseIds.Delight, GoalDays = 30, CooldownDays = 180, Alert = null },
    ];

    /// <summary>Every cause's playbook. A payment message has worked when the first of the events that mean recovery has come.</summary>
    public static IReadOnlyDictionary<string, Playbook> For(BillingDefinition billing) => Usual
        .Select(playbook => playbook.Cause == CauseIds.PaymentFailing && billing.Recovered.Count > 0
            ? playbook with { Goal = new(Event: billing.Recovered[0]) }
            : playbook)
        .ToDictionary(playbook => playbook.Cause, StringComparer.Ordinal);
}
