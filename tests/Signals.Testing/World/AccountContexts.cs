using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.People;
using Signals.Testing.Storage;

namespace Signals.Testing.World;

/// <summary>What a rule reads of an account or a person, made of numbers: a border takes a line where a story takes weeks.</summary>
public static class AccountContexts
{
    /// <param name="account">With the history that is looked at.</param>
    /// <param name="model">All of whose value was always collected.</param>
    /// <param name="today">The UTC day, by number.</param>
    public static AccountContext Of(AccountState account, ValueModel model, int today) =>
        new(
            account,
            AccountFacts.Of(account, model),
            new UsageView(account.History, model),
            model,
            new KnownEvents(new InMemoryEntityStore(), TimeProvider.System),
            today
        );

    /// <summary>Somebody of that account.</summary>
    public static PersonContext Of(PersonState person, AccountContext account) =>
        new(person, new UsageView(person.History, account.Model), account);
}
