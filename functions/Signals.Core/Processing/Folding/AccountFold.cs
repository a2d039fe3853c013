using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// Folds a batch's events of one account: people in chunks, each chunk one transaction that holds their state and their ids together with
/// the account's row, so that any prefix of a crashed fold is consistent.
/// </summary>
/// <remarks>
/// A person with more ids than a transaction holds is folded in parts, by ranges of ids: ids are kept in rows by range, so a part writes
/// only its own rows of them, beside the state that its events change. Each part is as consistent as a whole, in any order and again.
/// </remarks>
public sealed class AccountFold(
    IEntityStore store,
    EventFolder folder,
    PersonDirectory directory,
    WakeIndex wakes,
    ProductWishes wishes,
    PeopleList list,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>A person is two operations (row and due row), the account one: 49 people fill a transaction.</summary>
    public const int PeoplePerTransaction = 49;

    private const int MaxTransactionBytes = EntityLimits.MaxTransactionBytes - 256 * 1024;

    private readonly AccountRows _rows = new(store);

    /// <param name="account">The account to fold into.</param>
    /// <param name="people">Its people's events; people who belong elsewhere by now are taken out of it.</param>
    /// <param name="read">The account's row if it was read already; a stale one is read again.</param>
    /// <param name="messages">The hash of each queue message of the batch.</param>
    /// <param name="cancellationToken">Ends the fold between transactions.</param>
    public async Task<FoldResult> FoldAsync(
        AccountKey account,
        List<PersonWork> people,
        AccountState? read,
        ulong[] messages,
        CancellationToken cancellationToken
    )
    {
        var result = new FoldResult();
        int size = PeoplePerTransaction;
        for (int done = 0; done < people.Count; )
        {
            var chunk = people.GetRange(done, people[done].PartOf is not null ? 1 : Math.Min(size, people.Count - done));
            var outcome = await Optimistic.ChangeAsync<ChunkOutcome>(
                $"fold into account '{account}'",
                clock,
                async () =>
                {
                    var met = await FoldChunkAsync(account, chunk, read, messages, result, cancellationToken);
                    read = met.Saved;
                    if (met.Kind != ChunkOutcomeKind.Changed)
                        return met;
                    result.Retries++;
                    return Attempt.Conflict;
                },
                cancellationToken
            );
            switch (outcome.Kind)
            {
                case ChunkOutcomeKind.Saved:
                    done += chunk.Count;
                    break;
                case ChunkOutcomeKind.Elsewhere:
                    result.Displaced.AddRange(chunk.Where(work => outcome.Elsewhere.Contains(work.Person)).SelectMany(work => work.Events));
                    people.RemoveAll(work => outcome.Elsewhere.Contains(work.Person));
                    break;
                case ChunkOutcomeKind.TooLarge when chunk.Count > 1:
                    size = chunk.Count / 2;
                    break;
                case ChunkOutcomeKind.TooLarge when PartsOf(chunk[0], outcome.Bytes) is { Count: > 1 } parts:
                    people.RemoveAt(done);
                    people.InsertRange(done, parts);
                    size = PeoplePerTransaction;
                    break;
                default:
                    throw new EntityLimitException(
                        $"Person '{chunk[0].Person}' of account '{account}' needs a transaction over {MaxTransactionBytes} bytes."
                    );
            }
        }
        return result;
    }

    private async Task<ChunkOutcome> FoldChunkAsync(
        AccountKey key,
        List<PersonWork> chunk,
        AccountState? read,
        ulong[] messages,
        FoldResult result,
        CancellationToken cancellationToken
    )
    {
        // The account is read first: whoever moves people after that changes its row too, and the commit below fails.
        var account = read ?? await _rows.GetAccountAsync(key, cancellationToken) ?? new AccountState(key, key.ProvisionalId);
        if (!key.IsGroup && !account.IsHome)
            return ChunkOutcome.Away(chunk.ConvertAll(work => work.Person));
        var people = await LoadPeopleAsync(key, chunk, cancellationToken);
        if (key.IsGroup && await WelcomeAsync(key, chunk, people, cancellationToken) is { } unsettled)
            return unsettled;

        var now = clock.GetUtcNow();
        int today = Days.Of(now);
        bool isReviewed = ReviewSchedule.Covers(key, model.Accounts);
        bool anyNew = false,
            urgent = false;
        var counts = new List<(int Message, int Folded, int Duplicates)>();
        var leftOut = new List<LeftOutNote>();
        var operations = new List<EntityOperation>();
        var (found, lost) = (new List<(PersonKey, string)>(), new List<(PersonKey, string)>());
        for (int i = 0; i < chunk.Count; i++)
        {
            var person = people[i].Key;
            var known = FoundBy.Of(people[i]);
            if (people[i].ETag.Length == 0 && !(key.IsGroup && people[i].Key.IsOfService))
                account.People++;
            foreach (var routed in chunk[i].Events)
                account.TakeIdFrom(routed.Event);
            bool personNew = Apply(account, people[i], chunk[i].Events, messages, counts, leftOut, ref urgent);
            anyNew |= personNew;
            if (FoundBy.Of(people[i]) is var told && told != known)
            {
                var (before, after) = (PeopleList.KeysOf(person, known), PeopleList.KeysOf(person, told));
                found.AddRange(after.Except(before).Select(word => (person, word)));
                lost.AddRange(before.Except(after).Select(word => (person, word)));
            }
            // First, so that a crash in between leaves nobody written to of whom the product said no.
            if (people[i].HasNewWish)
                await wishes.NoteAsync(people[i], cancellationToken);
            if (personNew && isReviewed && !people[i].Key.IsAnonymous && (people[i].DueDay is not { } due || due > today))
            {
                people[i].DueDay = today;
                operations.AddRange(AccountRows.SaveDue(key, people[i].Key, today));
            }
            operations.AddRange(AccountRows.Save(key, people[i], FirstArrival(chunk[i])));
        }
        if (anyNew && isReviewed)
        {
            var at = ReviewSchedule.AfterEvents(now, account.ReviewedAt, urgent);
            if (ReviewSchedule.NeedsWake(account.NextWake, at, now))
            {
                await wakes.AddAsync(new Wake(at, WakeKind.Review, key), cancellationToken);
                account.NextWake = at;
            }
        }
        account.Changed |= anyNew;
        if (anyNew)
            account.FoldedAt = now;
        operations.Add(AccountRows.Save(account));
        long bytes = EntityPayload.BytesOf(key.Value, operations);
        if (operations.Count > EntityLimits.MaxOperations || bytes > MaxTransactionBytes)
            return ChunkOutcome.Large(bytes);

        // Before what it leads to, so that a crash in between leaves nobody out.
        await list.PutAsync(found, cancellationToken);
        var commit = await store.CommitAsync(AccountRows.Table, key.Value, operations, cancellationToken);
        if (!commit.Committed)
            return ChunkOutcome.Changed;
        await list.RemoveAsync(lost, cancellationToken);
        foreach (var (message, folded, duplicates) in counts)
            result.Add(message, folded, duplicates);
        result.LeftOut.AddRange(leftOut);
        account.ETag = commit.ETags[^1];
        return new ChunkOutcome(ChunkOutcomeKind.Saved, account, []);
    }

    /// <summary>
    /// Folds one person's events and counts them by message: an event that its own message brought before counts as it did then.
    /// </summary>
    private bool Apply(
        AccountState account,
        PersonState person,
        List<RoutedEvent> events,
        ulong[] messages,
        List<(int Message, int Folded, int Duplicates)> counts,
        List<LeftOutNote> leftOut,
        ref bool urgent
    )
    {
        bool anyNew = false;
        HashSet<(ulong, int)>? counted = null;
        for (int i = 0; i < events.Count; )
        {
            int message = events[i].Message,
                folded = 0,
                duplicates = 0;
            for (; i < events.Count && events[i].Message == message; i++)
            {
                var (outcome, isUrgent) = folder.Apply(account, person, events[i].Event, events[i].Id, (uint)messages[message], leftOut);
                urgent |= isUrgent;
                anyNew |= outcome == EventOutcome.New;
                if (outcome == EventOutcome.New)
                    counted?.Add((events[i].Id, message));
                if (outcome == EventOutcome.New || (outcome == EventOutcome.Redelivered && IsFirst(events, i, ref counted)))
                    folded++;
                else
                    duplicates++;
            }
            counts.Add((message, folded, duplicates));
        }
        return anyNew;
    }

    /// <summary>True for the first event with its id in its message: a message may hold an event twice.</summary>
    private static bool IsFirst(List<RoutedEvent> events, int position, ref HashSet<(ulong, int)>? counted)
    {
        if (counted is null)
        {
            counted = [];
            for (int i = 0; i < position; i++)
                counted.Add((events[i].Id, events[i].Message));
        }
        return counted.Add((events[position].Id, events[position].Message));
    }

    /// <summary>
    /// A person's events in parts by ranges of their ids, twice as many as the bytes of the whole would need: each part brings the rows of
    /// the person and the account along. One part when all events have one id.
    /// </summary>
    private static List<PersonWork> PartsOf(PersonWork work, long bytes)
    {
        ulong[] ids = [.. work.Events.Select(routed => routed.Id).Distinct().Order()];
        int size = (int)Math.Max(1, ids.Length / Math.Max(2, 2 * bytes / MaxTransactionBytes));
        return
        [
            .. work
                .Events.GroupBy(routed => Array.BinarySearch(ids, routed.Id) / size)
                .OrderBy(part => part.Key)
                .Select(part => new PersonWork(work.Person, [.. part], work.PartOf ?? work)),
        ];
    }

    private static int FirstArrival(PersonWork work)
    {
        int first = int.MaxValue;
        // Of the whole, so that no part forgets ids that another one's events may have.
        foreach (var routed in (work.PartOf ?? work).Events)
            first = Math.Min(first, Days.Of(routed.Event.ReceivedAt));
        return first;
    }

    private async Task<PersonState[]> LoadPeopleAsync(AccountKey account, List<PersonWork> chunk, CancellationToken cancellationToken)
    {
        var people = new PersonState[chunk.Count];
        await Parallel.ForAsync(
            0,
            chunk.Count,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                people[i] = await _rows.GetPersonAsync(account, chunk[i].Person, token) ?? new PersonState(chunk[i].Person);
                if (people[i].Ids.Spilled)
                    await _rows.LoadIdsAsync(
                        account,
                        people[i],
                        chunk[i].Events.Select(routed => PersonIds.ChunkOf(routed.Id)).Distinct(),
                        token
                    );
            }
        );
        return people;
    }

    /// <summary>
    /// Enters people who are new to a group into the directory. Null when all may be folded here; else what stands against it: people who
    /// turned out to be others, or a history that moved into the group just now.
    /// </summary>
    private async Task<ChunkOutcome?> WelcomeAsync(
        AccountKey group,
        List<PersonWork> chunk,
        PersonState[] people,
        CancellationToken cancellationToken
    )
    {
        bool moved = false;
        var elsewhere = new List<PersonKey>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (people[i].ETag.Length > 0)
                continue;
            var first = chunk[i].Events.MinBy(routed => (routed.Event.Timestamp, routed.Id))!;
            var entrance = await directory.EnterAsync(
                people[i].Key,
                group,
                first.Event.Timestamp,
                first.Id,
                chunk[i].Events.TrueForAll(routed => routed.Event.FromBrowser),
                cancellationToken
            );
            moved |= entrance == GroupEntrance.Moved;
            if (entrance == GroupEntrance.Elsewhere)
                elsewhere.Add(people[i].Key);
        }
        if (elsewhere.Count > 0)
            return ChunkOutcome.Away(elsewhere);
        return moved ? ChunkOutcome.Changed : null;
    }

    private enum ChunkOutcomeKind
    {
        Saved,
        Changed,
        Elsewhere,
        TooLarge,
    }

    private readonly record struct ChunkOutcome(
        ChunkOutcomeKind Kind,
        AccountState? Saved,
        IReadOnlyList<PersonKey> Elsewhere,
        long Bytes = 0
    )
    {
        public static ChunkOutcome Changed { get; } = new(ChunkOutcomeKind.Changed, null, []);

        public static ChunkOutcome Large(long bytes) => new(ChunkOutcomeKind.TooLarge, null, [], bytes);

        public static ChunkOutcome Away(IReadOnlyList<PersonKey> people) => new(ChunkOutcomeKind.Elsewhere, null, people);
    }
}
