using Signals.Core.Accounts;
using Signals.Core.Storage;
using Signals.Core.Waking;

namespace Signals.Core.Folding;

/// <summary>
/// Who a person is and where their events belong. The entry is the row of the person's own account: it names the person that an
/// anonymous id turned out to be, and the groups a user joined.
/// </summary>
/// <remarks>
/// When an entry first points elsewhere, the history gathered in the own account moves there, once: a wake-up is written, the entry
/// flips, the history is merged with its ids, the old rows go. Whoever meets an entry whose move is unfinished finishes it first, so that
/// ids are in place before the next event is folded.
/// </remarks>
public sealed class PersonDirectory(IEntityStore store, WakeIndex wakes, HistoryMover mover, TimeProvider clock)
{
    private const int MaxHops = 4;
    private const int MaxAttempts = 10;

    private readonly AccountRows _rows = new(store);

    /// <summary>
    /// The person and account that an event without a group belongs to. <paramref name="known"/> collects the own-account rows read.
    /// </summary>
    public async ValueTask<(PersonKey Person, AccountKey Account)> ResolveAsync(
        PersonKey person, DateTimeOffset moment, IDictionary<AccountKey, AccountState?> known, CancellationToken cancellationToken)
    {
        for (int hop = 0; hop < MaxHops; hop++)
        {
            var own = AccountKey.Own(person);
            if (!known.TryGetValue(own, out var entry))
                known[own] = entry = await _rows.GetAccountAsync(own, cancellationToken).ConfigureAwait(false);
            if (entry is null || entry.IsHome)
                return (person, own);
            if (!entry.Moved)
            {
                await mover.MoveAsync(own, cancellationToken).ConfigureAwait(false);
                known.Remove(own);
                continue;
            }
            if (entry.NamedAs is not { } named)
                return (person, entry.Memberships.At(moment) ?? own);
            person = named;
        }
        return (person, AccountKey.Own(person));
    }

    /// <summary>
    /// Notes that a user belongs to a group since a moment. The first group takes over the user's own history; true when it did just now.
    /// </summary>
    public Task<bool> JoinAsync(
        PersonKey person, string userId, AccountKey group, DateTimeOffset since, ulong tie, bool onlyFirst, CancellationToken cancellationToken) =>
        ChangeAsync(
            person, userId,
            entry => (onlyFirst && !entry.Memberships.IsEmpty) || !entry.Memberships.Add(group, since, tie) ? null : entry.Moved,
            cancellationToken);

    /// <summary>Notes that an id is really that person. The first naming wins: later ones would split a history.</summary>
    public async Task NameAsync(PersonKey id, string rawId, PersonKey person, CancellationToken cancellationToken)
    {
        if (id == person || await LeadsToAsync(person, id, cancellationToken).ConfigureAwait(false))
            return;
        await ChangeAsync(
            id, rawId,
            entry =>
            {
                if (entry.NamedAs is not null)
                    return null;
                entry.NamedAs = person;
                return false;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes that an anonymous id has a row of its own in a group, to be merged when the id is named.</summary>
    public Task NoteGroupAsync(PersonKey anonymous, string anonymousId, AccountKey group, CancellationToken cancellationToken) =>
        ChangeAsync(anonymous, anonymousId, entry => entry.NamedAs is null && entry.AddGroup(group) ? entry.Moved : null, cancellationToken);

    /// <summary>
    /// Changes an entry; the change returns what <see cref="AccountState.Moved"/> is to be, or null for no change. True when a history moved.
    /// </summary>
    private async Task<bool> ChangeAsync(PersonKey person, string rawId, Func<AccountState, bool?> change, CancellationToken cancellationToken)
    {
        var own = AccountKey.Own(person);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var entry = await _rows.GetAccountAsync(own, cancellationToken).ConfigureAwait(false) ?? new AccountState(own, rawId);
            if (change(entry) is not { } moved)
                return false;
            entry.Moved = moved;
            bool mustMove = !entry.IsHome && !moved;
            if (mustMove)
                await wakes.AddAsync(new Wake(clock.GetUtcNow(), WakeKind.Move, own), cancellationToken).ConfigureAwait(false);
            var result = await store.CommitAsync(AccountRows.Table, own.Value, [AccountRows.Save(entry)], cancellationToken).ConfigureAwait(false);
            if (!result.Committed)
                continue;
            if (mustMove)
                await mover.MoveAsync(own, cancellationToken).ConfigureAwait(false);
            return mustMove;
        }
        throw new TransientStoreException($"The directory entry of '{person}' kept changing under {MaxAttempts} attempts.");
    }

    private async Task<bool> LeadsToAsync(PersonKey from, PersonKey to, CancellationToken cancellationToken)
    {
        for (int hop = 0; hop < MaxHops; hop++)
        {
            var entry = await _rows.GetAccountAsync(AccountKey.Own(from), cancellationToken).ConfigureAwait(false);
            if (entry?.NamedAs is not { } next)
                return false;
            if (next == to)
                return true;
            from = next;
        }
        return true;
    }
}
