using Signals.Core.Accounts;
using Signals.Core.Model;
using Signals.Core.Reviews;
using Signals.Core.Storage;
using Signals.Core.Waking;

namespace Signals.Core.Folding;

/// <summary>
/// Folds a batch's events of one account: people in chunks, each chunk one transaction that holds their state and their ids together with
/// the account's row, so that any prefix of a crashed fold is consistent.
/// </summary>
public sealed class AccountFold(
    IEntityStore store, EventFolder folder, PersonDirectory directory, WakeIndex wakes, ValueModel model, TimeProvider clock)
{
    /// <summary>A person is two operations (row and due row), the account one: 49 people fill a transaction.</summary>
    public const int PeoplePerTransaction = 49;

    private const int MaxAttempts = 12;
    private const int MaxTransactionBytes = EntityLimits.MaxTransactionBytes - 256 * 1024;

    private readonly AccountRows _rows = new(store);

    /// <param name="account">The account to fold into.</param>
    /// <param name="people">Its people's events.</param>
    /// <param name="read">The account's row if it was read already; a stale one is read again.</param>
    /// <param name="messages">The hash of each queue message of the batch.</param>
    /// <param name="cancellationToken">Ends the fold between transactions.</param>
    public async Task<FoldResult> FoldAsync(
        AccountKey account, List<PersonWork> people, AccountState? read, ulong[] messages, CancellationToken cancellationToken)
    {
        var result = new FoldResult();
        int size = PeoplePerTransaction, attempts = 0;
        for (int done = 0; done < people.Count;)
        {
            var chunk = people.GetRange(done, Math.Min(size, people.Count - done));
            switch (await FoldChunkAsync(account, chunk, read, messages, result, cancellationToken).ConfigureAwait(false))
            {
                case { Displaced: true }:
                    result.Displaced.AddRange(people.Skip(done).SelectMany(person => person.Events));
                    return result;
                case { TooLarge: true } when chunk.Count > 1:
                    size = chunk.Count / 2;
                    break;
                case { Saved: { } saved }:
                    read = saved;
                    done += chunk.Count;
                    attempts = 0;
                    continue;
                default:
                    if (++attempts == MaxAttempts)
                        throw new TransientStoreException($"Account '{account}' kept changing under {MaxAttempts} attempts to fold into it.");
                    result.Retries++;
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << Math.Min(attempts, 5))), cancellationToken).ConfigureAwait(false);
                    break;
            }
            read = null;
        }
        return result;
    }

    private async Task<ChunkOutcome> FoldChunkAsync(
        AccountKey key, List<PersonWork> chunk, AccountState? read, ulong[] messages, FoldResult result, CancellationToken cancellationToken)
    {
        var people = await LoadPeopleAsync(key, chunk, cancellationToken).ConfigureAwait(false);
        if (key.IsGroup && await WelcomeAsync(key, chunk, people, cancellationToken).ConfigureAwait(false))
            return ChunkOutcome.Changed;
        var account = read ?? await _rows.GetAccountAsync(key, cancellationToken).ConfigureAwait(false) ?? new AccountState(key, IdOf(chunk[0].Events[0]));
        if (!key.IsGroup && !account.IsHome)
            return ChunkOutcome.Elsewhere;

        var now = clock.GetUtcNow();
        int today = Days.Of(now);
        bool anyNew = false, urgent = false;
        var counts = new List<(int Message, int Folded, int Duplicates)>();
        var operations = new List<EntityOperation>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (people[i].ETag.Length == 0)
                account.People++;
            bool personNew = Apply(account, people[i], chunk[i].Events, messages, counts, ref urgent);
            anyNew |= personNew;
            if (personNew && IsReviewed(key, people[i].Key) && (people[i].DueDay is not { } due || due > today))
            {
                people[i].DueDay = today;
                operations.AddRange(AccountRows.SaveDue(key, people[i].Key, today));
            }
            operations.AddRange(AccountRows.Save(key, people[i], today));
        }
        if (anyNew && IsReviewed(key, people[0].Key))
        {
            var at = ReviewSchedule.AfterEvents(now, account.Review?.ReviewedAt, urgent);
            if (ReviewSchedule.NeedsWake(account.NextWake, at, now))
            {
                await wakes.AddAsync(new Wake(at, WakeKind.Review, key), cancellationToken).ConfigureAwait(false);
                account.NextWake = at;
            }
        }
        account.Changed |= anyNew;
        operations.Add(AccountRows.Save(account));
        if (operations.Count > EntityLimits.MaxOperations || operations.Sum(operation => operation.Entity is { } entity ? EntityLimits.SizeOf(entity) : 0) > MaxTransactionBytes)
            return ChunkOutcome.Large;

        var commit = await store.CommitAsync(AccountRows.Table, key.Value, operations, cancellationToken).ConfigureAwait(false);
        if (!commit.Committed)
            return ChunkOutcome.Changed;
        foreach (var (message, folded, duplicates) in counts)
            result.Add(message, folded, duplicates);
        account.ETag = commit.ETags[^1];
        return new ChunkOutcome(account, false, false);
    }

    /// <summary>Folds one person's events message by message; a message that was folded before counts as it did then.</summary>
    private bool Apply(
        AccountState account, PersonState person, List<RoutedEvent> events, ulong[] messages,
        List<(int Message, int Folded, int Duplicates)> counts, ref bool urgent)
    {
        bool anyNew = false;
        for (int i = 0; i < events.Count;)
        {
            int message = events[i].Message, folded = 0, duplicates = 0;
            var earlier = person.Deliveries.Find(messages[message]);
            for (; i < events.Count && events[i].Message == message; i++)
            {
                if (earlier is not null)
                    continue;
                var outcome = folder.Apply(account, person, events[i].Event, events[i].Id);
                urgent |= outcome.Urgent;
                if (outcome.IsNew)
                    folded++;
                else
                    duplicates++;
            }
            if (earlier is null)
                person.Deliveries.Add(new Delivery(messages[message], folded, duplicates));
            else
                (folded, duplicates) = (earlier.Folded, earlier.Duplicates);
            anyNew |= earlier is null && folded > 0;
            counts.Add((message, folded, duplicates));
        }
        return anyNew;
    }

    private async Task<PersonState[]> LoadPeopleAsync(AccountKey account, List<PersonWork> chunk, CancellationToken cancellationToken)
    {
        var people = new PersonState[chunk.Count];
        await Parallel.ForAsync(0, chunk.Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, token) =>
        {
            people[i] = await _rows.GetPersonAsync(account, chunk[i].Person, token).ConfigureAwait(false) ?? new PersonState(chunk[i].Person);
            if (people[i].Ids.Spilled)
                await _rows.LoadIdsAsync(account, people[i], chunk[i].Events.Select(routed => PersonIds.ChunkOf(routed.Id)).Distinct(), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return people;
    }

    /// <summary>
    /// Enters people who are new to a group into the directory; true when a history moved into the group meanwhile, so that its rows
    /// must be read again.
    /// </summary>
    private async Task<bool> WelcomeAsync(AccountKey group, List<PersonWork> chunk, PersonState[] people, CancellationToken cancellationToken)
    {
        bool moved = false;
        for (int i = 0; i < chunk.Count; i++)
        {
            if (people[i].ETag.Length > 0)
                continue;
            var first = chunk[i].Events[0];
            if (people[i].Key.IsAnonymous)
                await directory.NoteGroupAsync(people[i].Key, first.Event.AnonymousId!, group, cancellationToken).ConfigureAwait(false);
            else
                moved |= await directory.JoinAsync(
                    people[i].Key, first.Event.UserId ?? first.Person.Value[2..], group, first.Event.Timestamp, first.Id, onlyFirst: true, cancellationToken).ConfigureAwait(false);
        }
        return moved;
    }

    private bool IsReviewed(AccountKey account, PersonKey person) =>
        !person.IsAnonymous && (account.IsGroup || model.Accounts == AccountsMode.Person);

    private static string IdOf(RoutedEvent routed) =>
        routed.Account.IsGroup && routed.Event.GroupId is { } group && AccountKey.Group(group) == routed.Account ? group
        : routed.Event.UserId ?? routed.Event.AnonymousId ?? routed.Account.Value[2..];

    private readonly record struct ChunkOutcome(AccountState? Saved, bool Displaced, bool TooLarge)
    {
        public static ChunkOutcome Changed { get; } = new(null, false, false);

        public static ChunkOutcome Elsewhere { get; } = new(null, true, false);

        public static ChunkOutcome Large { get; } = new(null, false, true);
    }
}
