using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Asks for a review of every account: those in the lists, and those that wait for their first. A shard of the lists with more accounts
/// than one page is handed to the workers of the reviews queue, so that a million take many hands and no call waits for them.
/// </summary>
public sealed class ReviewFanOut(AccountLists accounts, WakeIndex wakes, IMessageQueue queue, TimeProvider clock)
{
    private const int MessagesAtOnce = 100;

    /// <summary>Asks for everybody's review now.</summary>
    public Task<ReviewsAskedFor> AskAllAsync(CancellationToken cancellationToken) =>
        AskAllAsync(StorageKey.Time(clock.GetUtcNow()), cancellationToken);

    /// <summary>Asks for everybody's review.</summary>
    /// <param name="occasion">Names the reason: asked again for the same one, a shard on its way is not asked twice. Up to 100
    /// characters.</param>
    /// <param name="cancellationToken">Ends the asking between pages.</param>
    public async Task<ReviewsAskedFor> AskAllAsync(string occasion, CancellationToken cancellationToken)
    {
        int asked = 0;
        bool complete = true;
        for (int shard = 0; shard < ShardedList.Shards; shard++)
        {
            if (await accounts.FitsPageAsync(AccountLists.ByRisk, shard, cancellationToken))
            {
                asked += await AskShardAsync(shard, cancellationToken);
                continue;
            }
            complete = false;
            await queue.SendAsync(QueueNames.Reviews, [ReviewMessage.OfAll(shard, occasion)], cancellationToken);
        }
        return new ReviewsAskedFor(asked, complete);
    }

    /// <summary>Asks for the reviews of one shard of the lists; returns how many.</summary>
    public async Task<int> AskShardAsync(int shard, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var asked = new HashSet<AccountKey>();
        var waiting = new List<AccountKey>();
        await foreach (var account in accounts.KeysOfShardAsync(AccountLists.ByRisk, shard, cancellationToken))
            await AskAsync(account);
        // Lists and due index are spread by the same hash: the wake-ups of this shard's accounts are in few shards of the other.
        for (int due = shard; due < WakeIndex.Shards; due += ShardedList.Shards)
        {
            await foreach (var wake in wakes.AllAsync(due, cancellationToken))
            {
                if (wake.Kind == WakeKind.Review)
                    await AskAsync(wake.Account);
            }
        }
        await SendAsync();
        return asked.Count;

        async Task AskAsync(AccountKey account)
        {
            if (!asked.Add(account))
                return;
            waiting.Add(account);
            if (waiting.Count == MessagesAtOnce * ReviewMessage.MaxAccounts)
                await SendAsync();
        }

        async Task SendAsync()
        {
            if (waiting.Count > 0)
                await queue.SendAsync(QueueNames.Reviews, [.. ReviewMessage.Pack(waiting, now, isAsked: true)], cancellationToken);
            waiting.Clear();
        }
    }
}

/// <summary>How many accounts were asked for, and whether that was all: the others are found by whoever receives their shard.</summary>
public sealed record ReviewsAskedFor(int Accounts, bool Complete);
