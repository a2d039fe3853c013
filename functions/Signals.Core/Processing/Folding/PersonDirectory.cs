using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// Who a person is and where their events belong. The entry is the row of the person's own account: it names the person that an
/// anonymous id turned out to be, and the groups a user joined.
/// </summary>
/// <remarks>
/// When an entry first points elsewhere, the history gathered in the own account moves there, once: a wake-up is written, the entry
/// flips, the history is merged with its ids, the old rows go. Whoever meets an entry whose move is unfinished finishes it first, so that
/// ids are in place before the next event is folded, and so that no history is on its way to two places.
/// </remarks>
public sealed class PersonDirectory(IEntityStore store, WakeIndex wakes, HistoryMover mover, TimeProvider clock)
{
    private readonly AccountRows _rows = new(store);

    /// <summary>
    /// The person and account that an event without a group belongs to. <paramref name="known"/> collects the own-account rows read.
    /// </summary>
    public async ValueTask<(PersonKey Person, AccountKey Account)> ResolveAsync(
        PersonKey person,
        DateTimeOffset moment,
        IDictionary<AccountKey, AccountState?> known,
        CancellationToken cancellationToken
    )
    {
        var found = await FollowAsync(person, moment, known, cancellationToken);
        return found.IsDone ? found.Value : await SettleAsync(person, moment, known, cancellationToken);
    }

    /// <summary>As often as what was met on the way had to be settled, the search begins anew.</summary>
    private Task<(PersonKey Person, AccountKey Account)> SettleAsync(
        PersonKey person,
        DateTimeOffset moment,
        IDictionary<AccountKey, AccountState?> known,
        CancellationToken cancellationToken
    ) =>
        Optimistic.ChangeAsync(
            $"find out who '{person}' is",
            clock,
            async () => await FollowAsync(person, moment, known, cancellationToken),
            cancellationToken
        );

    /// <summary>Follows the names; an unfinished move or a circle of names is settled, and then nothing that was read holds.</summary>
    private async ValueTask<Attempt<(PersonKey Person, AccountKey Account)>> FollowAsync(
        PersonKey person,
        DateTimeOffset moment,
        IDictionary<AccountKey, AccountState?> known,
        CancellationToken cancellationToken
    )
    {
        var path = new List<PersonKey> { person };
        while (true)
        {
            var own = AccountKey.Own(path[^1]);
            if (!known.TryGetValue(own, out var entry))
                known[own] = entry = await _rows.GetAccountAsync(own, cancellationToken);
            if (entry is null || entry.IsHome)
                return (path[^1], own);
            if (entry is { Moved: true, NamedAs: null })
                return (path[^1], entry.Memberships.At(moment) ?? own);
            if (entry.Moved && entry.NamedAs is { } named && !path.Contains(named))
            {
                path.Add(named);
                continue;
            }
            await (entry.Moved ? mover.BreakCircleAsync(path[^1], cancellationToken) : mover.MoveAsync(own, cancellationToken));
            known.Clear();
            return Attempt.Conflict;
        }
    }

    /// <summary>
    /// Notes that a user belongs to a group since a moment. The first group takes over the user's own history. Once a server has said where
    /// a user belongs, a browser's word moves them nowhere else.
    /// </summary>
    public async Task JoinAsync(
        PersonKey person,
        AccountKey group,
        DateTimeOffset since,
        ulong tie,
        bool fromBrowser,
        CancellationToken cancellationToken
    )
    {
        await Optimistic.ChangeAsync(
            $"have '{person}' join '{group}'",
            clock,
            async () =>
            {
                bool isNamed = false;
                await ChangeAsync(
                    person,
                    person.ProvisionalId,
                    isNew: false,
                    entry =>
                    {
                        isNamed = entry.NamedAs is not null;
                        if (isNamed || (fromBrowser && entry.IsPlacedByServer))
                            return false;
                        return entry.Memberships.Add(group, since, tie) | entry.AddGroup(group) | (!fromBrowser && entry.PlaceByServer());
                    },
                    cancellationToken
                );
                if (isNamed)
                    (person, _) = await ResolveAsync(person, since, new Dictionary<AccountKey, AccountState?>(), cancellationToken);
                return !isNamed;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Lets a person into a group in which they have no row yet. An anonymous id's groups are noted, to be merged when the id is named; a
    /// user who belonged to no group joins this one.
    /// </summary>
    public async Task<GroupEntrance> EnterAsync(
        PersonKey person,
        AccountKey group,
        DateTimeOffset since,
        ulong tie,
        bool fromBrowser,
        CancellationToken cancellationToken
    )
    {
        bool isNamed = false;
        bool moved = await ChangeAsync(
            person,
            person.ProvisionalId,
            isNew: true,
            entry =>
            {
                isNamed = entry.NamedAs is not null;
                if (isNamed)
                    return false;
                bool joins = !person.IsAnonymous && entry.Memberships.IsEmpty && entry.Memberships.Add(group, since, tie);
                bool placed = !person.IsAnonymous && !fromBrowser && entry.PlaceByServer();
                return entry.AddGroup(group) | joins | placed;
            },
            cancellationToken
        );
        return isNamed ? GroupEntrance.Elsewhere
            : moved ? GroupEntrance.Moved
            : GroupEntrance.Open;
    }

    /// <summary>
    /// Notes that another service's id of a customer is that of a group. What it was called before, an address, it is no longer: one
    /// address may pay for several.
    /// </summary>
    public Task LinkAsync(
        PersonKey link,
        string rawId,
        AccountKey group,
        DateTimeOffset since,
        ulong tie,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            link,
            rawId,
            isNew: false,
            entry =>
            {
                if (entry.NamedAs is { IsAnonymous: false })
                    return false;
                bool changed = entry.NamedAs is not null;
                entry.NamedAs = null;
                return changed | entry.Memberships.Add(group, since, tie) | entry.AddGroup(group);
            },
            cancellationToken
        );

    /// <summary>
    /// Notes that an id is really that person. The first naming wins: later ones would split a history. An id that belongs to a group is
    /// named nobody where it <paramref name="keepsGroup"/>.
    /// </summary>
    public async Task NameAsync(PersonKey id, string rawId, PersonKey person, CancellationToken cancellationToken, bool keepsGroup = false)
    {
        if (id == person || await LeadsToAsync(person, id, cancellationToken))
            return;
        await ChangeAsync(
            id,
            rawId,
            isNew: false,
            entry =>
            {
                if (entry.NamedAs is not null || (keepsGroup && !entry.Memberships.IsEmpty))
                    return false;
                entry.NamedAs = person;
                entry.Moved = false;
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Changes an entry, after finishing a move that is under way; the change says whether it changed anything. True when a history moved.
    /// An entry that probably <paramref name="isNew"/> is inserted unread, and read only if it is there.
    /// </summary>
    private async Task<bool> ChangeAsync(
        PersonKey person,
        string rawId,
        bool isNew,
        Func<AccountState, bool> change,
        CancellationToken cancellationToken
    )
    {
        var own = AccountKey.Own(person);
        bool moved = false,
            unread = isNew;
        await Optimistic.ChangeAsync(
            $"change the directory entry of '{person}'",
            clock,
            async () =>
            {
                var entry = (unread ? null : await _rows.GetAccountAsync(own, cancellationToken)) ?? new AccountState(own, rawId);
                unread = false;
                if (entry is { IsHome: false, Moved: false })
                {
                    await mover.MoveAsync(own, cancellationToken);
                    moved = true;
                    return false;
                }
                if (!change(entry))
                    return true;
                entry.Moved |= entry.HasNothingToMove;
                bool mustMove = entry is { IsHome: false, Moved: false };
                if (mustMove)
                    await wakes.AddAsync(new Wake(clock.GetUtcNow(), WakeKind.Move, own), cancellationToken);
                var result = await store.CommitAsync(AccountRows.Table, own.Value, [AccountRows.Save(entry)], cancellationToken);
                if (!result.Committed)
                    return false;
                if (mustMove)
                    await mover.MoveAsync(own, cancellationToken);
                moved |= mustMove;
                return true;
            },
            cancellationToken
        );
        return moved;
    }

    private async Task<bool> LeadsToAsync(PersonKey from, PersonKey to, CancellationToken cancellationToken)
    {
        var visited = new HashSet<PersonKey>();
        while (from != to && visited.Add(from))
        {
            var entry = await _rows.GetAccountAsync(AccountKey.Own(from), cancellationToken);
            if (entry?.NamedAs is not { } next)
                return false;
            from = next;
        }
        return true;
    }
}
