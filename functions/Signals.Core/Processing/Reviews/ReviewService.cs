using System.Collections.Concurrent;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Reviews one account: reads the people that are due, keeps the account's counts in step with them, assesses it, plans what follows, and
/// saves all of that in transactions that each leave the account consistent.
/// </summary>
public sealed class ReviewService(
    IEntityStore store, WakeIndex wakes, AccountLists lists, OutreachRows outreach, OutreachPlanner planner, AlertRules alerts, AlertKeeper keeper,
    IMessageQueue queue, KnownEvents known, CohortStore cohorts, ITextAnalyzer analyzer, ValueModel model, OutreachOptions options,
    TimeProvider clock)
{
    /// <summary>A person is up to four operations (row, due row removed, due row added, outreach); the account and its own outreach need a few.</summary>
    private const int PeoplePerTransaction = 20;

    private const int AccountsAtOnce = 32;
    private const int MaxPeopleBytes = 2 * 1024 * 1024;
    private const int MaxAttempts = 12;

    private readonly AccountRows _rows = new(store);
    private readonly WordsReader _words = new(analyzer);
    private readonly AudienceReader _audience = new(new AccountRows(store));
    private readonly CollectionPlan _plan = new(model);

    /// <summary>Returns the account's review, new or still valid; null when there is no such account or it is not reviewed.</summary>
    public async Task<AccountReview?> ReviewAsync(AccountKey key, CancellationToken cancellationToken)
    {
        await known.RefreshAsync(_plan, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        for (int attempts = 0; attempts < MaxAttempts;)
        {
            var (review, prepared) = await PrepareAsync(key, cancellationToken).ConfigureAwait(false);
            if (prepared is null)
                return review;
            await wakes.AddAsync(prepared.Wakes, cancellationToken).ConfigureAwait(false);
            var result = await SaveAsync(prepared, cancellationToken).ConfigureAwait(false);
            await wakes.RemoveAsync(prepared.DoneWakes, cancellationToken).ConfigureAwait(false);
            switch (result)
            {
                case StepResult.Done:
                    return prepared.Step.Account.Review;
                case StepResult.Conflict:
                    attempts++;
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << Math.Min(attempts, 5))), cancellationToken).ConfigureAwait(false);
                    break;
                case StepResult.More:
                    attempts = 0;
                    break;
            }
        }
        throw new TransientStoreException($"Account '{key}' kept changing under {MaxAttempts} attempts to review it.");
    }

    /// <summary>
    /// Reviews many accounts, whose wake-ups are written together: storage bills by the transaction. Returns what went wrong, by account;
    /// throws <see cref="TransientStoreException"/> when the wake-ups of all cannot be written.
    /// </summary>
    public async Task<IReadOnlyDictionary<AccountKey, Exception>> ReviewAsync(IReadOnlyList<AccountKey> accounts, CancellationToken cancellationToken)
    {
        await known.RefreshAsync(_plan, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var failures = new ConcurrentDictionary<AccountKey, Exception>();
        foreach (var chunk in accounts.Chunk(ReviewMessage.MaxAccounts))
        {
            var prepared = new ConcurrentBag<PreparedReview>();
            await EachAsync(chunk, account => account, async account =>
            {
                if ((await PrepareAsync(account, cancellationToken).ConfigureAwait(false)).Prepared is { } review)
                    prepared.Add(review);
            }).ConfigureAwait(false);
            await wakes.AddAsync([.. prepared.SelectMany(review => review.Wakes)], cancellationToken).ConfigureAwait(false);
            await EachAsync(prepared, review => review.Step.Account.Key, async review =>
            {
                if (await SaveAsync(review, cancellationToken).ConfigureAwait(false) != StepResult.Done)
                    await ReviewAsync(review.Step.Account.Key, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await wakes.RemoveAsync([.. prepared.SelectMany(review => review.DoneWakes)], cancellationToken).ConfigureAwait(false);
        }
        return failures;

        Task EachAsync<T>(IEnumerable<T> items, Func<T, AccountKey> keyOf, Func<T, Task> work) => Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (item, _) =>
            {
                try
                {
                    await work(item).ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    failures[keyOf(item)] = fault;
                }
            });
    }

    private bool IsReviewed(AccountState account) =>
        account.Key.IsGroup || (model.Accounts == AccountsMode.Person && !account.Key.IsAnonymous && account.IsHome);

    /// <summary>
    /// One transaction's worth of a review, ready to be saved once its wake-ups are written; none when there is nothing to save, and then
    /// the account's review.
    /// </summary>
    private async Task<(AccountReview? Review, PreparedReview? Prepared)> PrepareAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (await ReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } read)
            return default;
        if (!IsReviewed(read.Account))
        {
            await WithdrawAsync(read, cancellationToken).ConfigureAwait(false);
            return default;
        }
        var before = read.Account.Review?.Assessment ?? Assessment.Unknown;
        await _words.ReadAsync(read.Account, cancellationToken).ConfigureAwait(false);
        var norms = await cohorts.GetAsync(cancellationToken).ConfigureAwait(false);
        var step = new ReviewStep(read.Account, model, known, norms, clock.GetUtcNow());
        bool isPass = step.BeginPassIfNeeded();
        var (people, more) = await ReadPeopleAsync(step, read, isPass, cancellationToken).ConfigureAwait(false);
        if (!isPass && people.Count == 0 && step.StillHolds)
        {
            if (!step.IsWakeSpent)
                return (read.Account.Review, null);
            step.Rearm();
            return (null, new PreparedReview(step, null, null, before, Finishes: true, options.WorkerTimeout));
        }

        foreach (var person in people)
            step.Assess(person, planner);
        if (isPass)
            step.EndPassPage(people, last: !more);
        // After a pass over a group, the people that became due meanwhile come first.
        bool finishes = !more && !(isPass && key.IsGroup) && !step.IsWorn;
        var listChange = finishes ? await FinishAsync(step, read, cancellationToken).ConfigureAwait(false) : null;
        return (null, new PreparedReview(step, listChange, step.ChangesAlert ? keeper.RepairOf(key) : null, before, finishes, options.WorkerTimeout));
    }

    /// <summary>Reads an account with what says who of its people is due, in one go. One more row than a review removes shows who comes next.</summary>
    private async Task<ReadAccount?> ReadAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (key.IsGroup)
            return await _rows.GetWithDueAsync(key, ReviewStep.MaxRemovedDueRows + 1, cancellationToken).ConfigureAwait(false) is { } group
                ? new ReadAccount(group.Account, AlertRows.Read(group.Alert), group.Due, null)
                : null;
        return await _rows.GetOwnAsync(key, cancellationToken).ConfigureAwait(false) is { } own ? new ReadAccount(own.Account, AlertRows.Read(own.Alert), [], own.Person) : null;
    }

    /// <summary>The next people to look at, and whether there are more.</summary>
    private async Task<(IReadOnlyList<PersonState> People, bool More)> ReadPeopleAsync(
        ReviewStep step, ReadAccount read, bool isPass, CancellationToken cancellationToken)
    {
        var account = step.Account;
        if (!account.Key.IsGroup)
        {
            step.UseOwnHistory(read.OwnPerson);
            // The one person is read anyway: looking at them anew is what makes the account's own next day right.
            return (read.OwnPerson is { } own && (isPass || own.DueDay <= step.Today || !step.StillHolds) ? [own] : [], false);
        }
        if (isPass)
        {
            var page = await _rows.GetPeopleAsync(account.Key, account.Review!.PassAfter, PeoplePerTransaction, cancellationToken).ConfigureAwait(false);
            var fitting = Fitting(page);
            return (fitting, fitting.Count < page.Count || page.Count == PeoplePerTransaction);
        }
        var due = read.Due.TakeWhile(row => row.Day <= step.Today).ToList();
        var first = due.Take(PeoplePerTransaction).ToList();
        var found = new PersonState?[first.Count];
        await Parallel.ForAsync(0, first.Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, token) =>
            found[i] = await _rows.GetPersonAsync(account.Key, first[i].Person, token).ConfigureAwait(false)).ConfigureAwait(false);
        // A due row whose person went, or was looked at meanwhile, is only removed; the others are assessed, once each.
        var waiting = found.OfType<PersonState>().Where(person => person.DueDay <= step.Today).DistinctBy(person => person.Key).ToList();
        var people = Fitting(waiting);
        var later = waiting.Skip(people.Count).Select(person => person.Key).ToHashSet();
        step.RemoveDueRows(first.Where(row => !later.Contains(row.Person)));
        return (people, later.Count > 0 || due.Count > first.Count);
    }

    /// <summary>As many people, at least one, as a transaction holds the rows of.</summary>
    private static List<PersonState> Fitting(IReadOnlyList<PersonState> people)
    {
        int bytes = 0;
        return [.. people.TakeWhile((person, index) => (bytes += person.StoredBytes) <= MaxPeopleBytes || index == 0)];
    }

    /// <summary>Assesses the account as a whole and decides what follows.</summary>
    private async Task<ListChange?> FinishAsync(ReviewStep step, ReadAccount read, CancellationToken cancellationToken)
    {
        await LoadTellingAsync(step, cancellationToken).ConfigureAwait(false);
        step.Finish();
        var writable = step.Writable(planner);
        var people = await _audience.ReadAsync(step, writable, cancellationToken).ConfigureAwait(false);
        step.PlanAccountOutreach(planner, writable, people);
        step.ChangeAlert(alerts, read.Alert);
        int? nextPerson = step.Account.Key.IsGroup
            ? Earlier(read.Due.Where(due => !step.IsRemoved(due.Day, due.Person)).Select(due => (int?)due.Day).FirstOrDefault(), step.EarliestNewDue)
            : step.OwnPerson?.DueDay;
        step.Schedule(nextPerson);
        return await lists.PrepareAsync(step.Account, step.Context.Facts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the people whose findings the account's evidence quotes, unless they were read anyway.</summary>
    private async Task LoadTellingAsync(ReviewStep step, CancellationToken cancellationToken)
    {
        foreach (string key in step.TellingToLoad())
        {
            if (await _rows.GetPersonAsync(step.Account.Key, new PersonKey(key), cancellationToken).ConfigureAwait(false) is { } person)
                step.AddDetails(person);
        }
    }

    /// <summary>Saves a step whose wake-ups stand, and hands on what it planned.</summary>
    private async Task<StepResult> SaveAsync(PreparedReview review, CancellationToken cancellationToken)
    {
        var step = review.Step;
        foreach (var record in step.Planned)
            await outreach.AnnounceAsync(record, cancellationToken).ConfigureAwait(false);
        var commit = await store.CommitAsync(AccountRows.Table, step.Account.Key.Value, step.Operations(), cancellationToken).ConfigureAwait(false);
        if (!commit.Committed)
            return StepResult.Conflict;
        if (review.ListChange is { } change)
        {
            await lists.ApplyAsync(step.Account, cancellationToken).ConfigureAwait(false);
            review.DoneWakes.Add(change.Wake);
        }
        if (review.AlertWake is { } alertWake)
        {
            await keeper.TendAsync(step.Account.Key, cancellationToken).ConfigureAwait(false);
            review.DoneWakes.Add(alertWake);
        }
        var toSend = step.Planned.Where(record => record.State == OutreachState.Planned)
            .Select(record => new OutreachId(record.Id).ToMessage()).ToList();
        if (toSend.Count > 0)
            await queue.SendAsync(QueueNames.Outreach, toSend, cancellationToken).ConfigureAwait(false);
        if (!review.Finishes)
            return StepResult.More;
        CountReview(review.Before, step.Account.Review!.Assessment);
        return StepResult.Done;
    }

    /// <summary>Takes an account that turned out to be somebody else's out of the lists, and ends its alert.</summary>
    private async Task WithdrawAsync(ReadAccount read, CancellationToken cancellationToken)
    {
        var account = read.Account;
        if (read.Alert is { Alert.Stands: true } alert)
            await EndAsync(alert, cancellationToken).ConfigureAwait(false);
        if (account.Review is null)
            return;
        var change = await lists.WithdrawAsync(account, cancellationToken).ConfigureAwait(false);
        var withdrawn = account.Review;
        await wakes.AddAsync(change.Wake, cancellationToken).ConfigureAwait(false);
        var commit = await store.CommitAsync(AccountRows.Table, account.Key.Value, [AccountRows.Save(account)], cancellationToken).ConfigureAwait(false);
        if (!commit.Committed)
            return;
        account.Review = withdrawn;
        await lists.ApplyAsync(account, cancellationToken).ConfigureAwait(false);
        await wakes.RemoveAsync([change.Wake], cancellationToken).ConfigureAwait(false);
    }

    private static void CountReview(Assessment before, Assessment after)
    {
        var known = after.Risk.Level == before.Risk.Level ? before.Causes.Select(cause => cause.Id).ToHashSet(StringComparer.Ordinal) : [];
        SignalsMetrics.RecordReview(
            RiskLevels.Name(after.Risk.Level),
            after.Risk.Level == RiskLevel.Healthy ? [] : after.Causes.Select(cause => cause.Id).Where(cause => !known.Contains(cause)));
    }

    private async Task EndAsync(StoredAlert alert, CancellationToken cancellationToken)
    {
        var account = new AccountKey(alert.Alert.Account);
        var repair = keeper.RepairOf(account);
        await wakes.AddAsync(repair, cancellationToken).ConfigureAwait(false);
        var ended = AlertLists.Listed(AlertRules.Ended(alert.Alert, AlertReasons.Gone, clock.GetUtcNow()), alert.Alert);
        await store.CommitAsync(AccountRows.Table, account.Value, [AlertRows.Save(ended, alert)], cancellationToken).ConfigureAwait(false);
        await keeper.TendAsync(account, cancellationToken).ConfigureAwait(false);
        await wakes.RemoveAsync([repair], cancellationToken).ConfigureAwait(false);
    }

    private static int? Earlier(int? a, int? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);

    /// <summary>What a review reads first: the account and its alert, a group's earliest due people, or an own account's person.</summary>
    private sealed record ReadAccount(
        AccountState Account, StoredAlert? Alert, IReadOnlyList<(int Day, PersonKey Person)> Due, PersonState? OwnPerson);

    /// <summary>One transaction's worth of a review that waits for its wake-ups. What a crash leaves planned is picked up after <paramref name="SendWithin"/>.</summary>
    private sealed record PreparedReview(
        ReviewStep Step, ListChange? ListChange, Wake? AlertWake, Assessment Before, bool Finishes, TimeSpan SendWithin)
    {
        /// <summary>To be written before it is saved.</summary>
        public IReadOnlyList<Wake> Wakes { get; } = [.. Step.Wakes(SendWithin), .. new[] { ListChange?.Wake, AlertWake }.OfType<Wake>()];

        /// <summary>To be taken back after it was saved: what they were for is done.</summary>
        public List<Wake> DoneWakes { get; } = [];
    }

    private enum StepResult
    {
        Done,
        More,
        Conflict,
    }
}
