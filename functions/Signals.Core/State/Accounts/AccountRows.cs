using System.Text.Json;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.State.Accounts;

/// <summary>
/// The rows of an account's partition in table <see cref="Table"/>: <c>account</c>, <c>alert</c>, <c>person:{person}</c>,
/// <c>ids:{person}:{chunk}</c>
/// (spilled ids), <c>due:{yyyyMMdd}:{person}</c> (people to look at again), <c>outreach:{time}:{id}</c>, <c>note:{time}:{id}</c>,
/// <c>work</c>. Every key of the table is made
/// here.
/// </summary>
public sealed class AccountRows(IEntityStore store)
{
    public const string Table = "accounts";
    public const string AccountRow = "account";

    /// <summary>Stands beside the account's row and is read along with it; what it holds is for alerts to know.</summary>
    public const string AlertRow = "alert";

    /// <summary>What the team is about to do for the account.</summary>
    public const string WorkRow = "work";

    /// <summary>What the team wrote about the account and its people.</summary>
    public const string NotePrefix = "note:";

    public const string PersonPrefix = "person:";
    public const string DuePrefix = "due:";
    public const string OutreachPrefix = "outreach:";

    private const string StateColumn = "state";
    private const string IdsColumn = "ids";
    private const string ReviewColumn = "review";

    public async ValueTask<AccountState?> GetAccountAsync(AccountKey key, CancellationToken cancellationToken) =>
        await store.GetAsync(Table, key.Value, AccountRow, cancellationToken) is { } entity ? ToAccount(key, entity) : null;

    public async ValueTask<PersonState?> GetPersonAsync(AccountKey account, PersonKey person, CancellationToken cancellationToken) =>
        await store.GetAsync(Table, account.Value, PersonRow(person), cancellationToken) is { } entity ? ToPerson(entity) : null;

    /// <summary>The person of a row of the table; null for a row of another kind. Throws as <see cref="Read"/> does.</summary>
    public static PersonState? PersonOf(Entity row) => row.RowKey.StartsWith(PersonPrefix, StringComparison.Ordinal) ? ToPerson(row) : null;

    /// <summary>The account of a row of the table; null for a row of another kind. Throws as <see cref="Read"/> does.</summary>
    public static AccountState? AccountOf(Entity row) => row.RowKey == AccountRow ? ToAccount(new AccountKey(row.PartitionKey), row) : null;

    /// <summary>Reads the chunks of a person's spilled ids that are not loaded yet.</summary>
    public async Task LoadIdsAsync(AccountKey account, PersonState person, IEnumerable<int> chunks, CancellationToken cancellationToken)
    {
        foreach (int chunk in chunks.Where(chunk => !person.Ids.IsLoaded(chunk)).ToList())
        {
            var row = await store.GetAsync(Table, account.Value, IdsRow(person.Key, chunk), cancellationToken);
            person.Ids.Load(chunk, row is null ? null : ReadIds(row));
        }
    }

    /// <summary>People of an account in order of their key, from after a person on.</summary>
    public async Task<IReadOnlyList<PersonState>> GetPeopleAsync(
        AccountKey account,
        string? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        // Keys hold no control characters, so a space after a key is past it and before every other.
        string from = after is null ? PersonPrefix : PersonRow(new PersonKey(after)) + " ";
        var people = new EntityQuery(Table, account.Value, from, PersonPrefix[..^1] + ';');
        return (await store.ReadFirstAsync(people, take, cancellationToken)).ConvertAll(ToPerson);
    }

    /// <summary>Writes the account's row if it is still the version that was read (or absent, if none was).</summary>
    public static EntityOperation Save(AccountState account)
    {
        var entity = new Entity(account.Key.Value, AccountRow) { ETag = account.ETag };
        BlobColumns.Write(entity, StateColumn, account.Pack());
        BlobColumns.Write(entity, ReviewColumn, account.PackReview());
        return account.ETag.Length == 0 ? EntityOperation.Insert(entity) : EntityOperation.Replace(entity);
    }

    /// <summary>
    /// Writes a person's row and the chunks of ids that changed. Ids are forgotten that arrived long before <paramref name="arrivalDay"/>.
    /// </summary>
    public static IEnumerable<EntityOperation> Save(AccountKey account, PersonState person, int arrivalDay)
    {
        person.Ids.SpillWhenLarge(arrivalDay);
        var entity = new Entity(account.Value, PersonRow(person.Key)) { ETag = person.ETag };
        BlobColumns.Write(entity, StateColumn, person.Pack());
        BlobColumns.Write(entity, IdsColumn, person.PackIds());
        yield return person.ETag.Length == 0 ? EntityOperation.Insert(entity) : EntityOperation.Replace(entity);
        foreach (var (chunk, ids) in person.Ids.Changed)
        {
            var writer = new PackWriter();
            ids.Write(writer);
            var row = new Entity(account.Value, IdsRow(person.Key, chunk));
            BlobColumns.Write(row, IdsColumn, writer.Written);
            yield return EntityOperation.Upsert(row);
        }
    }

    /// <summary>Removes the chunks of a person's spilled ids, if there are any.</summary>
    public async Task DeleteIdsAsync(AccountKey account, PersonKey person, CancellationToken cancellationToken)
    {
        var ids = await store.ReadFirstAsync(
            EntityQuery.Prefix(Table, account.Value, $"ids:{person.Value}:"),
            EntityLimits.MaxOperations,
            cancellationToken
        );
        if (ids.Count > 0)
            await store.CommitAsync(Table, account.Value, ids.ConvertAll(row => EntityOperation.Delete(row.RowKey)), cancellationToken);
    }

    /// <summary>Names a person in a group's due index; a person's own account has one person, who needs no index.</summary>
    public static IEnumerable<EntityOperation> SaveDue(AccountKey account, PersonKey person, int day) =>
        account.IsGroup ? [EntityOperation.Upsert(new Entity(account.Value, DueRow(day, person)))] : [];

    /// <summary>
    /// A group's row, its alert, and up to <paramref name="take"/> rows of its due index, earliest first: they stand next to each other and
    /// are read as one. Null when there is no such account.
    /// </summary>
    public async Task<(AccountState Account, Entity? Alert, IReadOnlyList<(int Day, PersonKey Person)> Due)?> GetWithDueAsync(
        AccountKey account,
        int take,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync(account, DuePrefix[..^1] + ';', take + 2, cancellationToken);
        return rows.Count > 0 && rows[0].RowKey == AccountRow
            ? (
                ToAccount(account, rows[0]),
                ToAlert(rows),
                [.. rows.Skip(1).Where(row => row.RowKey != AlertRow).Take(take).Select(row => ParseDue(row.RowKey))]
            )
            : null;
    }

    /// <summary>
    /// A person's own account with its alert and that person, read as one while the outreach between the two is little. Null when there is
    /// no such account.
    /// </summary>
    public async Task<(AccountState Account, Entity? Alert, PersonState? Person)?> GetOwnAsync(
        AccountKey account,
        CancellationToken cancellationToken
    )
    {
        const int FewRows = 8;
        var rows = await ReadAsync(account, PersonPrefix[..^1] + ';', FewRows, cancellationToken);
        if (rows.Count == 0 || rows[0].RowKey != AccountRow)
            return null;
        var person = new PersonKey(account.Value);
        var row = rows.FirstOrDefault(row => row.RowKey == PersonRow(person));
        return (
            ToAccount(account, rows[0]),
            ToAlert(rows),
            row is not null ? ToPerson(row)
            : rows.Count == FewRows ? await GetPersonAsync(account, person, cancellationToken)
            : null
        );
    }

    private ValueTask<List<Entity>> ReadAsync(AccountKey account, string to, int take, CancellationToken cancellationToken) =>
        store.ReadFirstAsync(new EntityQuery(Table, account.Value, AccountRow, to), take, cancellationToken);

    public static string PersonRow(PersonKey person) => PersonPrefix + person.Value;

    public static string IdsRow(PersonKey person, int chunk) => $"ids:{person.Value}:{chunk:D2}";

    public static string DueRow(int day, PersonKey person) => $"{DuePrefix}{Days.Key(day)}:{person.Value}";

    /// <summary>The day and person of a due row.</summary>
    public static (int Day, PersonKey Person) ParseDue(string row) =>
        (Days.ParseKey(row.AsSpan(DuePrefix.Length, 8)), new PersonKey(row[(DuePrefix.Length + 9)..]));

    private static Entity? ToAlert(List<Entity> rows) => rows.Find(row => row.RowKey == AlertRow);

    private static AccountState ToAccount(AccountKey key, Entity entity) =>
        Read(entity, row => AccountState.Unpack(key, BlobColumns.Read(row, StateColumn), BlobColumns.Read(row, ReviewColumn), row.ETag));

    private static PersonState ToPerson(Entity entity) =>
        Read(
            entity,
            static row =>
                PersonState.Unpack(
                    new PersonKey(row.RowKey[PersonPrefix.Length..]),
                    BlobColumns.Read(row, StateColumn),
                    BlobColumns.Read(row, IdsColumn),
                    row.ETag
                )
        );

    private static SeenIds ReadIds(Entity entity) =>
        Read(
            entity,
            static row =>
            {
                var reader = new PackReader(BlobColumns.Read(row, IdsColumn));
                return SeenIds.Read(ref reader);
            }
        );

    /// <summary>Reads a row of an account; throws <see cref="UnreadableRowException"/> when its bytes are not what was written.</summary>
    public static T Read<T>(Entity row, Func<Entity, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            throw new UnreadableRowException(row.PartitionKey, row.RowKey, fault);
        }
    }
}
