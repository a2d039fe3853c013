using System.Diagnostics.CodeAnalysis;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Backtesting;

/// <summary>An account's people in memory. A person's own account holds that person alone, and there are many such.</summary>
public sealed class ReplayPeople
{
    private Dictionary<PersonKey, PersonState>? _many;

    /// <summary>The one person, while there are no others.</summary>
    public PersonState? Only { get; private set; }

    public int Count =>
        Only is not null ? 1
        : _many is null ? 0
        : _many.Count;

    public IEnumerable<PersonState> All =>
        Only is { } only ? [only]
        : _many is null ? []
        : _many.Values;

    /// <summary>One of them, where there are any: in a person's own account, that person.</summary>
    public PersonState First => Only ?? _many!.Values.First();

    public PersonState? Find(PersonKey key) => Only is not null ? (Only.Key == key ? Only : null) : _many?.GetValueOrDefault(key);

    /// <summary>Adds somebody who is not among them.</summary>
    public PersonState Add(PersonState person)
    {
        if (Count == 0 && _many is null)
            return Only = person;
        if (Only is { } first)
        {
            _many = new Dictionary<PersonKey, PersonState> { [first.Key] = first };
            Only = null;
        }
        return _many![person.Key] = person;
    }

    public bool Remove(PersonKey key, [NotNullWhen(true)] out PersonState? person)
    {
        if (Only is null)
        {
            person = null;
            return _many?.Remove(key, out person) == true;
        }
        person = Only.Key == key ? Only : null;
        if (person is not null)
            Only = null;
        return person is not null;
    }
}
