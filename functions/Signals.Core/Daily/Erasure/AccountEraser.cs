using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Takes people out of the accounts. What goes, goes by the account's own version, so that a fold or a review that read it before begins
/// anew and meets nobody; what others did stays, and so do the sums that the account keeps of all its people together.
/// </summary>
public sealed class AccountEraser(
    IEntityStore store,
    MessageEraser messages,
    ErasedRows erased,
    WakeIndex wakes,
    ErasureBook book,
    Silence silence,
    TimeProvider clock
)
{
    private const string IdsPrefix = "ids:";
    private const int PeoplePerTransaction = 40;

    private readonly AccountRows _rows = new(store);

    /// <summary>Does to one row of the table what is to be done.</summary>
    internal async Task EraseAsync(Entity row, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        if (subjects.OfAccount(row.PartitionKey) is { } owner)
        {
            await RemoveAsync(row, owner, subjects, cancellationToken);
            return;
        }
        if (OutreachRows.Of(row) is { } stored)
            await messages.EraseAsync(row, stored, subjects, cancellationToken);
        else if (AccountRows.PersonOf(row) is { } person)
            await EraseAsync(row, person, subjects, cancellationToken);
        else if (AccountRows.AccountOf(row) is { } account)
            await EraseAsync(row, account, subjects, cancellationToken);
        else if (Whose(row, subjects) is { } owned)
            await erased.DropAsync(AccountRows.Table, row, owned, cancellationToken);
        else if (
            row.RowKey.StartsWith(IdsPrefix, StringComparison.Ordinal)
            || row.RowKey.StartsWith(AccountRows.DuePrefix, StringComparison.Ordinal)
        )
            await erased.DropAsync(
                AccountRows.Table,
                row,
                row.RowKey.Split(':').Select(subjects.OfPerson).FirstOrDefault(found => found is not null),
                cancellationToken
            );
        else
            await BlotAsync(row, subjects, row.PartitionKey, cancellationToken);
    }

    /// <summary>
    /// Takes people out of an account that is not theirs alone: their row and ids, what they answered and asked, what was written to them.
    /// </summary>
    internal async Task EraseWithinAsync(
        AccountKey key,
        ErasureSubject subject,
        ErasureSubjects subjects,
        CancellationToken cancellationToken
    )
    {
        if (await silence.IsBrokenAsync(subject, cancellationToken))
            return;
        var account = await _rows.GetAccountAsync(key, cancellationToken);
        if (account is not null)
        {
            subject.LearnPlace(key);
            subject.LearnTexts(account);
        }
        var here = new List<PersonKey>();
        foreach (string person in subject.People.ToList())
        {
            if (await _rows.GetPersonAsync(key, new PersonKey(person), cancellationToken) is not { } state)
                continue;
            await LearnAsync(state, subject, cancellationToken);
            here.Add(state.Key);
        }
        await KeepAsync(subject, subjects, cancellationToken);
        foreach (var people in here.Chunk(PeoplePerTransaction).DefaultIfEmpty([]))
            await RemovePeopleAsync(key, people, subject, subjects, cancellationToken);
        var rows = new EntityQuery(AccountRows.Table, key.Value, AccountRows.AlertRow, AccountRows.OutreachPrefix[..^1] + ';');
        await foreach (var row in store.ReadAllAsync(rows, cancellationToken))
            await EraseAsync(row, subjects, cancellationToken);
    }

    /// <summary>Keeps what was learnt with the request, before anything that it was learnt from goes.</summary>
    internal async Task KeepAsync(ErasureSubject subject, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        if (!subject.HasNews)
            return;
        var marks = subject.Keep();
        await book.ChangeAsync(
            subject.Id,
            request =>
                (request ?? throw new InvalidOperationException("A request for erasure is gone before it was proved.")) with
                {
                    Marks = marks,
                    People = subject.People.Count,
                    Accounts = subject.Accounts.Count,
                },
            cancellationToken
        );
        subjects.Index();
    }

    /// <summary>Learns who a person is, and the anonymous id that led to them; one that leads to somebody else stays theirs.</summary>
    private async Task LearnAsync(PersonState person, ErasureSubject subject, CancellationToken cancellationToken)
    {
        subject.Learn(person);
        if (person.AnonymousId is not { } anonymous)
            return;
        var key = PersonKey.Anonymous(anonymous);
        var entry = await _rows.GetAccountAsync(AccountKey.Own(key), cancellationToken);
        if (entry?.NamedAs is not { } named || subject.People.Contains(named.Value))
            subject.Learn(key);
    }

    /// <summary>Removes the rows of people, and what the account remembers of anybody of the request, in one transaction.</summary>
    private async Task RemovePeopleAsync(
        AccountKey key,
        PersonKey[] people,
        ErasureSubject subject,
        ErasureSubjects subjects,
        CancellationToken cancellationToken
    )
    {
        int removed = await Optimistic.ChangeAsync<int>(
            "erase people from an account",
            clock,
            async () =>
            {
                var account = await _rows.GetAccountAsync(key, cancellationToken);
                var operations = new List<EntityOperation>();
                int counted = 0;
                foreach (var person in people)
                {
                    if (await _rows.GetPersonAsync(key, person, cancellationToken) is not { } state)
                        continue;
                    if (Silence.IsBroken(state, subject.SilentSince))
                    {
                        subject.CameBack = true;
                        continue;
                    }
                    operations.Add(EntityOperation.Delete(AccountRows.PersonRow(person), state.ETag));
                    counted += person.IsOfService ? 0 : 1;
                }
                if (subject.CameBack)
                    return 0;
                int rows = operations.Count;
                bool changes = account is not null && (Forget(account, subject, subjects) || rows > 0);
                if (rows == 0 && !changes)
                    return 0;
                if (changes)
                    operations.Add(await LessenedAsync(account!, counted, cancellationToken));
                var result = await store.CommitAsync(AccountRows.Table, key.Value, operations, cancellationToken);
                return result.Committed ? operations.Count : Attempt.Conflict;
            },
            cancellationToken
        );
        subject.Removed += removed;
        foreach (var person in subject.CameBack ? [] : people)
            await _rows.DeleteIdsAsync(key, person, cancellationToken);
    }

    /// <summary>The account with so many people fewer, to be reviewed anew from everybody who is left.</summary>
    private async Task<EntityOperation> LessenedAsync(AccountState account, int people, CancellationToken cancellationToken)
    {
        account.People = Math.Max(0, account.People - people);
        account.Changed = true;
        if (account.Review is { } review)
        {
            account.Review = review with { Basis = "" };
            await wakes.AddAsync(new Wake(clock.GetUtcNow(), WakeKind.Review, account.Key), cancellationToken);
        }
        return AccountRows.Save(account);
    }

    /// <summary>Takes people out of what the account remembers; false where there was nothing.</summary>
    private static bool Forget(AccountState account, ErasureSubject subject, ErasureSubjects subjects)
    {
        bool changed = account.Tickets.Forget(subject.People.Contains);
        changed |= account.Feedback.Forget(subject.People.Contains);
        changed |= account.Outreach.RemoveAll(memory => subject.People.Contains(memory.Person)) > 0;
        changed |= account.Profile.Forget(value => subjects.OfWord(value) is not null && value.Contains('@', StringComparison.Ordinal));
        return changed | ForgetInReview(account, subjects);
    }

    private static bool ForgetInReview(AccountState account, ErasureSubjects subjects)
    {
        if (account.Review is not { } review)
            return false;
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(review, AccountJson.Default.AccountReview);
        if (JsonEraser.Erase(json, subjects, account.Key.Value).Json is not { } rest)
            return false;
        account.Review = JsonSerializer.Deserialize(rest, AccountJson.Default.AccountReview);
        return true;
    }

    private async Task EraseAsync(Entity row, PersonState person, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        var key = new AccountKey(row.PartitionKey);
        if (subjects.OfPerson(person.Key.Value) is { } known)
        {
            // Whoever shares their request went with the first of them.
            if (await _rows.GetPersonAsync(key, person.Key, cancellationToken) is not null)
                await EraseWithinAsync(key, known, subjects, cancellationToken);
        }
        else if (subjects.AskedBy(person) is { } asked)
        {
            await LearnAsync(person, asked, cancellationToken);
            await EraseWithinAsync(key, asked, subjects, cancellationToken);
        }
    }

    /// <summary>An account that is nobody's alone, or the directory entry of another id.</summary>
    private async Task EraseAsync(Entity row, AccountState account, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        if (account.NamedAs is { } named && subjects.OfPerson(named.Value) is { } heir)
        {
            heir.Learn(new PersonKey(account.Key.Value));
            heir.LearnWord(account.Id);
            await KeepAsync(heir, subjects, cancellationToken);
            await RemoveAsync(row, heir, subjects, cancellationToken);
            return;
        }
        var reviewed = account.Review is { } review
            ? JsonEraser
                .Erase(JsonSerializer.SerializeToUtf8Bytes(review, AccountJson.Default.AccountReview), subjects, account.Key.Value)
                .Found
            : [];
        var about = subjects.All.Where(subject => reviewed.Contains(subject) || IsIn(account, subject, subjects)).ToList();
        foreach (var subject in about)
            await EraseWithinAsync(account.Key, subject, subjects, cancellationToken);
        foreach (
            var subject in subjects.All.Where(subject =>
                account.Groups.Any(subject.Accounts.Contains)
                || account.Memberships.All.Any(joined => subject.Accounts.Contains(joined.Account.Value))
            )
        )
            await LeaveAsync(account.Key, subject, cancellationToken);
    }

    private static bool IsIn(AccountState account, ErasureSubject subject, ErasureSubjects subjects) =>
        account.Feedback.Answers.Any(answer => subject.People.Contains(answer.Person))
        || account.Tickets.All.Any(ticket => ticket.Person is { } person && subject.People.Contains(person))
        || account.Outreach.Exists(memory => subject.People.Contains(memory.Person))
        || account.Profile.Fields.Values.Any(field =>
            field.Value?.Contains('@', StringComparison.Ordinal) == true && subjects.OfWord(field.Value) == subject
        );

    /// <summary>Who belonged to an account that was erased belongs to it no more.</summary>
    private async Task LeaveAsync(AccountKey own, ErasureSubject subject, CancellationToken cancellationToken)
    {
        if (await silence.IsBrokenAsync(subject, cancellationToken))
            return;
        await Optimistic.ChangeAsync(
            "have a person leave an account that is erased",
            clock,
            async () =>
            {
                if (await _rows.GetAccountAsync(own, cancellationToken) is not { } entry)
                    return true;
                bool changed = false;
                foreach (string account in subject.Accounts)
                    changed |= entry.ForgetGroup(new AccountKey(account));
                if (!changed)
                    return true;
                var result = await store.CommitAsync(AccountRows.Table, own.Value, [AccountRows.Save(entry)], cancellationToken);
                subject.Removed += result.Committed ? 1 : 0;
                return result.Committed;
            },
            cancellationToken
        );
    }

    /// <summary>Removes a row of an account that goes as a whole, after taking note of all that it says of its people.</summary>
    private async Task RemoveAsync(Entity row, ErasureSubject owner, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        var key = new AccountKey(row.PartitionKey);
        if (AccountRows.PersonOf(row) is { } person)
        {
            if (owner.People.Contains(person.Key.Value) || !key.IsGroup)
                await LearnAsync(person, owner, cancellationToken);
        }
        else if (AccountRows.AccountOf(row) is { } account)
        {
            owner.LearnTexts(account);
            owner.LearnWord(key.IsGroup ? null : account.Id);
            foreach (
                var group in account
                    .Groups.Select(group => new AccountKey(group))
                    .Concat(account.Memberships.All.Select(joined => joined.Account))
            )
                owner.LearnPlace(group);
        }
        else if (OutreachRows.Of(row) is { } stored)
        {
            await messages.RemoveAsync(stored, owner, cancellationToken);
            return;
        }
        await KeepAsync(owner, subjects, cancellationToken);
        await erased.DropAsync(AccountRows.Table, row, owner, cancellationToken);
    }

    /// <summary>
    /// Whom something that is shown inside the product is about: its reader, or the account that it speaks of; null where nobody of them
    /// goes.
    /// </summary>
    private static ErasureSubject? Whose(Entity row, ErasureSubjects subjects) =>
        (HelpRows.Of(row)?.Card.Account.Value ?? HelpRows.ChecklistOf(row)?.Account) is { } account
            ? subjects.OfPerson(row.PartitionKey) ?? subjects.OfAccount(account)
            : null;

    /// <summary>The alert's row, and whatever else is JSON.</summary>
    private async Task BlotAsync(Entity row, ErasureSubjects subjects, string? place, CancellationToken cancellationToken)
    {
        foreach (string column in row.Properties.Where(column => column.Value is byte[]).Select(column => column.Key).ToList())
        {
            var (rest, found) = JsonEraser.Erase(BlobColumns.Read(row, column), subjects, place);
            if (rest is not null)
                await erased.ReplaceAsync(AccountRows.Table, row, column, rest, found, cancellationToken);
        }
    }
}
