using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>What a rule reads, made of numbers: a border takes a line where a story takes weeks.</summary>
internal static class Contexts
{
    public static AccountContext Of(AccountState account, ValueModel model, int today, PeopleSummary? people = null)
    {
        var context = new AccountContext(
            account,
            AccountFacts.Of(account, model),
            new UsageView(account.History, model),
            model,
            new KnownEvents(new InMemoryEntityStore(), TimeProvider.System),
            today
        );
        return people is null ? context : context with { People = people };
    }
}
