using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// Moves what a person gathered to where the directory entry now points: their own account's history to the first group or to the person
/// they turned out to be, and in the latter case their rows in groups too. Every step can be repeated: the target remembers what it
/// merged, and the source is emptied last.
/// </summary>
/// <remarks>
/// A step reads the target's account row first and asks the directory after that, so that whoever points the target elsewhere
/// meanwhile makes the step's commit fail.
/// </remarks>
public sealed class HistoryMover(
    IEntityStore store,
    WakeIndex wakes,
    ProductWishes wishes,
    PeopleList list,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>A move forgets no ids: a day so early that none arrived before it.</summary>
    private const int ForgetNothing = 0;

    /// <summary>
    /// Ids that one transaction carries beside the rows of a person and an account: 12 bytes each, a third more as it travels.
    /// </summary>
    private const int IdsAtOnce = 80_000;

    private readonly AccountRows _rows = new(store);

    /// <summary>Finishes the move of an own account, if one is due.</summary>
    public Task MoveAsync(AccountKey own, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync($"move '{own}'", clock, () => TryMoveAsync(own, cancellationToken), cancellationToken);

    /// <summary>False when a step met a change, its own ones included: then the entry is looked at anew.</summary>
    private async Task<bool> TryMoveAsync(AccountKey own, CancellationToken cancellationToken)
    {
        var person = new PersonKey(own.Value);
        var entry = await _rows.GetAccountAsync(own, cancellationToken);
        if (entry is null || entry.IsHome || entry.Moved)
            return true;
        if (await TargetAsync(entry, cancellationToken) is not { } target)
        {
            await BreakCircleAsync(person, cancellationToken);
            return false;
        }
        return await BequeathAsync(entry, target.Person, cancellationToken)
            && await MergeOwnAsync(entry, target, cancellationToken)
            && await MergeGroupsAsync(entry, target.Person, cancellationToken)
            && await EmptyAsync(entry, person, cancellationToken);
    }

    /// <summary>
    /// Ends a circle of names (a is b, b is a), which two messages folded at once can leave: the first of its people in ordinal order is
    /// named nobody any more, so that all names lead to that one.
    /// </summary>
    public async Task BreakCircleAsync(PersonKey person, CancellationToken cancellationToken)
    {
        var path = new List<PersonKey>();
        while (!path.Contains(person))
        {
            path.Add(person);
            var next = await _rows.GetAccountAsync(AccountKey.Own(person), cancellationToken);
            if (next?.NamedAs is not { } named)
                return;
            person = named;
        }
        var first = path.Skip(path.IndexOf(person)).MinBy(key => key.Value, StringComparer.Ordinal);
        var entry = await _rows.GetAccountAsync(AccountKey.Own(first), cancellationToken);
        if (entry?.NamedAs is null)
            return;
        entry.NamedAs = null;
        entry.Moved &= !entry.IsHome;
        // Another writer's change is as good: the caller looks again.
        await store.CommitAsync(AccountRows.Table, entry.Key.Value, [AccountRows.Save(entry)], cancellationToken);
    }

    /// <summary>Where an entry leads in the end; null when its names go round in a circle.</summary>
    private async Task<(PersonKey Person, AccountKey Account)?> TargetAsync(AccountState entry, CancellationToken cancellationToken)
    {
        var visited = new HashSet<AccountKey>();
        var at = entry;
        while (at.NamedAs is { } named)
        {
            if (!visited.Add(at.Key))
                return null;
            var own = AccountKey.Own(named);
            at = await _rows.GetAccountAsync(own, cancellationToken) ?? new AccountState(own, own.ProvisionalId);
        }
        return (new PersonKey(at.Key.Value), at.Memberships.At(DateTimeOffset.MinValue) ?? at.Key);
    }

    /// <summary>
    /// Hands the groups of an id to the person it turned out to be. False when that changed the heir's entry, or finished its own move:
    /// the target may be another then.
    /// </summary>
    private async Task<bool> BequeathAsync(AccountState entry, PersonKey to, CancellationToken cancellationToken)
    {
        if (entry.NamedAs is null || (entry.Groups.Count == 0 && entry.Memberships.IsEmpty))
            return true;
        var own = AccountKey.Own(to);
        var heir = await _rows.GetAccountAsync(own, cancellationToken) ?? new AccountState(own, own.ProvisionalId);
        if (heir is { IsHome: false, Moved: false })
        {
            await MoveAsync(own, cancellationToken);
            return false;
        }
        if (!heir.Inherit(entry))
            return true;
        heir.Moved |= heir.HasNothingToMove;
        bool mustMove = heir is { IsHome: false, Moved: false };
        if (mustMove)
            await wakes.AddAsync(new Wake(clock.GetUtcNow(), WakeKind.Move, own), cancellationToken);
        var result = await store.CommitAsync(AccountRows.Table, own.Value, [AccountRows.Save(heir)], cancellationToken);
        if (result.Committed && mustMove)
            await MoveAsync(own, cancellationToken);
        return false;
    }

    /// <summary>Merges an own account's person into another account; false when something changed meanwhile.</summary>
    private async Task<bool> MergeOwnAsync(
        AccountState entry,
        (PersonKey Person, AccountKey Account) to,
        CancellationToken cancellationToken
    )
    {
        var source = await _rows.GetPersonAsync(entry.Key, new PersonKey(entry.Key.Value), cancellationToken);
        if (source is null)
            return true;
        await LoadAllIdsAsync(entry.Key, source, cancellationToken);
        var target = await _rows.GetAccountAsync(to.Account, cancellationToken) ?? new AccountState(to.Account, to.Account.ProvisionalId);
        if (await TargetAsync(entry, cancellationToken) != to)
            return false;
        var into = await LoadPersonAsync(target, to.Person, cancellationToken);
        if (into.HasMerged(entry.Key.Value))
            return true;
        if (!await CarryIdsAsync(source, target, into, cancellationToken))
            return false;
        var leftBy = NoCustomers.RuleOf(into, model) ?? NoCustomers.RuleOf(source, model);
        if (to.Account.IsGroup && leftBy is null or { GivesValue: true })
        {
            foreach (
                var bucket in source.History.Buckets.Where(bucket =>
                    leftBy is null && bucket.Slots != 0 && !into.History.HasUse(bucket.Day)
                )
            )
                target.History.AddPeople(bucket.Day, 1);
            target.History.MergeFrom(source.History);
        }
        into.MergeFrom(source);
        into.NoteMerged(entry.Key.Value);
        target.Profile.MergeFrom(entry.Profile);
        target.Plans.MergeFrom(entry.Plans);
        target.Prices.MergeFrom(entry.Prices);
        target.Hold ??= entry.Hold;
        target.Tickets.MergeFrom(entry.Tickets);
        target.Tickets.Rename(source.Key, to.Person);
        target.Feedback.MergeFrom(entry.Feedback);
        target.Feedback.Rename(source.Key, to.Person);
        if (entry.FirstLiveAt is { } live && (target.FirstLiveAt is null || live < target.FirstLiveAt))
            target.FirstLiveAt = live;
        return await CommitAsync(target, into, [], cancellationToken);
    }

    private async Task<bool> MergeGroupsAsync(AccountState entry, PersonKey to, CancellationToken cancellationToken)
    {
        if (entry.NamedAs is null)
            return true;
        foreach (string group in entry.Groups)
        {
            if (!await MergeWithinAsync(entry, new AccountKey(group), to, cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Merges a person's row into that of the person they turned out to be, within one group; false when something changed meanwhile.
    /// </summary>
    private async Task<bool> MergeWithinAsync(AccountState entry, AccountKey group, PersonKey to, CancellationToken cancellationToken)
    {
        var from = new PersonKey(entry.Key.Value);
        var account = await _rows.GetAccountAsync(group, cancellationToken) ?? new AccountState(group, group.ProvisionalId);
        var source = await _rows.GetPersonAsync(group, from, cancellationToken);
        if (source is null)
        {
            // A fold may be about to insert the row, having asked the directory too early: the new version of the account stops it.
            var touched = await store.CommitAsync(AccountRows.Table, group.Value, [AccountRows.Save(account)], cancellationToken);
            if (touched.Committed)
                await _rows.DeleteIdsAsync(group, from, cancellationToken);
            return touched.Committed;
        }
        if ((await TargetAsync(entry, cancellationToken))?.Person != to)
            return false;
        await LoadAllIdsAsync(group, source, cancellationToken);
        var into = await LoadPersonAsync(account, to, cancellationToken);
        if (!await CarryIdsAsync(source, account, into, cancellationToken))
            return false;
        var leftBy = NoCustomers.RuleOf(into, model) ?? NoCustomers.RuleOf(source, model);
        foreach (
            var bucket in source.History.Buckets.Where(bucket => leftBy is null && bucket.Slots != 0 && into.History.HasUse(bucket.Day))
        )
            account.History.AddPeople(bucket.Day, -1);
        into.MergeFrom(source);
        account.Tickets.Rename(from, to);
        account.Feedback.Rename(from, to);
        if (!from.IsOfService)
            account.People--;
        if (source.Finding.Known && account.Review is { } review)
        {
            // The review counted the person who is gone: without a basis it is made anew from everybody.
            account.Review = review with
            {
                Basis = "",
            };
        }
        var remove = EntityOperation.Delete(AccountRows.PersonRow(from), source.ETag);
        if (!await CommitAsync(account, into, [remove], cancellationToken))
            return false;
        if (source.Ids.Spilled)
            await _rows.DeleteIdsAsync(group, from, cancellationToken);
        return true;
    }

    private async Task<bool> EmptyAsync(AccountState entry, PersonKey person, CancellationToken cancellationToken)
    {
        var source = await _rows.GetPersonAsync(entry.Key, person, cancellationToken);
        if (entry.Review is not null)
            await wakes.AddAsync(new Wake(clock.GetUtcNow(), WakeKind.Review, entry.Key), cancellationToken);
        entry.Moved = true;
        entry.People = 0;
        var operations = new List<EntityOperation> { AccountRows.Save(entry) };
        if (source is not null)
            operations.Add(EntityOperation.Delete(AccountRows.PersonRow(source.Key), source.ETag));
        if (source is { Ids.Spilled: true })
            operations.AddRange(
                Enumerable.Range(0, PersonIds.Chunks).Select(chunk => EntityOperation.Delete(AccountRows.IdsRow(person, chunk)))
            );
        var result = await store.CommitAsync(AccountRows.Table, entry.Key.Value, operations, cancellationToken);
        return result.Committed;
    }

    private async Task<PersonState> LoadPersonAsync(AccountState account, PersonKey key, CancellationToken cancellationToken)
    {
        if (await _rows.GetPersonAsync(account.Key, key, cancellationToken) is { } person)
        {
            await LoadAllIdsAsync(account.Key, person, cancellationToken);
            return person;
        }
        if (!(account.Key.IsGroup && key.IsOfService))
            account.People++;
        return new PersonState(key);
    }

    /// <summary>
    /// Writes ids ahead of the history that they belong to, some rows of them at a time, where one transaction does not hold all: what is
    /// merged then finds them there. An event that comes meanwhile finishes the move first, and one that came before is known. False when
    /// something changed meanwhile.
    /// </summary>
    private async Task<bool> CarryIdsAsync(PersonState source, AccountState account, PersonState into, CancellationToken cancellationToken)
    {
        int total = source.Ids.All().Count() + into.Ids.All().Count();
        if (total <= IdsAtOnce)
            return true;
        if (!into.Ids.Spilled)
            into.Ids.Spill();
        var ids = source.Ids.All().ToLookup(seen => PersonIds.ChunkOf(seen.Id));
        int perChunk = Math.Max(1, total / PersonIds.Chunks);
        foreach (int[] chunks in Enumerable.Range(0, PersonIds.Chunks).Chunk(Math.Max(1, IdsAtOnce / perChunk)))
        {
            foreach (var (id, day, message) in chunks.SelectMany(chunk => ids[chunk]))
                into.Ids.Add(id, day, message);
            if (!into.Ids.Changed.Any())
                continue;
            EntityOperation[] operations = [AccountRows.Save(account), .. AccountRows.Save(account.Key, into, ForgetNothing)];
            var result = await store.CommitAsync(AccountRows.Table, account.Key.Value, operations, cancellationToken);
            if (!result.Committed)
                return false;
            (account.ETag, into.ETag) = (result.ETags[0], result.ETags[1]);
            into.Ids.Written();
        }
        return true;
    }

    private Task LoadAllIdsAsync(AccountKey account, PersonState person, CancellationToken cancellationToken) =>
        person.Ids.Spilled
            ? _rows.LoadIdsAsync(account, person, Enumerable.Range(0, PersonIds.Chunks), cancellationToken)
            : Task.CompletedTask;

    private async Task<bool> CommitAsync(
        AccountState account,
        PersonState person,
        EntityOperation[] more,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        int today = Days.Of(now);
        var operations = new List<EntityOperation>();
        if (ReviewSchedule.Covers(account.Key, model.Accounts))
        {
            await wakes.AddAsync(new Wake(now, WakeKind.Review, account.Key), cancellationToken);
            account.NextWake = account.NextWake < now ? account.NextWake : now;
            if (!person.Key.IsAnonymous && (person.DueDay is null || person.DueDay > today))
            {
                person.DueDay = today;
                operations.AddRange(AccountRows.SaveDue(account.Key, person.Key, today));
            }
        }
        account.Changed = true;
        await wishes.NoteAsync(person, cancellationToken);
        await list.PutAsync(PeopleList.KeysOf(person).Select(word => (person.Key, word)), cancellationToken);
        operations.AddRange(AccountRows.Save(account.Key, person, ForgetNothing));
        operations.AddRange(more);
        operations.Add(AccountRows.Save(account));
        var result = await store.CommitAsync(AccountRows.Table, account.Key.Value, operations, cancellationToken);
        return result.Committed;
    }
}
