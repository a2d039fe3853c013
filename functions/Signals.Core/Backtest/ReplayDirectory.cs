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
    private const int MaxHops = 4;

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
                Join(PersonKey.User(user), user, AccountKey.Group(group), usageEvent.Timestamp, id, onlyFirst: false);
                break;
        }
    }

    /// <summary>Where an event goes; someone new to a group is entered on the way.</summary>
    public (PersonKey Person, AccountKey Account) Route(UsageEvent usageEvent, ulong id)
    {
        var person = usageEvent.UserId is { } user ? PersonKey.User(user) : PersonKey.Anonymous(usageEvent.AnonymousId!);
        if (model.Accounts == AccountsMode.Person || usageEvent.GroupId is null)
        {
            var (resolved, account) = Resolve(person, usageEvent.Timestamp);
            if (account.IsGroup)
                Welcome(resolved, account, usageEvent, id);
            return (resolved, account);
        }
        var group = AccountKey.Group(usageEvent.GroupId);
        if (person.IsAnonymous)
            (person, _) = Resolve(person, usageEvent.Timestamp);
        Welcome(person, group, usageEvent, id);
        return (person, group);
    }

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

    private void Welcome(PersonKey person, AccountKey group, UsageEvent usageEvent, ulong id)
    {
        if (accounts.TryGetValue(group, out var account) && account.People.ContainsKey(person))
            return;
        if (person.IsAnonymous)
        {
            Change(person, usageEvent.AnonymousId!, entry => entry.NamedAs is null && entry.AddGroup(group) ? entry.Moved : null);
            return;
        }
        string rawId = usageEvent.UserId ?? person.Value[2..];
        Join(person, rawId, group, usageEvent.Timestamp, id, onlyFirst: true);
    }

    private void Join(PersonKey person, string userId, AccountKey group, DateTimeOffset since, ulong tie, bool onlyFirst) =>
        Change(
            person, userId,
            entry => (onlyFirst && !entry.Memberships.IsEmpty) || !entry.Memberships.Add(group, since, tie) ? null : entry.Moved);

    private void Name(PersonKey id, string rawId, PersonKey person)
    {
        if (id == person || LeadsTo(person, id))
            return;
        Change(
            id, rawId,
            entry =>
            {
                if (entry.NamedAs is not null)
                    return null;
                entry.NamedAs = person;
                return false;
            });
    }

    private bool LeadsTo(PersonKey from, PersonKey to)
    {
        for (int hop = 0; hop < MaxHops; hop++)
        {
            if (!accounts.TryGetValue(AccountKey.Own(from), out var entry) || entry.State.NamedAs is not { } next)
                return false;
            if (next == to)
                return true;
            from = next;
        }
        return true;
    }

    private void Change(PersonKey person, string rawId, Func<AccountState, bool?> change)
    {
        var own = AccountKey.Own(person);
        var entry = accounts.GetValueOrDefault(own) ?? new ReplayAccount(new AccountState(own, rawId));
        if (change(entry.State) is not { } moved)
            return;
        accounts[own] = entry;
        entry.State.Moved = moved;
        if (!entry.State.IsHome && !moved)
            Move(entry, person);
    }

    /// <summary>Moves what an own account gathered to where its entry now points.</summary>
    private void Move(ReplayAccount entry, PersonKey person)
    {
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

    private void Merge(ReplayAccount entry, PersonState source, PersonKey person, AccountKey key)
    {
        if (!accounts.TryGetValue(key, out var target))
            accounts[key] = target = new ReplayAccount(new AccountState(key, key.IsGroup ? key.Value[2..] : source.UserId ?? key.Value[2..]));
        var into = PersonOf(target, person);
        if (key.IsGroup)
        {
            foreach (var bucket in source.History.Buckets.Where(bucket => !into.History.HasDay(bucket.Day)))
                target.State.History.AddPeople(bucket.Day, 1);
            target.State.History.MergeFrom(source.History);
        }
        into.MergeFrom(source);
        target.State.Tickets.MergeFrom(entry.State.Tickets);
        target.State.Feedback.MergeFrom(entry.State.Feedback);
        if (!key.IsGroup)
            target.State.Profile.MergeFrom(entry.State.Profile);
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
