using Signals.Core.Platform.Serialization;
using Signals.Core.State.Identity;

namespace Signals.Core.State.Accounts;

/// <summary>
/// Which group a person belonged to since when, by event time; the newest <see cref="Capacity"/> changes. An event without a group
/// goes to the group of its own moment, and one from before the first group to the first.
/// </summary>
public sealed class Memberships
{
    public const int Capacity = 32;

    private readonly List<Membership> _changes = [];

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>The groups in the order in which the person joined them; one they came back to stands twice.</summary>
    public IEnumerable<(AccountKey Account, DateTimeOffset Since)> All => _changes.Select(change => (change.Account, change.Since));

    /// <summary>When the person joined a group last; null where they never did.</summary>
    public DateTimeOffset? NewestSince => _changes.Count == 0 ? null : _changes[^1].Since;

    public AccountKey? At(DateTimeOffset moment)
    {
        if (_changes.Count == 0)
            return null;
        var current = _changes[0];
        foreach (var change in _changes)
        {
            if (change.Since <= moment)
                current = change;
        }
        return current.Account;
    }

    /// <summary>Notes that the person belonged to the account at that moment; false when that changes nothing.</summary>
    public bool Add(AccountKey account, DateTimeOffset since, ulong tie)
    {
        var entry = new Membership(account, since, tie);
        if (_changes.Contains(entry))
            return false;
        _changes.Add(entry);
        _changes.Sort((a, b) => a.Since != b.Since ? a.Since.CompareTo(b.Since) : a.Tie.CompareTo(b.Tie));
        for (int i = _changes.Count - 1; i > 0; i--)
        {
            if (_changes[i].Account == _changes[i - 1].Account)
                _changes.RemoveAt(i);
        }
        if (_changes.Count > Capacity)
            _changes.RemoveAt(0);
        return _changes.Contains(entry);
    }

    /// <summary>Adds another's changes; false when that changes nothing.</summary>
    public bool MergeFrom(Memberships other)
    {
        bool changed = false;
        foreach (var change in other._changes)
            changed |= Add(change.Account, change.Since, change.Tie);
        return changed;
    }

    /// <summary>Forgets a group; false when the person never belonged to it.</summary>
    public bool Forget(AccountKey group) => _changes.RemoveAll(change => change.Account == group) > 0;

    public void Write(PackWriter writer)
    {
        writer.Count(_changes.Count);
        foreach (var change in _changes)
        {
            writer.Text(change.Account.Value);
            writer.Time(change.Since);
            writer.Fixed64(change.Tie);
        }
    }

    public static Memberships Read(ref PackReader reader)
    {
        var memberships = new Memberships();
        for (int count = reader.Count(); count > 0; count--)
            memberships._changes.Add(new Membership(new AccountKey(reader.Text() ?? ""), reader.Time(), reader.Fixed64()));
        return memberships;
    }

    private sealed record Membership(AccountKey Account, DateTimeOffset Since, ulong Tie);
}
