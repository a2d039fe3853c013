using Signals.Core.Model;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Demo.Scripts;

/// <summary>
/// A part that some accounts of the story play: who they are, what they do each day, and what a review should make of it.
/// </summary>
public abstract class Script
{
    /// <summary>What the part is called, in kebab case.</summary>
    public abstract string Name { get; }

    /// <summary>How many accounts play it.</summary>
    public abstract int Accounts { get; }

    /// <summary>What the story is to end with.</summary>
    public abstract StoryEnd End { get; }

    /// <summary>Plan, size and dates of the account with that number.</summary>
    public abstract AccountShape Shape(int number, Random chance);

    /// <summary>What the account's people do on a day. They have signed in already when it is their first.</summary>
    public abstract void Play(StoryAccount account, StoryDay day);

    /// <summary>Called once for everybody who comes for the first time, before their first day is played.</summary>
    public virtual void SignIn(StoryAccount account, StoryPerson person, StoryDay day)
    {
        var visit = day.Visit(account, person).SignIn();
        if (account.CreatedOn >= 0 && person == account.Champion)
            visit.Track(
                account.TrialEndsOn is null ? "Subscription Period Started" : "Trial Started",
                facts =>
                {
                    facts.WriteString("plan", account.Plan);
                    facts.WriteNumber("mrr", account.Mrr);
                    facts.WriteNumber("seats", account.Seats);
                    facts.WriteString("endsAt", day.Moment(account.TrialEndsOn ?? account.CreatedOn + 365));
                }
            );
    }

    /// <summary>Called on the day on which the account's price changes: billing says so.</summary>
    public static void Reprice(StoryAccount account, StoryDay day) =>
        day.Visit(account, account.Champion)
            .Track(
                "Subscription Period Started",
                facts =>
                {
                    facts.WriteString("plan", account.Plan);
                    facts.WriteNumber("mrr", account.MrrOn(day.Index));
                    facts.WriteNumber("seats", account.Seats);
                    facts.WriteString("endsAt", day.Moment(account.RenewsOn ?? day.Index + 365));
                }
            );
}

/// <summary>What a review should say on the story's last day.</summary>
/// <param name="Cause">The first cause; null when none should be flagged.</param>
/// <param name="Detail">The step or feature it is about; null when any will do.</param>
/// <param name="Mildest">The mildest risk level that fits.</param>
/// <param name="Worst">The worst one.</param>
public sealed record StoryEnd(string? Cause, string? Detail, RiskLevel Mildest, RiskLevel Worst)
{
    /// <summary>A cause that may come before <see cref="Cause"/>, which then holds after it; null when none may.</summary>
    public string? After { get; init; }

    /// <summary>A cause that holds too, in whatever place; null when none need.</summary>
    public string? Holds { get; init; }

    /// <summary>Nothing to write about.</summary>
    public static StoryEnd Well { get; } = new(null, null, RiskLevel.Healthy, RiskLevel.Healthy);
}

/// <summary>What an account looks like before anything happens. Days are days of the story.</summary>
/// <param name="Plan">A plan of the model.</param>
/// <param name="People">How many are there from the beginning, or from the sign-up.</param>
/// <param name="CreatedOn">When they became a customer; negative before the story.</param>
public sealed record AccountShape(string Plan, int People, int CreatedOn)
{
    public bool Strategic { get; init; }

    public int? RenewsOn { get; init; }

    public int? TrialEndsOn { get; init; }

    /// <summary>The days on which further people join.</summary>
    public IReadOnlyList<int> Joiners { get; init; } = [];

    /// <summary>The day on which the price changes, and by what factor; null where it stays.</summary>
    public (int Day, double Factor)? Repriced { get; init; }

    /// <summary>True when everybody answers customers and nobody does anything else.</summary>
    public bool OnlyAgents { get; init; }

    /// <summary>An established customer: one of the plans, of a size that fits it.</summary>
    public static AccountShape Established(Random chance)
    {
        var (plan, people) = chance.NextDouble() switch
        {
            < 0.16 => ("free", chance.Next(1, 3)),
            < 0.58 => ("basic", chance.Next(2, 6)),
            < 0.88 => ("pro", chance.Next(6, 10)),
            _ => ("enterprise", chance.Next(14, 25)),
        };
        return Established(plan, people, chance);
    }

    public static AccountShape Established(string plan, int people, Random chance) =>
        new(plan, people, -chance.Next(60, 900))
        {
            Strategic = plan == "enterprise" && chance.NextDouble() < 0.5,
            RenewsOn = plan == "free" ? null : chance.Next(95, 450),
        };
}
