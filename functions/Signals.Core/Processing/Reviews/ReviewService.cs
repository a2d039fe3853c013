using System.Collections.Concurrent;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Reviews;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Reviews accounts: reads, has <see cref="ReviewDecider"/> decide, and writes, in transactions that each leave the account consistent.
/// </summary>
public sealed class ReviewService(ReviewReader reader, ReviewDecider decider, ReviewWriter writer, WakeIndex wakes, TimeProvider clock)
{
    private const int AccountsAtOnce = 32;

    /// <summary>
    /// Reviews an account because somebody asked: on another day than the last review's or under other norms it is assessed anew, though
    /// nothing happened in it; else the last review still holds. Returns the review; null when there is no such account or it is not
    /// reviewed.
    /// </summary>
    public Task<AccountReview?> ReviewAsync(AccountKey key, CancellationToken cancellationToken) =>
        ReviewAsync(key, isAsked: true, cancellationToken);

    private async Task<AccountReview?> ReviewAsync(AccountKey key, bool isAsked, CancellationToken cancellationToken)
    {
        await reader.RefreshAsync(cancellationToken);
        while (true)
        {
            // A large group is looked at in several steps, each saved by itself.
            var (outcome, review) = await Optimistic.ChangeAsync(
                $"review account '{key}'",
                clock,
                () => StepAsync(key, isAsked, cancellationToken),
                cancellationToken
            );
            if (outcome != ReviewOutcome.MoreToLookAt)
                return outcome == ReviewOutcome.Withdrawn ? null : review;
        }
    }

    /// <summary>
    /// Reviews many accounts, whose wake-ups are written together: storage bills by the transaction. Returns what went wrong, by account;
    /// throws <see cref="TransientStoreException"/> when the wake-ups of all cannot be written.
    /// </summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="isAsked">Whether somebody asked for them, see <see cref="ReviewInput.IsAsked"/>.</param>
    /// <param name="cancellationToken">Ends the reviewing.</param>
    public async Task<IReadOnlyDictionary<AccountKey, Exception>> ReviewAsync(
        IReadOnlyList<AccountKey> accounts,
        bool isAsked,
        CancellationToken cancellationToken
    )
    {
        await reader.RefreshAsync(cancellationToken);
        var failures = new ConcurrentDictionary<AccountKey, Exception>();
        foreach (var chunk in accounts.Chunk(ReviewMessage.MaxAccounts))
        {
            var prepared = new ConcurrentBag<PreparedReview>();
            await EachAsync(
                chunk,
                account => account,
                async account =>
                {
                    if (await PrepareAsync(account, isAsked, cancellationToken) is { } review)
                        prepared.Add(review);
                }
            );
            await wakes.AddAsync([.. prepared.SelectMany(review => review.Wakes)], cancellationToken);
            await EachAsync(
                prepared,
                review => review.Account.Key,
                async review =>
                {
                    bool saved = await writer.SaveAsync(review, cancellationToken);
                    if (!saved || review.Decision.Outcome == ReviewOutcome.MoreToLookAt)
                        await ReviewAsync(review.Account.Key, isAsked, cancellationToken);
                }
            );
            await wakes.RemoveAsync([.. prepared.SelectMany(review => review.DoneWakes)], cancellationToken);
        }
        return failures;

        Task EachAsync<T>(IEnumerable<T> items, Func<T, AccountKey> keyOf, Func<T, Task> work) =>
            Parallel.ForEachAsync(
                items,
                new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
                async (item, _) =>
                {
                    try
                    {
                        await work(item);
                    }
                    catch (Exception fault) when (fault is not OperationCanceledException)
                    {
                        failures[keyOf(item)] = fault;
                    }
                }
            );
    }

    private async Task<Attempt<(ReviewOutcome Outcome, AccountReview? Review)>> StepAsync(
        AccountKey key,
        bool isAsked,
        CancellationToken cancellationToken
    )
    {
        if (await reader.ReadAsync(key, isAsked, cancellationToken) is not { } input)
            return (ReviewOutcome.Withdrawn, null);
        var decision = await DecideAsync(input, cancellationToken);
        if (decision.IsEmpty)
            return (decision.Outcome, input.Account.Review);
        var prepared = await writer.PrepareAsync(input, decision, cancellationToken);
        await wakes.AddAsync(prepared.Wakes, cancellationToken);
        bool saved = await writer.SaveAsync(prepared, cancellationToken);
        await wakes.RemoveAsync(prepared.DoneWakes, cancellationToken);
        return saved ? (decision.Outcome, prepared.Account.Review) : Attempt.Conflict;
    }

    /// <summary>What is to be saved of an account's review; null when there is nothing to do.</summary>
    private async Task<PreparedReview?> PrepareAsync(AccountKey key, bool isAsked, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(key, isAsked, cancellationToken) is not { } input)
            return null;
        var decision = await DecideAsync(input, cancellationToken);
        return decision.IsEmpty ? null : await writer.PrepareAsync(input, decision, cancellationToken);
    }

    /// <summary>Asks for the decision, step by step, and reads the people that each step names.</summary>
    private async Task<ReviewDecision> DecideAsync(ReviewInput input, CancellationToken cancellationToken)
    {
        if (!decider.Covers(input))
            return ReviewDecider.Withdraw(input);
        var scope = decider.Begin(input);
        var read = await reader.NextAsync(scope, cancellationToken);
        if (scope.StillHolds && read.IsEmpty)
            return ReviewDecider.Confirm(scope);
        var people = decider.LookAt(scope, read);
        if (!people.AreComplete)
            return ReviewDecider.Pause(people);
        var found = decider.Assess(people, await reader.QuotedAsync(people, cancellationToken));
        return decider.Decide(found, await reader.AudienceAsync(found, cancellationToken));
    }
}
