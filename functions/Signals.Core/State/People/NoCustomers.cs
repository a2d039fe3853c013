using Signals.Core.Model;

namespace Signals.Core.State.People;

/// <summary>Tells people who are no customers from those who are, by the model's rules: staff, tests, bots, machines.</summary>
/// <remarks>
/// What they did is kept with them, so that a rule that goes, or never held, leaves nothing lost. Asked at every fold, review and send, it
/// holds for who came before the rule did.
/// </remarks>
public static class NoCustomers
{
    /// <summary>The first rule that is true of a person; null for a customer.</summary>
    public static LeaveOutRule? RuleOf(PersonState person, ValueModel model)
    {
        foreach (var rule in model.People.LeaveOut)
        {
            bool isTrue =
                (rule.Domains.Count > 0 && rule.HasDomain(person.Email ?? person.Profile[Traits.Email]))
                || rule.HasId(person.UserId)
                || rule.HasId(person.AnonymousId)
                || HasTrait(rule, person);
            if (isTrue)
                return rule;
        }
        return null;
    }

    private static bool HasTrait(LeaveOutRule rule, PersonState person)
    {
        foreach (var (trait, patterns) in rule.Traits)
        {
            if (person.Profile[trait] is { } value && LeaveOutRule.MatchesAny(patterns, value))
                return true;
        }
        return false;
    }
}
