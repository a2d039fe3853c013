using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Folding;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Backtesting;

/// <summary>
/// Who a person is and where their events belong, in memory: the rules of <see cref="EventRouter"/> and <see cref="PersonDirectory"/> for
/// batches of one event, without the store they must survive crashes of.
/// </summary>
internal sealed class ReplayDirectory(Dictionary<AccountKey, ReplayAccount> accounts, ValueModel model)
{
    private readonly ReplayMover _mover = new(accounts, model);

    /// <summary>Users with an account of their own, by the id as it is written: nearly all events are those of one.</summary>
    private readonly Dictionary<string, ReplayAccount> _homes = new(StringComparer.Ordinal);

    /// <summary>Notes what an event says of who is who, before it is folded.</summary>
    public void Learn(UsageEvent usageEvent)
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
                Join(PersonKey.User(user), AccountKey.Group(group), usageEvent);
                break;
        }
    }

    /// <summary>Where an event goes; someone new to a group is entered on the way.</summary>
    public (ReplayAccount Account, PersonState Person) Route(UsageEvent usageEvent)
    {
        bool mayBeHome = usageEvent.UserId is not null && (usageEvent.GroupId is null || model.Accounts == AccountsMode.Person);
        if (mayBeHome && _homes.TryGetValue(usageEvent.UserId!, out var home) && home.State.IsHome && home.People.Only is { } known)
            return (home, known);
        var (key, own) = Find(usageEvent);
        if (!accounts.TryGetValue(own, out var account))
            accounts[own] = account = new ReplayAccount(new AccountState(own, own.ProvisionalId));
        var person = ReplayMover.PersonOf(account, key);
        if (mayBeHome && account.State.IsHome && !own.IsGroup && own.IsOf(usageEvent.UserId!))
            _homes[usageEvent.UserId!] = account;
        return (account, person);
    }

    private (PersonKey Person, AccountKey Account) Find(UsageEvent usageEvent)
    {
        var person = usageEvent.UserId is { } user ? PersonKey.User(user) : PersonKey.Anonymous(usageEvent.AnonymousId!);
        var (named, account) = Resolve(person, usageEvent.Timestamp);
        if (model.Accounts == AccountsMode.Group && usageEvent.GroupId is { } group)
            account = AccountKey.Group(group);
        if (account.IsGroup)
            Enter(named, account, usageEvent);
        return (named, account);
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

    private void Join(PersonKey person, AccountKey group, UsageEvent usageEvent)
    {
        (person, _) = Resolve(person, usageEvent.Timestamp);
        ulong tie = MessageHash.Of(usageEvent.MessageId);
        Change(
            person,
            person.ProvisionalId,
            entry =>
                !(usageEvent.FromBrowser && entry.IsPlacedByServer)
                && (
                    entry.Memberships.Add(group, usageEvent.Timestamp, tie)
                    | entry.AddGroup(group)
                    | (!usageEvent.FromBrowser && entry.PlaceByServer())
                )
        );
    }

    /// <summary>Notes the groups of whoever has no row in one yet; a user who belonged to no group joins this one.</summary>
    private void Enter(PersonKey person, AccountKey group, UsageEvent usageEvent)
    {
        if (accounts.TryGetValue(group, out var account) && account.People.Find(person) is not null)
            return;
        ulong tie = MessageHash.Of(usageEvent.MessageId);
        Change(
            person,
            person.ProvisionalId,
            entry =>
            {
                bool joins = !person.IsAnonymous && entry.Memberships.IsEmpty && entry.Memberships.Add(group, usageEvent.Timestamp, tie);
                bool placed = !person.IsAnonymous && !usageEvent.FromBrowser && entry.PlaceByServer();
                return entry.AddGroup(group) | joins | placed;
            }
        );
    }

    private void Name(PersonKey id, string rawId, PersonKey person)
    {
        if (id == person || LeadsTo(person, id))
            return;
        Change(
            id,
            rawId,
            entry =>
            {
                if (entry.NamedAs is not null)
                    return false;
                entry.NamedAs = person;
                entry.Moved = false;
                return true;
            }
        );
    }

    /// <summary>True when naming would close a circle; so there is none to be caught in.</summary>
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

    private void Change(PersonKey person, string rawId, Func<AccountState, bool> change)
    {
        var own = AccountKey.Own(person);
        var entry = accounts.GetValueOrDefault(own) ?? new ReplayAccount(new AccountState(own, rawId));
        if (!change(entry.State))
            return;
        accounts[own] = entry;
        _mover.Settle(entry);
    }
}
