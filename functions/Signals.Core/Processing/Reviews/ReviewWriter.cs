using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Reviews;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Writes what a review decided: wake-ups first, then one transaction of the account's partition, then what follows from it in lists,
/// alerts and the queue. A crash in between leaves the rest to the wake-ups.
/// </summary>
public sealed class ReviewWriter(
    IEntityStore store,
    AccountLists lists,
    OutreachRows outreach,
    AlertKeeper keeper,
    ChecklistKeeper checklists,
    WebhookOutbox webhooks,
    IMessageQueue queue,
    ValueModel model,
    OutreachOptions options
)
{
    /// <summary>
    /// Works out which wake-ups and list rows a decision needs. Writes nothing: those of many reviews are written together.
    /// </summary>
    public async Task<PreparedReview> PrepareAsync(ReviewInput input, ReviewDecision decision, CancellationToken cancellationToken)
    {
        var listChange = (decision.Outcome, decision.Account) switch
        {
            (ReviewOutcome.Reviewed, { } change) => await lists.PrepareAsync(input.Account, change.Review, cancellationToken),
            (ReviewOutcome.Withdrawn, { } change) => await lists.WithdrawAsync(input.Account.Key, change.Review, cancellationToken),
            _ => null,
        };
        var alertWake = decision.Alert is null ? null : keeper.RepairOf(input.Account.Key);
        var told = webhooks.Of(NewsOf(input, decision));
        IEnumerable<Wake?> wakes =
        [
            .. WakesOf(input, decision),
            listChange?.Wake,
            alertWake,
            told is null ? null : webhooks.WakeOf(input.Account.Key),
        ];
        var account = AccountAfter(input.Account, decision, listChange);
        return new PreparedReview(input, decision, account, listChange, alertWake, [.. wakes.OfType<Wake>()], told);
    }

    /// <summary>
    /// Saves a review whose wake-ups stand, and hands on what it planned. False when another writer was faster: nothing is saved.
    /// </summary>
    public async Task<bool> SaveAsync(PreparedReview review, CancellationToken cancellationToken)
    {
        var (account, decision) = (review.Account, review.Decision);
        foreach (var record in decision.Planned)
            await outreach.AnnounceAsync(record, cancellationToken);
        var commit = await store.CommitAsync(AccountRows.Table, account.Key.Value, Operations(review), cancellationToken);
        if (!commit.Committed)
            return false;
        if (review.ListChange is { } change)
        {
            await lists.ApplyAsync(account, cancellationToken);
            review.DoneWakes.Add(change.Wake);
        }
        if (review.AlertWake is { } alertWake)
        {
            await keeper.TendAsync(account.Key, cancellationToken);
            review.DoneWakes.Add(alertWake);
        }
        var toSend = decision
            .Planned.Where(record => record.State == OutreachState.Planned)
            .Select(record => new OutreachId(record.Id).ToMessage())
            .Concat(CardsOf(review).Select(id => id.ToMessage(review.Input.Now)))
            .ToList();
        if (toSend.Count > 0)
            await queue.SendAsync(QueueNames.Outreach, toSend, cancellationToken);
        await checklists.KeepAsync(account, decision.People, cancellationToken);
        await webhooks.AnnounceAsync(account.Key, review.Told, cancellationToken);
        // Sooner than the next sweep, which makes up for this message where it is lost.
        if (account.Review?.WaitsSince is { } since && review.Input.SettledAfter(since) is { } settled)
        {
            var again = ReviewMessage.Of(account.Key, settled) with { NotBefore = settled };
            await queue.SendAsync(QueueNames.Reviews, [again], cancellationToken);
        }
        if (decision.Outcome is ReviewOutcome.Reviewed or ReviewOutcome.StillHolds)
            Count(review.Input.Account.Review?.Assessment ?? Assessment.Unknown, account.Review!.Assessment);
        return true;
    }

    /// <summary>
    /// What must be woken for: the next review, what a crash leaves planned, and settling whether a message reached its goal.
    /// </summary>
    private IEnumerable<Wake> WakesOf(ReviewInput input, ReviewDecision decision)
    {
        if (decision.WakeAt is { } at)
            yield return new Wake(at, WakeKind.Review, input.Account.Key);
        foreach (var record in decision.Planned)
        {
            if (record.State == OutreachState.Planned)
                yield return new Wake(input.Now + options.WorkerTimeout, WakeKind.Outreach, input.Account.Key, record.Id);
            if (EffectLog.MeasuredAt(record, model) is { } measuredAt)
                yield return new Wake(measuredAt, WakeKind.Outreach, input.Account.Key, record.Id);
        }
    }

    /// <summary>
    /// The cards that may stand for the people who changed: what was found may have made them untrue. Without a card in the model there are
    /// none.
    /// </summary>
    private IEnumerable<OutreachId> CardsOf(PreparedReview review)
    {
        var planned = review.Decision.Planned.Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
        return review
            .Decision.People.SelectMany(person => person.Outreach)
            .Concat(review.Account.Outreach)
            .Where(memory =>
                memory.Person.Length > 0
                && !planned.Contains(memory.OutreachId)
                && CardTerms.Of(memory.Cause, memory.Detail, model) is { ShowsCard: true } terms
                && review.Input.Now < memory.PlannedAt + terms.LongestStand(model)
            )
            .Select(memory => memory.OutreachId)
            .Distinct(StringComparer.Ordinal)
            .Select(id => new OutreachId(id));
    }

    /// <summary>What other systems may want to know of it: nothing of an account that is not reviewed any more.</summary>
    private IEnumerable<WebhookEvent> NewsOf(ReviewInput input, ReviewDecision decision)
    {
        if (decision is { Outcome: ReviewOutcome.Reviewed, Account: { } change })
        {
            var before = input.Account.Review is { } known && known.ReviewedAt != default ? known : null;
            foreach (var told in ReviewNews.Of(before, change.Review, AccountFacts.Of(input.Account, model), model))
                yield return told;
        }
        if (decision.Alert is { } alert)
        {
            foreach (var told in AlertNews.Of(input.Alert?.Alert, alert, input.Now))
                yield return told;
        }
    }

    /// <summary>The one place where a review changes an account's row.</summary>
    private static AccountState AccountAfter(AccountState read, ReviewDecision decision, ListChange? lists)
    {
        if (decision.Account is not { } change)
            return read;
        var account = read.Copy();
        account.Review = lists?.Review ?? change.Review;
        account.Changed = change.Changed;
        account.NextWake = change.NextWake;
        OutreachMemory.Add(account.Outreach, change.Told);
        return account;
    }

    private static List<EntityOperation> Operations(PreparedReview review)
    {
        var (account, decision) = (review.Account, review.Decision);
        var operations = new List<EntityOperation>();
        if (decision.Account is not null)
            operations.Add(AccountRows.Save(account));
        operations.AddRange(decision.People.SelectMany(person => AccountRows.Save(account.Key, person, review.Input.Today)));
        operations.AddRange(decision.DueRemoved.Select(due => EntityOperation.Delete(AccountRows.DueRow(due.Day, due.Person))));
        operations.AddRange(decision.DueAdded.SelectMany(due => AccountRows.SaveDue(account.Key, due.Person, due.Day)));
        operations.AddRange(decision.Planned.Select(OutreachRows.Insert));
        if (decision.Alert is { } alert)
            operations.Add(AlertRows.Save(alert, review.Input.Alert));
        operations.AddRange(WebhookOutbox.Rows(account.Key, review.Told));
        return operations;
    }

    private static void Count(Assessment before, Assessment after)
    {
        var known = after.Risk.Level == before.Risk.Level ? before.Causes.Select(cause => cause.Id).ToHashSet(StringComparer.Ordinal) : [];
        SignalsMetrics.RecordReview(
            RiskLevels.Name(after.Risk.Level),
            after.Risk.Level == RiskLevel.Healthy ? [] : after.Causes.Select(cause => cause.Id).Where(cause => !known.Contains(cause))
        );
    }
}
