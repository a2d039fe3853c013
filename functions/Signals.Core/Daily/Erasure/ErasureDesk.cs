using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Takes wishes to be forgotten. When <see cref="AskAsync"/> returns, the wish is kept, what comes from then on is dropped, and what stands
/// in the accounts that their own entries lead to is gone; <see cref="ErasureWork"/> does the rest and proves it.
/// </summary>
public sealed class ErasureDesk(
    IEntityStore store,
    PersonFinder finder,
    ErasureBook book,
    ErasedIds erased,
    Recipients recipients,
    RecipientKey recipientKey,
    AccountEraser accounts,
    RowEraser rowEraser,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>People that share a request: one row holds all that they are recognised by.</summary>
    private const int PeoplePerRequest = 20;

    private readonly AccountRows _rows = new(store);

    /// <summary>
    /// Takes a wish for many: each is kept, and dropped from then on, when this returns; what is kept of them goes with the next walks.
    /// Returns the requests that it became.
    /// </summary>
    public async Task<IReadOnlyList<ErasureRequest>> AskForManyAsync(ErasureWish wish, string who, CancellationToken cancellationToken)
    {
        var parts = wish
            .UserIds.Select(id => new ErasureWish { UserIds = [id] })
            .Concat(wish.AnonymousIds.Select(id => new ErasureWish { AnonymousIds = [id] }))
            .Concat(wish.Addresses.Select(address => new ErasureWish { Addresses = [address] }))
            .Chunk(PeoplePerRequest)
            .Select(chunk => new ErasureWish
            {
                UserIds = [.. chunk.SelectMany(part => part.UserIds)],
                AnonymousIds = [.. chunk.SelectMany(part => part.AnonymousIds)],
                Addresses = [.. chunk.SelectMany(part => part.Addresses)],
            })
            .Concat(wish.Groups.Select(group => new ErasureWish { Groups = [group] }))
            .ToList();
        var requests = new List<ErasureRequest>();
        foreach (var part in parts)
            requests.Add(await TakeAsync(part, who, atOnce: parts.Count == 1, cancellationToken));
        return requests;
    }

    /// <summary>Takes a wish; asking again does no harm.</summary>
    /// <param name="wish">Who is to be forgotten.</param>
    /// <param name="who">Who asks, as the audit trail names them.</param>
    /// <param name="cancellationToken">Ends it; what was kept by then is done by the next walk.</param>
    public Task<ErasureRequest> AskAsync(ErasureWish wish, string who, CancellationToken cancellationToken) =>
        TakeAsync(wish, who, atOnce: true, cancellationToken);

    private async Task<ErasureRequest> TakeAsync(ErasureWish wish, string who, bool atOnce, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var request = new ErasureRequest
        {
            Id = ErasureBook.NewId(now),
            AskedAt = now,
            AskedBy = who,
            NotBefore = now,
            Marks = new ErasureMarks { AskedAddresses = wish.Addresses },
        };
        var subject = new ErasureSubject(request);
        foreach (string id in wish.UserIds)
            await LearnAsync(PersonKey.User(id), id, subject, cancellationToken);
        foreach (string id in wish.AnonymousIds)
            await LearnAsync(PersonKey.Anonymous(id), id, subject, cancellationToken);
        foreach (string id in wish.Groups)
            subject.Learn(AccountKey.Group(id));
        await KeepAsync(request, subject, cancellationToken);
        await audit.WriteAsync(
            new AuditEntry(now, who, wish.Groups.Count > 0 ? "account.erased" : "person.erased", request.Id, CountOf(subject)),
            cancellationToken
        );
        foreach (string id in wish.Groups)
            await AskForPeopleAsync(AccountKey.Group(id), request, cancellationToken);
        if (atOnce)
            await EraseAsync(subject, cancellationToken);
        return (await book.FindAsync(request.Id, cancellationToken))!;
    }

    /// <summary>
    /// Lets go of somebody of whom nothing was heard since a moment, as if they had asked, but for what is remembered: they may come back.
    /// False where they just did.
    /// </summary>
    /// <param name="person">Who was silent, in every account that they are in.</param>
    /// <param name="since">Since when.</param>
    /// <param name="who">Who decided it, as the audit trail names them.</param>
    /// <param name="cancellationToken">Ends it; what was kept by then is done by the next walk.</param>
    public async Task<bool> LetGoAsync(PersonKey person, DateTimeOffset since, string who, CancellationToken cancellationToken)
    {
        var request = SilentRequest(since, who);
        var subject = new ErasureSubject(request);
        await LearnAsync(person, person.ProvisionalId, subject, cancellationToken);
        // With its count of people in one transaction, whoever folds into it just now.
        subject.LearnPlace(AccountKey.Own(person));
        return await LetGoAsync(request, subject, cancellationToken);
    }

    /// <summary>The same for a group; its people are let go by themselves.</summary>
    public async Task<bool> LetGoAsync(AccountKey group, DateTimeOffset since, string who, CancellationToken cancellationToken)
    {
        var request = SilentRequest(since, who);
        var subject = new ErasureSubject(request);
        subject.Learn(group);
        return await LetGoAsync(request, subject, cancellationToken);
    }

    /// <summary>
    /// Lets people and accounts come back: what is sent of them from now on is kept again, and mail may go to the addresses unless they
    /// said no themselves. Returns how many ids and addresses were kept out.
    /// </summary>
    public async Task<int> RestoreAsync(ErasureWish wish, string who, CancellationToken cancellationToken)
    {
        Mailbox[] mailboxes = [.. wish.Addresses.Concat(wish.UserIds).Select(Mailbox.Parse).OfType<Mailbox>()];
        int restored = await erased.RemoveAsync(
            [
                .. wish.UserIds.Select(id => PersonKey.User(id).Value),
                .. wish.AnonymousIds.Select(id => PersonKey.Anonymous(id).Value),
                .. wish.Groups.Select(id => AccountKey.Group(id).Value),
                .. mailboxes.Select(mailbox => mailbox.Identity),
            ],
            cancellationToken
        );
        foreach (var mailbox in mailboxes)
            await recipients.RestoreAsync(recipientKey.Of(mailbox.Address), cancellationToken);
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), who, "person.restored", "erasures", $"{restored} ids and addresses"),
            cancellationToken
        );
        return restored;
    }

    /// <summary>One walk is for all of a day: it begins when the first could be proved.</summary>
    private ErasureRequest SilentRequest(DateTimeOffset since, string who)
    {
        var now = clock.GetUtcNow();
        return new ErasureRequest
        {
            Id = ErasureBook.NewId(now),
            AskedAt = now,
            AskedBy = who,
            NotBefore = now + ErasureWork.Settle,
            SilentSince = since,
            Marks = new ErasureMarks(),
        };
    }

    private async Task<bool> LetGoAsync(ErasureRequest request, ErasureSubject subject, CancellationToken cancellationToken)
    {
        await KeepAsync(request, subject, cancellationToken);
        await EraseAsync(subject, cancellationToken);
        if (subject.CameBack)
            await book.EndAsync(request.Id, cancellationToken);
        return !subject.CameBack;
    }

    private async Task LearnAsync(PersonKey key, string written, ErasureSubject subject, CancellationToken cancellationToken)
    {
        subject.Learn(key);
        subject.LearnWord(written);
        if (await finder.FollowAsync(key, cancellationToken) is not { } found)
            return;
        foreach (var known in found.Keys.Append(found.Key))
            subject.Learn(known);
        foreach (var account in found.Accounts.Where(account => account.IsGroup))
            subject.LearnPlace(account);
    }

    /// <summary>Keeps the request and what is remembered for good, in this order: a crash in between is made up for by the walk.</summary>
    private async Task KeepAsync(ErasureRequest request, ErasureSubject subject, CancellationToken cancellationToken)
    {
        var marks = subject.Keep();
        await book.ChangeAsync(
            request.Id,
            _ => request with { Marks = marks, People = subject.People.Count, Accounts = subject.Accounts.Count },
            cancellationToken
        );
        await erased.AddAsync(subject.Remembered, cancellationToken);
    }

    /// <summary>Whoever is in no other account goes with it.</summary>
    private async Task AskForPeopleAsync(AccountKey group, ErasureRequest request, CancellationToken cancellationToken)
    {
        string? after = null;
        while (await _rows.GetPeopleAsync(group, after, PeoplePerRequest, cancellationToken) is { Count: > 0 } people)
        {
            after = people[^1].Key.Value;
            var part = request with { Id = ErasureBook.NewId(clock.GetUtcNow()), Marks = new ErasureMarks() };
            var subject = new ErasureSubject(part);
            foreach (var person in people)
            {
                if (await IsInNoOtherAsync(person.Key, group, cancellationToken))
                    await LearnAsync(person.Key, person.UserId ?? person.Key.ProvisionalId, subject, cancellationToken);
            }
            if (subject.People.Count == 0)
                continue;
            await KeepAsync(part, subject, cancellationToken);
            await EraseAsync(subject, cancellationToken);
        }
    }

    private async Task<bool> IsInNoOtherAsync(PersonKey person, AccountKey group, CancellationToken cancellationToken) =>
        await _rows.GetAccountAsync(AccountKey.Own(person), cancellationToken) is not { } entry
        || (
            entry.NamedAs is null
            && entry.Groups.All(other => other == group.Value)
            && entry.Memberships.All.All(joined => joined.Account == group)
        );

    /// <summary>What is found without a walk.</summary>
    private async Task EraseAsync(ErasureSubject subject, CancellationToken cancellationToken)
    {
        var subjects = new ErasureSubjects([subject]);
        foreach (string place in subject.Places.ToList())
            await accounts.EraseWithinAsync(new AccountKey(place), subject, subjects, cancellationToken);
        foreach (string own in subject.People.Concat(subject.Accounts).ToList())
        {
            await foreach (var row in store.ReadAllAsync(new EntityQuery(AccountRows.Table, own), cancellationToken))
                await rowEraser.EraseAsync(AccountRows.Table, row, subjects, cancellationToken);
        }
        await accounts.KeepAsync(subject, subjects, cancellationToken);
        await erased.AddAsync(subject.Remembered, cancellationToken);
        await rowEraser.EraseAddressesAsync(subject, cancellationToken);
        await book.ChangeAsync(subject.Id, request => request! with { Removed = request.Removed + subject.Removed }, cancellationToken);
    }

    private static string CountOf(ErasureSubject subject) =>
        $"{subject.People.Count} ids, {subject.AskedAddresses.Count} addresses, {subject.Accounts.Count} accounts";
}
