using Signals.Core.Folding;
using Signals.Core.Lists;
using Signals.Core.Messaging;
using Signals.Core.Reviews;

namespace Signals.Core.Waking;

/// <summary>Turns wake-ups that are due into work: reviews and sends go to their queues, moves and list repairs are done at once.</summary>
public sealed class WakeSweep(WakeIndex wakes, IMessageQueue queue, HistoryMover mover, AccountLists accounts, TimeProvider clock)
{
    private const int PageSize = 500;

    /// <summary>Sweeps every shard; returns how many wake-ups were due.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int total = 0;
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
            total += await RunAsync(shard, cancellationToken).ConfigureAwait(false);
        return total;
    }

    /// <summary>Sweeps one shard until nothing in it is due.</summary>
    public async Task<int> RunAsync(int shard, CancellationToken cancellationToken)
    {
        int total = 0;
        var now = clock.GetUtcNow();
        while (true)
        {
            var due = await wakes.DueAsync(shard, now, PageSize, cancellationToken).ConfigureAwait(false);
            if (due.Count == 0)
                return total;
            var reviews = due.Where(wake => wake.Kind == WakeKind.Review).Select(wake => wake.Account).Distinct().Select(account => ReviewMessage.Of(account, now)).ToList();
            await SendAsync(QueueNames.Reviews, reviews, cancellationToken).ConfigureAwait(false);
            var outreach = due.Where(wake => wake.Kind == WakeKind.Outreach).Select(wake => wake.Reference).Distinct(StringComparer.Ordinal)
                .Select(id => new OutgoingMessage(id, System.Text.Encoding.UTF8.GetBytes(id))).ToList();
            await SendAsync(QueueNames.Outreach, outreach, cancellationToken).ConfigureAwait(false);
            foreach (var wake in due.Where(wake => wake.Kind == WakeKind.Move))
                await mover.MoveAsync(wake.Account, cancellationToken).ConfigureAwait(false);
            foreach (var wake in due.Where(wake => wake.Kind == WakeKind.Lists))
                await accounts.RepairAsync(wake.Account, cancellationToken).ConfigureAwait(false);
            await wakes.RemoveAsync(shard, due, cancellationToken).ConfigureAwait(false);
            total += due.Count;
        }
    }

    private async Task SendAsync(string name, List<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var batch in messages.Chunk(100))
            await queue.SendAsync(name, batch, cancellationToken).ConfigureAwait(false);
    }
}
