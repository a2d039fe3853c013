using Signals.Core.Intake.Doors;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Daily.PersonFiles;

/// <summary>
/// Finds people by what others know them by: a user id, an anonymous id, a mail address. Ids are found at once; for an address every row of
/// the accounts is read, since nothing leads from an address to a person.
/// </summary>
public sealed class PersonFinder(IEntityStore store, IEntityScan scan)
{
    private const int MaxHops = 8;

    private readonly AccountRows _rows = new(store);

    /// <summary>
    /// The person of a user id, else of an anonymous id, else everybody at that address; with the ids that led to them. Empty when nobody
    /// is known by any of these.
    /// </summary>
    public async Task<IReadOnlyList<FoundPerson>> FindAsync(string idOrAddress, CancellationToken cancellationToken)
    {
        foreach (var key in new[] { PersonKey.User(idOrAddress), PersonKey.Anonymous(idOrAddress) })
        {
            if (await FollowAsync(key, cancellationToken) is { } found)
                return [found];
        }
        if (Mailbox.Parse(idOrAddress) is not { } mailbox)
            return [];
        var there = await AtAddressAsync(mailbox, cancellationToken);
        // Whom other services told of by that address, known to the product or not.
        return
            await FollowAsync(PersonKey.Anonymous(DoorIds.OfMail(mailbox)), cancellationToken) is { } told
            && !there.Any(one => one.Key == told.Key)
            ? [.. there, told]
            : there;
    }

    /// <summary>Who a key leads to in the end, by names that were given since; null when there is no such person.</summary>
    public async Task<FoundPerson?> FollowAsync(PersonKey key, CancellationToken cancellationToken)
    {
        var ids = new List<PersonKey>();
        AccountState? entry = null;
        for (int hop = 0; hop < MaxHops && !ids.Contains(key); hop++)
        {
            ids.Add(key);
            if (await _rows.GetAccountAsync(AccountKey.Own(key), cancellationToken) is not { } read)
                break;
            entry = read;
            if (entry.NamedAs is not { } named)
                break;
            key = named;
        }
        return entry is null ? null : new FoundPerson(key, ids, AccountsOf(key, entry));
    }

    /// <summary>Everybody at an address, however it is written.</summary>
    private async Task<IReadOnlyList<FoundPerson>> AtAddressAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PersonKey, FoundPerson>();
        await foreach (var row in scan.ScanAllAsync(AccountRows.Table, cancellationToken))
        {
            if (AccountRows.PersonOf(row) is not { } person || !AddressesOf(person).Any(mailbox.Equals) || found.ContainsKey(person.Key))
                continue;
            if (await FollowAsync(person.Key, cancellationToken) is { } one)
                found.TryAdd(one.Key, one);
        }
        return [.. found.Values];
    }

    /// <summary>Every address that is kept of a person: what was told, what waits, what bounced.</summary>
    public static IEnumerable<Mailbox> AddressesOf(PersonState person) =>
        person
            .Profile.Fields.Values.Select(field => Mailbox.Parse(field.Value))
            .Append(DoorIds.MailboxOf(person.AnonymousId))
            .OfType<Mailbox>()
            .Distinct();

    private static List<AccountKey> AccountsOf(PersonKey key, AccountState entry) =>
        [
            .. entry
                .Groups.Select(group => new AccountKey(group))
                .Concat(entry.Memberships.All.Select(membership => membership.Account))
                .Prepend(AccountKey.Own(key))
                .Distinct(),
        ];
}

/// <summary>A person by the key they have now.</summary>
/// <param name="Key">The key.</param>
/// <param name="Keys">The keys that led there, this one included.</param>
/// <param name="Accounts">Their own account first, then the groups they belong or belonged to.</param>
public sealed record FoundPerson(PersonKey Key, IReadOnlyList<PersonKey> Keys, IReadOnlyList<AccountKey> Accounts);
