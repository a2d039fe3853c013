using System.Runtime.InteropServices;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.State.Indexes;

/// <summary>
/// Users by name and address, to find them by the beginning of either: list <c>people</c>, rows <c>{words}:{person}</c>, for the name from
/// each of its words on and for the address, folded as names of accounts are. A row holds nothing but its key: what a person is called now,
/// and where, the reader looks up, so that a row that is left over finds nobody. The fold writes what changed before it saves it, and
/// removes what is gone after; all rows of a person change in one transaction.
/// </summary>
public sealed class PeopleList(ShardedList lists)
{
    public const string Name = "people";

    /// <summary>A name is found by the beginnings of so many of its words.</summary>
    private const int MaxWords = 4;

    private static readonly HashSet<string> NoKeys = [];

    /// <summary>What somebody is found by; nothing for an anonymous id.</summary>
    public static IReadOnlySet<string> KeysOf(PersonState person) => KeysOf(person.Key, FoundBy.Of(person));

    /// <summary>The same of what was told of them at a time.</summary>
    public static IReadOnlySet<string> KeysOf(PersonKey person, FoundBy told)
    {
        if (person.IsAnonymous)
            return NoKeys;
        string? name = PersonName.Told(told.Name),
            address = Mailbox.Parse(told.Email) is { IsPlain: true } mailbox ? mailbox.Address : null;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        string[] words = name?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        for (int first = 0; first < Math.Min(words.Length, MaxWords); first++)
            keys.Add(AccountLists.NameKey(string.Join(' ', words[first..])));
        if (address is not null)
            keys.Add(AccountLists.NameKey(address));
        keys.Remove("");
        return keys;
    }

    /// <summary>
    /// Lists people under what they are found by from now on: a transaction for each partition, or more where they are many.
    /// </summary>
    public Task PutAsync(IEnumerable<(PersonKey Person, string Key)> rows, CancellationToken cancellationToken) =>
        lists.PutAllAsync(rows.Distinct().Select(row => new Entity(PartitionOf(row.Person), RowOf(row))), cancellationToken);

    /// <summary>Takes people out from under what they are found by no more.</summary>
    public async Task RemoveAsync(IEnumerable<(PersonKey Person, string Key)> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
            await lists.RemoveAsync(PartitionOf(row.Person), RowOf(row), cancellationToken);
    }

    /// <summary>
    /// Users of whom a name's word or the address may begin so, in the order of these, each with what it was found by; somebody may come
    /// twice.
    /// </summary>
    public async IAsyncEnumerable<(PersonKey Person, string Key)> ReadAsync(
        string beginning,
        int pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string prefix = AccountLists.NameKey(beginning);
        if (prefix.Length == 0)
            yield break;
        await foreach (var row in lists.ReadAsync(Name, prefix, pageSize, cancellationToken))
        {
            if (!row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
                yield break;
            int colon = row.RowKey.IndexOf(':', StringComparison.Ordinal);
            yield return (new PersonKey(row.RowKey[(colon + 1)..]), row.RowKey[..colon]);
        }
    }

    private static string PartitionOf(PersonKey person) => ShardedList.Partition(Name, person.Value);

    private static string RowOf((PersonKey Person, string Key) row) => $"{row.Key}:{row.Person.Value}";
}

/// <summary>The traits that somebody is found by, as they were told: a comparison of two costs nothing.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FoundBy(string? Name, string? Email)
{
    public static FoundBy Of(PersonState person) => new(person.Profile[Traits.Name], person.Profile[Traits.Email]);
}
