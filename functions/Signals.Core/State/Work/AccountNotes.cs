using System.Security.Cryptography;
using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.State.Work;

/// <summary>
/// Notes of an account in its partition: rows <c>note:{inverted time}:{random}</c>, newest first. They go with the account, and lose whom
/// they name when that person is erased.
/// </summary>
public sealed class AccountNotes(IEntityStore store, TimeProvider clock)
{
    /// <summary>More than anybody reads; of further ones the oldest goes.</summary>
    public const int MaxNotes = 500;

    private const string Column = "note";
    private const int MaxIdChars = 60;

    /// <summary>The newest of them, after the id of an earlier page's last.</summary>
    public async Task<IReadOnlyList<AccountNote>> ReadAsync(
        AccountKey account,
        string? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        string from = after is not null && IsId(after) ? after + " " : AccountRows.NotePrefix;
        var rows = await store.ReadFirstAsync(Of(account, from), take, cancellationToken);
        return [.. rows.Select(Read).OfType<AccountNote>()];
    }

    public async Task<AccountNote?> GetAsync(AccountKey account, string id, CancellationToken cancellationToken) =>
        IsId(id) && await store.GetAsync(AccountRows.Table, account.Value, id, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Adds a note; it is there for good when this returns.</summary>
    public async Task<AccountNote> AddAsync(
        AccountKey account,
        string by,
        string text,
        string? person,
        IReadOnlyList<string> mentions,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        string id = $"{AccountRows.NotePrefix}{StorageKey.TimeDescending(now)}:{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var note = new AccountNote(id, by, now, text) { Person = person, Mentions = mentions };
        await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Insert(Row(account, note))], cancellationToken);
        await ForgetBeyondAsync(account, cancellationToken);
        return note;
    }

    /// <summary>Writes a note as it is given: one that was changed, or that was deleted and comes back.</summary>
    public async Task PutAsync(AccountKey account, AccountNote note, CancellationToken cancellationToken) =>
        await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Upsert(Row(account, note))], cancellationToken);

    public async Task RemoveAsync(AccountKey account, string id, CancellationToken cancellationToken)
    {
        if (IsId(id))
            await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Delete(id)], cancellationToken);
    }

    private async Task ForgetBeyondAsync(AccountKey account, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(Of(account), MaxNotes + EntityLimits.MaxOperations, cancellationToken);
        if (rows.Count > MaxNotes)
            await store.CommitAsync(
                AccountRows.Table,
                account.Value,
                rows[MaxNotes..].ConvertAll(row => EntityOperation.Delete(row.RowKey)),
                cancellationToken
            );
    }

    private static EntityQuery Of(AccountKey account, string from = AccountRows.NotePrefix) =>
        new(AccountRows.Table, account.Value, from, AccountRows.NotePrefix[..^1] + ';');

    private static bool IsId(string id) =>
        id.Length <= MaxIdChars
        && id.StartsWith(AccountRows.NotePrefix, StringComparison.Ordinal)
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == ':');

    private static Entity Row(AccountKey account, AccountNote note)
    {
        var row = new Entity(account.Value, note.Id);
        // A list, so that an erasure takes a note about a person as a whole.
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes([note], WorkJson.Default.AccountNoteArray));
        return row;
    }

    private static AccountNote? Read(Entity row) =>
        AccountRows.Read(
            row,
            static stored => JsonSerializer.Deserialize(BlobColumns.Read(stored, Column), WorkJson.Default.AccountNoteArray)
        )
            is [var note, ..]
            ? note
            : null;
}
