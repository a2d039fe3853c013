using Signals.Core.Model;
using Signals.Core.Platform.Addresses;

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
        // Asked for every event, and so by index: an enumerator would be an object each time.
        for (int i = 0; i < model.People.LeaveOut.Count; i++)
        {
            var rule = model.People.LeaveOut[i];
            bool isTrue =
                (rule.Domains.Count > 0 && rule.HasDomain(AddressOf(rule, person)))
                || rule.HasId(person.UserId)
                || ((person.UserId is null || rule.BelievesBrowsers) && rule.HasId(person.AnonymousId))
                || HasTrait(rule, person);
            if (isTrue)
                return rule;
        }
        return null;
    }

    private static bool HasTrait(LeaveOutRule rule, PersonState person)
    {
        if (rule.Traits.Count == 0 || person.Profile.Fields.Count == 0)
            return false;
        foreach (var (trait, patterns) in rule.Traits)
        {
            if (Value(rule, person, trait) is { } value && LeaveOutRule.MatchesAny(patterns, value))
                return true;
        }
        return false;
    }

    private static string? AddressOf(LeaveOutRule rule, PersonState person) =>
        Value(rule, person, Traits.Email) is not { } trait ? null
        : Mailbox.Parse(trait) is { IsPlain: true } mailbox ? mailbox.Address
        : trait;

    /// <summary>Whoever has a browser key may say anything of anybody: of that a rule reads nothing unless the model says so.</summary>
    private static string? Value(LeaveOutRule rule, PersonState person, string trait) =>
        rule.BelievesBrowsers ? person.Profile[trait] : person.Profile.Told(trait);
}
