using Signals.Core.Accounts;
using Signals.Core.Cohorts;
using Signals.Core.Folding;
using Signals.Core.Lists;
using Signals.Core.Messaging;
using Signals.Core.Model;
using Signals.Core.Outreach;
using Signals.Core.Pipeline;
using Signals.Core.Storage;
using Signals.Core.Telemetry;
using Signals.Core.Text;
using Signals.Core.Waking;

namespace Signals.Core.Reviews;

/// <summary>
/// Reviews one account: reads the people that are due, keeps the account's counts in step with them, assesses it, plans what follows, and
/// saves all of that in transactions that each leave the account consistent.
/// </summary>
public sealed class ReviewService(
    IEntityStore store, WakeIndex wakes, AccountLists lists, OutreachRows outreach, OutreachPlanner planner, AlertPlanner alerts,
    IMessageQueue queue, KnownEvents known, CohortStore cohorts, ITextAnalyzer analyzer, ValueModel model, TimeProvider clock)
{
    /// <summary>A person is up to four operations (row, due row removed, due row added, outreach); the account and its own outreach need a few.</summary>
    private const int PeoplePerTransaction = 20;

    private const int MaxPeopleBytes = 2 * 1024 * 1024;
    private const int MaxAttempts = 12;

    /// <summary>What a crash leaves planned is picked up after this.</summary>
    private static readonly TimeSpan SendWithin = TimeSpan.FromMinutes(10);

    private readonly AccountRows _rows = new(store);
    private readonly WordsReader _words = new(analyzer);
    private readonly CollectionPlan _plan = new(model);

    /// <summary>Returns the account's review, new or still valid; null when there is no such account or it is not reviewed.</summary>
    public async Task<AccountReview?> ReviewAsync(AccountKey key, CancellationToken cancellationToken)
    {
        await known.RefreshAsync(_plan, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        for (int attempts = 0; attempts < MaxAttempts;)
        {
            if (await _rows.GetAccountAsync(key, cancellationToken).ConfigureAwait(false) is not { } account)
                return null;
            if (!IsReviewed(account))
            {
                await WithdrawAsync(account, cancellationToken).ConfigureAwait(false);
                return null;
            }
            switch (await ReviewAsync(account, cancellationToken).ConfigureAwait(false))
            {
                case StepResult.Done:
                    return account.Review;
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

    private bool IsReviewed(AccountState account) =>
        account.Key.IsGroup || (model.Accounts == AccountsMode.Person && !account.Key.IsAnonymous && account.IsHome);

    /// <summary>One transaction's worth of a review.</summary>
    private async Task<StepResult> ReviewAsync(AccountState account, CancellationToken cancellationToken)
    {
        var before = account.Review?.Assessment ?? Assessment.Unknown;
        await _words.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        var norms = await cohorts.GetAsync(cancellationToken).ConfigureAwait(false);
        var step = new ReviewStep(account, model, known, norms, clock.GetUtcNow());
        bool isPass = step.BeginPassIfNeeded();
        var (people, more) = await ReadPeopleAsync(step, isPass, cancellationToken).ConfigureAwait(false);
        if (!isPass && people.Count == 0 && step.IsStillValid)
            return StepResult.Done;

        foreach (var person in people)
            step.Assess(person, planner);
        if (isPass)
            step.EndPassPage(people, last: !more);
        // After a pass over a group, the people that became due meanwhile come first.
        bool finishes = !more && !(isPass && account.Key.IsGroup) && !step.IsWorn;
        var listChange = finishes ? await FinishAsync(step, cancellationToken).ConfigureAwait(false) : null;
        if (!await SaveAsync(step, listChange, cancellationToken).ConfigureAwait(false))
            return StepResult.Conflict;
        if (!finishes)
            return StepResult.More;
        SignalsMetrics.RecordReview(before, account.Review!.Assessment);
        return StepResult.Done;
    }

    /// <summary>The next people to look at, and whether there are more.</summary>
    private async Task<(IReadOnlyList<PersonState> People, bool More)> ReadPeopleAsync(ReviewStep step, bool isPass, CancellationToken cancellationToken)
    {
        var account = step.Account;
        if (!account.Key.IsGroup)
        {
            var person = await _rows.GetPersonAsync(account.Key, new PersonKey(account.Key.Value), cancellationToken).ConfigureAwait(false);
            step.UseOwnHistory(person);
            // The one person is read anyway: looking at them anew is what makes the account's own next day right.
            return (person is not null && (isPass || person.DueDay <= step.Today || !step.IsStillValid) ? [person] : [], false);
        }
        if (isPass)
        {
            var page = await _rows.GetPeopleAsync(account.Key, account.Review!.PassAfter, PeoplePerTransaction, cancellationToken).ConfigureAwait(false);
            var fitting = Fitting(page);
            return (fitting, fitting.Count < page.Count || page.Count == PeoplePerTransaction);
        }
        var due = await _rows.GetDueAsync(account.Key, step.Today, PeoplePerTransaction, cancellationToken).ConfigureAwait(false);
        var read = new PersonState?[due.Count];
        await Parallel.ForAsync(0, due.Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, token) =>
            read[i] = await _rows.GetPersonAsync(account.Key, due[i].Person, token).ConfigureAwait(false)).ConfigureAwait(false);
        // A due row whose person went, or was looked at meanwhile, is only removed; the others are assessed, once each.
        var waiting = read.OfType<PersonState>().Where(person => person.DueDay <= step.Today).DistinctBy(person => person.Key).ToList();
        var people = Fitting(waiting);
        var later = waiting.Skip(people.Count).Select(person => person.Key).ToHashSet();
        step.RemoveDueRows(due.Where(row => !later.Contains(row.Person)));
        return (people, later.Count > 0 || due.Count == PeoplePerTransaction);
    }

    /// <summary>As many people, at least one, as a transaction holds the rows of.</summary>
    private static List<PersonState> Fitting(IReadOnlyList<PersonState> people)
    {
        int bytes = 0;
        return [.. people.TakeWhile((person, index) => (bytes += person.StoredBytes) <= MaxPeopleBytes || index == 0)];
    }

    /// <summary>Assesses the account as a whole and decides what follows.</summary>
    private async Task<ListChange?> FinishAsync(ReviewStep step, CancellationToken cancellationToken)
    {
        await LoadTellingAsync(step, cancellationToken).ConfigureAwait(false);
        step.Finish();
        var leaders = await LoadLeadersAsync(step, cancellationToken).ConfigureAwait(false);
        step.PlanAccountOutreach(planner, alerts, leaders);
        int? nextPerson = step.Account.Key.IsGroup
            ? await NextDueAsync(step, cancellationToken).ConfigureAwait(false)
            : step.OwnPerson?.DueDay;
        step.Schedule(nextPerson);
        return await lists.PrepareAsync(step.Account, step.Context.Facts, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int?> NextDueAsync(ReviewStep step, CancellationToken cancellationToken)
    {
        var next = await _rows.GetDueAsync(step.Account.Key, Days.Of(DateTimeOffset.MaxValue) - 1, ReviewStep.MaxRemovedDueRows + 1, cancellationToken).ConfigureAwait(false);
        var left = next.Where(due => !step.IsRemoved(due.Day, due.Person)).Select(due => (int?)due.Day).FirstOrDefault();
        return Earlier(left, step.EarliestNewDue);
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

    private async Task<IReadOnlyList<PersonState>> LoadLeadersAsync(ReviewStep step, CancellationToken cancellationToken)
    {
        if (!step.MayWriteAboutAccount(planner))
            return [];
        var leaders = new List<PersonState>();
        foreach (var leader in step.LeaderKeys())
        {
            if (step.Loaded(leader) is { } loaded)
                leaders.Add(loaded);
            else if (await _rows.GetPersonAsync(step.Account.Key, new PersonKey(leader), cancellationToken).ConfigureAwait(false) is { } person)
                leaders.Add(person);
        }
        return leaders;
    }

    private async Task<bool> SaveAsync(ReviewStep step, ListChange? listChange, CancellationToken cancellationToken)
    {
        if (step.NewWake is { } wakeAt)
            await wakes.AddAsync(new Wake(wakeAt, WakeKind.Review, step.Account.Key), cancellationToken).ConfigureAwait(false);
        foreach (var record in step.Planned)
        {
            if (record.State == OutreachState.Planned)
                await wakes.AddAsync(new Wake(step.Now + SendWithin, WakeKind.Outreach, step.Account.Key, record.Id), cancellationToken).ConfigureAwait(false);
            await outreach.AnnounceAsync(record, cancellationToken).ConfigureAwait(false);
        }
        var commit = await store.CommitAsync(AccountRows.Table, step.Account.Key.Value, step.Operations(), cancellationToken).ConfigureAwait(false);
        if (!commit.Committed)
            return false;
        if (listChange is not null)
            await lists.ApplyAsync(step.Account, listChange, cancellationToken).ConfigureAwait(false);
        var toSend = step.Planned.Where(record => record.State == OutreachState.Planned)
            .Select(record => new OutreachId(record.Id).ToMessage()).ToList();
        if (toSend.Count > 0)
            await queue.SendAsync(QueueNames.Outreach, toSend, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes an account that turned out to be somebody else's out of the lists.</summary>
    private async Task WithdrawAsync(AccountState account, CancellationToken cancellationToken)
    {
        if (account.Review is null)
            return;
        var change = await lists.WithdrawAsync(account, cancellationToken).ConfigureAwait(false);
        var withdrawn = account.Review;
        var commit = await store.CommitAsync(AccountRows.Table, account.Key.Value, [AccountRows.Save(account)], cancellationToken).ConfigureAwait(false);
        if (!commit.Committed)
            return;
        account.Review = withdrawn;
        await lists.ApplyAsync(account, change, cancellationToken).ConfigureAwait(false);
    }

    private static int? Earlier(int? a, int? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);

    private enum StepResult
    {
        Done,
        More,
        Conflict,
    }
}
