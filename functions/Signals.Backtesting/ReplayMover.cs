using Signals.Core.Model;
using Signals.Core.Processing.Folding;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Backtesting;

/// <summary>
/// Moves what a person's own account gathered to where its entry now points, in memory: the rules of <see cref="HistoryMover"/>.
/// </summary>
internal sealed class ReplayMover(Dictionary<AccountKey, ReplayAccount> accounts, ValueModel model)
{
    /// <summary>Moves what an entry that was just changed no longer keeps, if there is anything.</summary>
    public void Settle(ReplayAccount entry)
    {
        entry.State.Moved |= entry.State.HasNothingToMove;
        if (entry.State is { IsHome: false, Moved: false })
            Move(entry);
    }

    /// <summary>The person's state within an account, new if there was none.</summary>
    public static PersonState PersonOf(ReplayAccount account, PersonKey key)
    {
        if (account.People.Find(key) is { } person)
            return person;
        account.State.People++;
        return account.People.Add(new PersonState(key));
    }

    private void Move(ReplayAccount entry)
    {
        var person = new PersonKey(entry.State.Key.Value);
        // What the heir inherits may send them, and this history with them, elsewhere.
        var (heir, account) = TargetOf(entry.State);
        while (Bequeath(entry.State, heir))
            (heir, account) = TargetOf(entry.State);
        if (entry.People.Remove(person, out var source))
            Merge(entry, source, heir, AccountOf(account));
        if (entry.State.NamedAs is not null)
        {
            foreach (string group in entry.State.Groups)
                MergeWithin(AccountOf(new AccountKey(group)), person, heir);
        }
        entry.State.Moved = true;
        entry.State.People = 0;
    }

    private (PersonKey Person, AccountKey Account) TargetOf(AccountState entry)
    {
        while (entry.NamedAs is { } named)
        {
            if (!accounts.TryGetValue(AccountKey.Own(named), out var next))
                return (named, AccountKey.Own(named));
            entry = next.State;
        }
        return (new PersonKey(entry.Key.Value), entry.Memberships.At(DateTimeOffset.MinValue) ?? entry.Key);
    }

    /// <summary>Hands the groups of an id to the person it turned out to be; true when that changed the heir's entry.</summary>
    private bool Bequeath(AccountState entry, PersonKey to)
    {
        if (entry.NamedAs is null || (entry.Groups.Count == 0 && entry.Memberships.IsEmpty))
            return false;
        var own = AccountKey.Own(to);
        var heir = accounts.GetValueOrDefault(own) ?? new ReplayAccount(new AccountState(own, own.ProvisionalId));
        if (!heir.State.Inherit(entry))
            return false;
        accounts[own] = heir;
        Settle(heir);
        return true;
    }

    private void Merge(ReplayAccount entry, PersonState source, PersonKey person, ReplayAccount target)
    {
        var into = PersonOf(target, person);
        if (into.HasMerged(entry.State.Key.Value))
            return;
        var leftBy = NoCustomers.RuleOf(into, model) ?? NoCustomers.RuleOf(source, model);
        if (target.State.Key.IsGroup && leftBy is null or { GivesValue: true })
        {
            foreach (
                var bucket in source.History.Buckets.Where(bucket =>
                    leftBy is null && bucket.Slots != 0 && !into.History.HasUse(bucket.Day)
                )
            )
                target.State.History.AddPeople(bucket.Day, 1);
            target.State.History.MergeFrom(source.History);
        }
        into.MergeFrom(source);
        into.NoteMerged(entry.State.Key.Value);
        target.State.Profile.MergeFrom(entry.State.Profile);
        target.State.Plans.MergeFrom(entry.State.Plans);
        target.State.Prices.MergeFrom(entry.State.Prices);
        target.State.Tickets.MergeFrom(entry.State.Tickets);
        target.State.Tickets.Rename(source.Key, person);
        target.State.Feedback.MergeFrom(entry.State.Feedback);
        target.State.Feedback.Rename(source.Key, person);
        if (entry.State.FirstLiveAt is { } live && (target.State.FirstLiveAt is null || live < target.State.FirstLiveAt))
            target.State.FirstLiveAt = live;
        entry.MoveTo(target);
    }

    /// <summary>Merges a person into the one they turned out to be, within one group.</summary>
    private void MergeWithin(ReplayAccount group, PersonKey from, PersonKey to)
    {
        if (!group.People.Remove(from, out var source))
            return;
        var into = PersonOf(group, to);
        var leftBy = NoCustomers.RuleOf(into, model) ?? NoCustomers.RuleOf(source, model);
        foreach (
            var bucket in source.History.Buckets.Where(bucket => leftBy is null && bucket.Slots != 0 && into.History.HasUse(bucket.Day))
        )
            group.State.History.AddPeople(bucket.Day, -1);
        into.MergeFrom(source);
        group.State.Tickets.Rename(from, to);
        group.State.Feedback.Rename(from, to);
        group.State.People--;
    }

    private ReplayAccount AccountOf(AccountKey key)
    {
        if (!accounts.TryGetValue(key, out var account))
            accounts[key] = account = new ReplayAccount(new AccountState(key, key.ProvisionalId));
        return account;
    }
}
