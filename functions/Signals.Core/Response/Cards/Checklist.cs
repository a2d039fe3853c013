using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Response.Cards;

/// <summary>How far a person is with being set up, as the last review of them found it: their own steps, and their account's.</summary>
/// <param name="Account">The key of the account that was reviewed.</param>
/// <param name="Locale">The person's.</param>
/// <param name="Done">Ids of the model's steps that are done, in its order.</param>
public sealed record Checklist(string Account, string Locale, IReadOnlyList<string> Done)
{
    /// <param name="account">The account.</param>
    /// <param name="person">The person.</param>
    /// <param name="locale">Theirs.</param>
    /// <param name="model">The model, with its steps.</param>
    public static Checklist Of(AccountState account, PersonState person, string locale, ValueModel model)
    {
        var own = new UsageView(person.History, model);
        var all = account.Key.IsGroup ? new UsageView(account.History, model) : own;
        return new Checklist(
            account.Key.Value,
            locale,
            [
                .. model
                    .Onboarding.Where(step => (step.Scope == StepScope.Account ? all : own).CountEver(step.Done) > 0)
                    .Select(step => step.Id),
            ]
        );
    }

    /// <summary>True when it says the same.</summary>
    public bool IsSameAs(Checklist? other) =>
        other is not null && other.Account == Account && other.Locale == Locale && other.Done.SequenceEqual(Done, StringComparer.Ordinal);

    /// <summary>The model's steps in its order, each with whether it is done.</summary>
    public IEnumerable<(OnboardingStep Step, bool IsDone)> StepsOf(ValueModel model) =>
        model.Onboarding.Select(step => (step, Done.Contains(step.Id)));
}
