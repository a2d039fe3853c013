using Signals.Core.Accounts;
using Signals.Core.Storage;
using Signals.Core.Waking;

namespace Signals.Core.Folding;

/// <summary>
/// Moves what a person's own account gathered to where the directory entry now points. Every step can be repeated: the target remembers
/// what it merged, and the source is emptied last.
/// </summary>
public sealed class HistoryMover(IEntityStore store, WakeIndex wakes, TimeProvider clock)
{
    private const int MaxAttempts = 10;

    private readonly AccountRows _rows = new(store);

    /// <summary>Finishes the move of an own account, if one is due.</summary>
    public async Task MoveAsync(AccountKey own, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var entry = await _rows.GetAccountAsync(own, cancellationToken).ConfigureAwait(false);
            if (entry is null || entry.IsHome || entry.Moved)
                return;
            var person = new PersonKey(own.Value);
            var target = await TargetAsync(entry, person, cancellationToken).ConfigureAwait(false);
            if (await _rows.GetPersonAsync(own, person, cancellationToken).ConfigureAwait(false) is { } source)
            {
                await LoadAllIdsAsync(own, source, cancellationToken).ConfigureAwait(false);
                await MergeAsync(entry, source, target.Person, target.Account, cancellationToken).ConfigureAwait(false);
            }
            if (entry.NamedAs is not null)
            {
                foreach (string group in entry.Groups)
                    await MergeWithinAsync(new AccountKey(group), person, target.Person, cancellationToken).ConfigureAwait(false);
            }
            if (await EmptyAsync(entry, person, cancellationToken).ConfigureAwait(false))
                return;
        }
        throw new TransientStoreException($"The move of '{own}' kept meeting changes under {MaxAttempts} attempts.");
    }

    private async Task<(PersonKey Person, AccountKey Account)> TargetAsync(
        AccountState entry, PersonKey person, CancellationToken cancellationToken)
    {
        if (entry.NamedAs is not { } named)
            return (person, entry.Memberships.At(DateTimeOffset.MinValue)!.Value);
        for (int hop = 0; hop < MaxAttempts; hop++)
        {
            var target = await _rows.GetAccountAsync(AccountKey.Own(named), cancellationToken).ConfigureAwait(false);
            if (target is null || target.IsHome)
                return (named, AccountKey.Own(named));
            if (target.NamedAs is not { } next)
                return (named, target.Memberships.At(DateTimeOffset.MinValue)!.Value);
            named = next;
        }
        return (named, AccountKey.Own(named));
    }

    /// <summary>Merges an own account's person into another account.</summary>
    private async Task MergeAsync(
        AccountState entry, PersonState source, PersonKey person, AccountKey account, CancellationToken cancellationToken)
    {
        int today = Days.Of(clock.GetUtcNow());
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var target = await _rows.GetAccountAsync(account, cancellationToken).ConfigureAwait(false)
                ?? new AccountState(account, account.IsGroup ? account.Value[2..] : source.UserId ?? account.Value[2..]);
            var into = await LoadPersonAsync(target, person, cancellationToken).ConfigureAwait(false);
            if (into.HasMerged(entry.Key.Value))
                return;
            if (account.IsGroup)
                AddHistory(target, into, source);
            into.MergeFrom(source, entry.Key.Value, today);
            target.Tickets.MergeFrom(entry.Tickets);
            target.Feedback.MergeFrom(entry.Feedback);
            if (!account.IsGroup)
                target.Profile.MergeFrom(entry.Profile);
            if (entry.FirstLiveAt is { } live && (target.FirstLiveAt is null || live < target.FirstLiveAt))
                target.FirstLiveAt = live;
            if (await CommitAsync(target, into, [], today, cancellationToken).ConfigureAwait(false))
                return;
        }
        throw new TransientStoreException($"Account '{account}' kept changing under {MaxAttempts} attempts to move '{entry.Key}' into it.");
    }

    /// <summary>Merges an anonymous person's row into the named person's, within one group.</summary>
    private async Task MergeWithinAsync(AccountKey group, PersonKey from, PersonKey to, CancellationToken cancellationToken)
    {
        int today = Days.Of(clock.GetUtcNow());
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var account = await _rows.GetAccountAsync(group, cancellationToken).ConfigureAwait(false);
            var source = await _rows.GetPersonAsync(group, from, cancellationToken).ConfigureAwait(false);
            if (account is null || source is null)
                return;
            await LoadAllIdsAsync(group, source, cancellationToken).ConfigureAwait(false);
            var into = await LoadPersonAsync(account, to, cancellationToken).ConfigureAwait(false);
            foreach (var bucket in source.History.Buckets.Where(bucket => into.History.HasDay(bucket.Day)))
                account.History.AddPeople(bucket.Day, -1);
            into.MergeFrom(source, $"{group}:{from}", today);
            account.People--;
            var row = EntityOperation.Delete(AccountRows.PersonRow(source.Key), source.ETag);
            if (!await CommitAsync(account, into, [row], today, cancellationToken).ConfigureAwait(false))
                continue;
            if (source.Ids.Spilled)
                await store.CommitAsync(AccountRows.Table, group.Value, DeleteIds(source), cancellationToken).ConfigureAwait(false);
            return;
        }
        throw new TransientStoreException($"Account '{group}' kept changing under {MaxAttempts} attempts to merge '{from}' into '{to}'.");
    }

    private async Task<bool> EmptyAsync(AccountState entry, PersonKey person, CancellationToken cancellationToken)
    {
        var source = await _rows.GetPersonAsync(entry.Key, person, cancellationToken).ConfigureAwait(false);
        if (entry.Review is not null)
            await wakes.AddAsync(new Wake(clock.GetUtcNow(), WakeKind.Review, entry.Key), cancellationToken).ConfigureAwait(false);
        entry.Moved = true;
        entry.People = 0;
        var operations = new List<EntityOperation> { AccountRows.Save(entry) };
        if (source is not null)
            operations.Add(EntityOperation.Delete(AccountRows.PersonRow(source.Key), source.ETag));
        if (source is { Ids.Spilled: true })
            operations.AddRange(DeleteIds(source));
        var result = await store.CommitAsync(AccountRows.Table, entry.Key.Value, operations, cancellationToken).ConfigureAwait(false);
        return result.Committed;
    }

    private static List<EntityOperation> DeleteIds(PersonState person) =>
        Enumerable.Range(0, PersonIds.Chunks).Select(chunk => EntityOperation.Delete(AccountRows.IdsRow(person.Key, chunk))).ToList();

    private static void AddHistory(AccountState account, PersonState into, PersonState source)
    {
        foreach (var bucket in source.History.Buckets.Where(bucket => !into.History.HasDay(bucket.Day)))
            account.History.AddPeople(bucket.Day, 1);
        account.History.MergeFrom(source.History);
    }

    private async Task<PersonState> LoadPersonAsync(AccountState account, PersonKey key, CancellationToken cancellationToken)
    {
        if (await _rows.GetPersonAsync(account.Key, key, cancellationToken).ConfigureAwait(false) is { } person)
        {
            await LoadAllIdsAsync(account.Key, person, cancellationToken).ConfigureAwait(false);
            return person;
        }
        account.People++;
        return new PersonState(key);
    }

    private Task LoadAllIdsAsync(AccountKey account, PersonState person, CancellationToken cancellationToken) =>
        person.Ids.Spilled
            ? _rows.LoadIdsAsync(account, person, Enumerable.Range(0, PersonIds.Chunks), cancellationToken)
            : Task.CompletedTask;

    private async Task<bool> CommitAsync(
        AccountState account, PersonState person, EntityOperation[] more, int today, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await wakes.AddAsync(new Wake(now, WakeKind.Review, account.Key), cancellationToken).ConfigureAwait(false);
        var operations = new List<EntityOperation>();
        if (person.DueDay is null || person.DueDay > today)
        {
            person.DueDay = today;
            operations.AddRange(AccountRows.SaveDue(account.Key, person.Key, today));
        }
        account.Changed = true;
        account.NextWake = account.NextWake < now ? account.NextWake : now;
        operations.AddRange(AccountRows.Save(account.Key, person, today));
        operations.AddRange(more);
        operations.Add(AccountRows.Save(account));
        var result = await store.CommitAsync(AccountRows.Table, account.Key.Value, operations, cancellationToken).ConfigureAwait(false);
        return result.Committed;
    }
}
