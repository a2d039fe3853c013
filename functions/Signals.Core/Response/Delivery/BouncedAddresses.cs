using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Delivery;

/// <summary>
/// Notes at a person of a group that there is no such recipient any more, and has them looked at: who carried the account may have left it.
/// Kept in the person's row, where a review finds it without reading anything else.
/// </summary>
public sealed class BouncedAddresses(IEntityStore store, WakeIndex wakes, TimeProvider clock)
{
    private readonly AccountRows _rows = new(store);

    /// <summary>Noting twice is noting once. Throws <see cref="TransientStoreException"/> when the account keeps changing.</summary>
    public async Task NoteAsync(OutreachRecord record, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = new AccountKey(record.Account);
        if (record.Kind != OutreachKind.Message || !key.IsGroup)
            return;
        await Optimistic.ChangeAsync(
            $"note a bounce in account '{key}'",
            clock,
            async () =>
                await _rows.GetAccountAsync(key, cancellationToken) is not { } account
                || await _rows.GetPersonAsync(key, new PersonKey(record.Person), cancellationToken) is not { } person
                || !person.Profile.Set(PersonState.BouncedAddress, record.To, at, MessageHash.Of(record.Id))
                || await SaveAsync(account, person, cancellationToken),
            cancellationToken
        );
    }

    private async Task<bool> SaveAsync(AccountState account, PersonState person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        int today = Days.Of(now);
        var operations = new List<EntityOperation>();
        if (person.DueDay is not { } due || due > today)
        {
            person.DueDay = today;
            operations.AddRange(AccountRows.SaveDue(account.Key, person.Key, today));
        }
        var reviewAt = ReviewSchedule.AfterEvents(now, account.ReviewedAt, urgent: true);
        if (ReviewSchedule.NeedsWake(account.NextWake, reviewAt, now))
        {
            await wakes.AddAsync(new Wake(reviewAt, WakeKind.Review, account.Key), cancellationToken);
            account.NextWake = reviewAt;
        }
        account.Changed = true;
        operations.AddRange(AccountRows.Save(account.Key, person, today));
        operations.Add(AccountRows.Save(account));
        return (await store.CommitAsync(AccountRows.Table, account.Key.Value, operations, cancellationToken)).Committed;
    }
}
