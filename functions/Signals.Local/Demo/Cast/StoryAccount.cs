using Signals.Local.Demo.Scripts;

namespace Signals.Local.Demo.Cast;

/// <summary>A customer of Nimbus with its people and the part it plays. Days are days of the story, negative before it.</summary>
public sealed record StoryAccount
{
    /// <summary>The group id, a slug of the name.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Script Script { get; init; }

    /// <summary>The how-manieth account of its script, from 0: what staggers those of one script.</summary>
    public required int Number { get; init; }

    public required string Plan { get; init; }

    /// <summary>US dollars a month.</summary>
    public required int Mrr { get; init; }

    /// <summary>The day of the story from which it pays another price, and what; null where the price stays.</summary>
    public (int Day, int Mrr)? Repriced { get; init; }

    public required int Seats { get; init; }

    public required string Csm { get; init; }

    public bool Strategic { get; init; }

    public required string Goal { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    public required int CreatedOn { get; init; }

    public int? RenewsOn { get; init; }

    public int? TrialEndsOn { get; init; }

    public required IReadOnlyList<StoryPerson> People { get; init; }

    /// <summary>Chance of this account alone, so that a change in one account's part leaves all others as they were.</summary>
    public required Random Chance { get; init; }

    /// <summary>What it pays a month on a day of the story.</summary>
    public int MrrOn(int day) => Repriced is { } then && day >= then.Day ? then.Mrr : Mrr;

    /// <summary>The first of its people: who signed up, or carries the account.</summary>
    public StoryPerson Champion => People[0];

    public bool IsPaidFeature(string feature) =>
        feature switch
        {
            "campaigns" => Plan is not "free",
            "reports" or "automations" => Plan is "pro" or "enterprise",
            _ => true,
        };
}
