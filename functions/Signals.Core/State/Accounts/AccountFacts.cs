using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;

namespace Signals.Core.State.Accounts;

/// <summary>What an account's traits and facts say, read through the model's plans.</summary>
/// <param name="Id">As the customer sent it.</param>
/// <param name="Name">What the team calls it: the name trait, else a person's own address, else the id.</param>
/// <param name="Plan">The plan's id, or null.</param>
/// <param name="Price">A month, in the model's currency: the trait or fact, else the plan's.</param>
/// <param name="Seats">The trait, else the plan's, else null.</param>
/// <param name="Csm">The CS manager's mail address, or null.</param>
/// <param name="Strategic">Alerted one level earlier.</param>
/// <param name="Goal">What they came for, or null.</param>
/// <param name="Stage">The customer's own word for it, or null.</param>
/// <param name="RenewalAt">When the contract renews.</param>
/// <param name="TrialEndsAt">When the trial ends.</param>
/// <param name="CreatedAt">When they became a customer.</param>
public sealed record AccountFacts(
    string Id,
    string Name,
    string? Plan,
    double Price,
    int? Seats,
    string? Csm,
    bool Strategic,
    string? Goal,
    string? Stage,
    DateTimeOffset? RenewalAt,
    DateTimeOffset? TrialEndsAt,
    DateTimeOffset? CreatedAt
)
{
    /// <summary>The name trait, which customers know; empty without one: an id or an address is no name to them.</summary>
    public string ToldName { get; init; } = "";

    /// <summary>True on a UTC day (by number) before the trial's last: then nothing is paid yet.</summary>
    public bool IsOnTrial(int day) => TrialEndsAt is { } ends && Days.Of(ends) > day;

    public static AccountFacts Of(AccountState account, ValueModel model)
    {
        var profile = account.Profile;
        var plan = model.PlanOf(profile[Traits.Plan]);
        return new AccountFacts(
            account.Id,
            profile[Traits.Name] ?? (account.Key.IsGroup ? null : profile[Traits.Email]) ?? account.Id,
            profile[Traits.Plan],
            PriceOf(profile[Traits.Price]) ?? PriceOf(profile[Traits.Mrr]) ?? plan?.Price ?? 0,
            Number(profile[Traits.Seats]) is { } seats and > 0 and < int.MaxValue ? (int)seats : plan?.Seats,
            Mailbox.Parse(profile[Traits.Csm])?.Address ?? profile[Traits.Csm],
            profile[Traits.Strategic] is "true" or "True" or "1" or "yes",
            profile[Traits.Goal],
            profile[Traits.Stage],
            Moment(profile[Traits.RenewalAt]),
            Moment(profile[Traits.TrialEndsAt]),
            Moment(profile[Traits.CreatedAt])
        )
        {
            ToldName = profile[Traits.Name] ?? "",
        };
    }

    /// <summary>A time trait; null when it is none.</summary>
    public static DateTimeOffset? Moment(string? text) => TraitTime.Read(text).Moment;

    /// <summary>Money is not owed by the seller.</summary>
    private static double? PriceOf(string? text) => Number(text) is { } price and >= 0 ? price : null;

    private static double? Number(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, null, out double number) && double.IsFinite(number) ? number : null;
}
