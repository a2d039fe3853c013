using Signals.Core.Model;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Response.Cards;

/// <summary>
/// Keeps the checklists of people that a review looked at, where the model shows them (<see cref="OutreachSettings.Checklist"/>): a read
/// for each, and a write where something changed. Who has done every step before the first look has none.
/// </summary>
public sealed class ChecklistKeeper(HelpRows rows, OutreachPlanner planner, ValueModel model)
{
    public async Task KeepAsync(AccountState account, IEnumerable<PersonState> people, CancellationToken cancellationToken)
    {
        if (!model.Outreach.Checklist || model.Onboarding.Count == 0)
            return;
        foreach (var person in people.Where(person => person.UserId is not null))
        {
            var now = Checklist.Of(account, person, planner.LocaleOf(person), model);
            var known = (await rows.GetAllAsync(person.Key, cancellationToken)).Checklist;
            bool hasNone = known is null && now.Done.Count == model.Onboarding.Count;
            if (!hasNone && !now.IsSameAs(known))
                await rows.SaveAsync(person.Key, now, cancellationToken);
        }
    }
}
