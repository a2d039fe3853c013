using Signals.Core.Accounts;
using Signals.Core.Events;
using Signals.Core.Folding;
using Signals.Core.Model;

namespace Signals.Core.Backtest;

/// <summary>
/// Who a person is and where their events belong, in memory: the rules of <see cref="EventRouter"/>, <see cref="PersonDirectory"/> and
/// <see cref="HistoryMover"/> for batches of one event, without the store they must survive crashes of.
/// </summary>
internal sealed class ReplayDirectory(Dictionary<AccountKey, ReplayAccount> accounts, ValueModel model)
{
    /// <summary>Notes what an event says about who is who, before it is folded.</summary>
    public void Learn(UsageEvent usageEvent, ulong id)
    {
        switch (usageEvent)
        {
            case { Type: EventType.Identify, UserId: { } user, AnonymousId: { } anonymous }:
                Name(PersonKey.Anonymous(anonymous), anonymous, PersonKey.User(user));
                break;
            case { Type: EventType.Alias, UserId: { } user, PreviousId: { } previous }:
                Name(PersonKey.Anonymous(previous), previous, PersonKey.User(user));
                Name(PersonKey.User(previous), previous, PersonKey.User(user));
                break;
            case { Type: EventType.Group, UserId: { } user, GroupId: { } group } when model.Accounts == AccountsMode.Group:
                Join(PersonKey.User(user), AccountKey.Group(group), usageEvent.Timestamp, id);
                break;
        }
    }

    /// <summary>Where an event goes; someone new to a group is entered on the way.</summary>
    public (PersonKey Person, AccountKey Account) Route(UsageEvent usageEvent, ulong id)
    {
        var person = usageEvent.UserId is { } user ? PersonKey.User(user) : PersonKey.Anonymous(usageEvent.AnonymousId!);
        var (resolved, account) = Resolve(person, usageEvent.Timestamp);
        if (model.Accounts == AccountsMode.Group && usageEvent.GroupId is { } group)
        {
            account = AccountKey.Group(group);
            if (person.IsAnonymous || !HasRow(account, person))
                person = resolved;
        }
        else
            person = resolved;
        if (account.IsGroup && !HasRow(account, person))
            Enter(person, account, usageEvent.Timestamp, id);
        return (person, account);
    }

    private bool HasRow(AccountKey account, PersonKey person) => accounts.TryGetValue(account, out var known) && known.People.ContainsKey(person);

    private (PersonKey Person, AccountKey Account) Resolve(PersonKey person, DateTimeOffset moment)
    {
        while (true)
        {
            var own = AccountKey.Own(person);
            if (!accounts.TryGetValue(own, out var entry) || entry.State.IsHome)
                return (person, own);
            if (entry.State.NamedAs is not { } named)
                return (person, entry.State.Memberships.At(moment) ?? own);
            person = named;
        }
    }

    private void Join(PersonKey person, AccountKey group, DateTimeOffset since, ulong tie)
    {
        (person, _) = Resolve(person, since);
        Change(person, entry => entry.Memberships.Add(group, since, tie) | entry.AddGroup(group));
    }

    private void Enter(PersonKey person, AccountKey group, DateTimeOffset since, ulong tie) =>
        Change(person, entry =>
        {
            bool joins = !person.IsAnonymous && entry.Memberships.IsEmpty && entry.Memberships.Add(group, since, tie);
            return entry.AddGroup(group) || joins;
        });

    private void Name(PersonKey id, string rawId, PersonKey person)
    {
        if (id == person || LeadsTo(person, id))
            return;
        Change(
            id,
            entry =>
            {
                if (entry.NamedAs is not null)
                    return false;
                entry.NamedAs = person;
                entry.Moved = false;
                return true;
            },
            rawId);
    }

    private bool LeadsTo(PersonKey from, PersonKey to)
    {
        while (from != to)
        {
            if (!accounts.TryGetValue(AccountKey.Own(from), out var entry) || entry.State.NamedAs is not { } next)
                return false;
            from = next;
        }
        return true;
    }

    private void Change(PersonKey person, Func<AccountState, bool> change, string? rawId = null)
    {
        var entry = EntryOf(person, rawId);
        if (!change(entry.State))
            return;
        accounts[entry.State.Key] = entry;
        Settle(entry, person);
    }

    private ReplayAccount EntryOf(PersonKey person, string? rawId = null)
    {
        var own = AccountKey.Own(person);
        return accounts.GetValueOrDefault(own) ?? new ReplayAccount(new AccountState(own, rawId ?? own.ProvisionalId));
    }

    /// <summary>Moves what an own account gathered to where its entry now points, if anything is to move.</summary>
    private void Settle(ReplayAccount entry, PersonKey person)
    {
        entry.State.Moved |= entry.State.HasNothingToMove;
        if (entry.State is { IsHome: false, Moved: false })
            Move(entry, person);
    }

    private void Move(ReplayAccount entry, PersonKey person)
    {
        Bequeath(entry, Resolve(person, DateTimeOffset.MinValue).Person);
        var (named, key) = Resolve(person, DateTimeOffset.MinValue);
        if (entry.People.Remove(person, out var source))
            Merge(entry, source, named, key);
        if (entry.State.NamedAs is not null)
        {
            foreach (string group in entry.State.Groups)
                MergeWithin(new AccountKey(group), person, named);
        }
        entry.State.Moved = true;
        entry.State.People = 0;
    }

    /// <summary>Hands the groups of an id to the person it turned out to be.</summary>
    private void Bequeath(ReplayAccount entry, PersonKey to)
    {
        if (entry.State.NamedAs is null || (entry.State.Groups.Count == 0 && entry.State.Memberships.IsEmpty))
            return;
        var heir = EntryOf(to);
        if (!heir.State.Inherit(entry.State))
            return;
        accounts[heir.State.Key] = heir;
        Settle(heir, to);
    }

    private void Merge(ReplayAccount entry, PersonState source, PersonKey person, AccountKey key)
    {
        if (!accounts.TryGetValue(key, out var target))
            accounts[key] = target = new ReplayAccount(new AccountState(key, key.ProvisionalId));
        var into = PersonOf(target, person);
        if (key.IsGroup)
        {
            foreach (var bucket in source.History.Buckets.Where(bucket => !into.History.HasDay(bucket.Day)))
                target.State.History.AddPeople(bucket.Day, 1);
            target.State.History.MergeFrom(source.History);
        }
        into.MergeFrom(source);
        into.NoteMerged(entry.State.Key.Value);
        target.State.Profile.MergeFrom(entry.State.Profile);
        target.State.Tickets.MergeFrom(entry.State.Tickets);
        target.State.Tickets.Rename(source.Key, person);
        target.State.Feedback.MergeFrom(entry.State.Feedback);
        target.State.Feedback.Rename(source.Key, person);
        if (entry.State.FirstLiveAt is { } live && (target.State.FirstLiveAt is null || live < target.State.FirstLiveAt))
            target.State.FirstLiveAt = live;
        entry.MoveTo(target);
    }

    /// <summary>Merges an anonymous person into the named one, within one group.</summary>
    private void MergeWithin(AccountKey group, PersonKey from, PersonKey to)
    {
        if (!accounts.TryGetValue(group, out var account) || !account.People.TryGetValue(from, out var source))
            return;
        var into = PersonOf(account, to);
        foreach (var bucket in source.History.Buckets.Where(bucket => into.History.HasDay(bucket.Day)))
            account.State.History.AddPeople(bucket.Day, -1);
        into.MergeFrom(source);
        account.State.Tickets.Rename(from, to);
        account.State.Feedback.Rename(from, to);
        account.People.Remove(from);
        account.State.People--;
    }

    internal static PersonState PersonOf(ReplayAccount account, PersonKey key)
    {
        if (account.People.TryGetValue(key, out var person))
            return person;
        account.State.People++;
        return account.People[key] = new PersonState(key);
    }
}
