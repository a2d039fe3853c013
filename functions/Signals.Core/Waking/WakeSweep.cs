using Microsoft.Extensions.Logging;
using Signals.Core.Folding;
using Signals.Core.Lists;
using Signals.Core.Messaging;
using Signals.Core.Outreach;
using Signals.Core.Reviews;

namespace Signals.Core.Waking;

/// <summary>
/// Turns wake-ups that are due into work: reviews and sends go to their queues, moves and list repairs are done at once. One account's
/// fault puts its own wake-up off and holds up nobody else's.
/// </summary>
public sealed partial class WakeSweep(
    WakeIndex wakes, IMessageQueue queue, HistoryMover mover, AccountLists accounts, TimeProvider clock, ILogger<WakeSweep> logger)
{
    private const int PageSize = 500;

    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(10);

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
            var reviews = due.Where(wake => wake.Kind == WakeKind.Review).Select(wake => wake.Account).Distinct().Select(account => ReviewMessage.Of(account, now));
            await SendAsync(QueueNames.Reviews, reviews, cancellationToken).ConfigureAwait(false);
            var outreach = due.Where(wake => wake.Kind == WakeKind.Outreach).DistinctBy(wake => wake.Reference, StringComparer.Ordinal)
                .Select(wake => new OutreachId(wake.Reference).ToMessage(wake.At));
            await SendAsync(QueueNames.Outreach, outreach, cancellationToken).ConfigureAwait(false);
            foreach (var wake in due)
                await DoAsync(wake, now, cancellationToken).ConfigureAwait(false);
            await wakes.RemoveAsync(shard, due, cancellationToken).ConfigureAwait(false);
            total += due.Count;
        }
    }

    private async Task DoAsync(Wake wake, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            if (wake.Kind == WakeKind.Move)
                await mover.MoveAsync(wake.Account, cancellationToken).ConfigureAwait(false);
            else if (wake.Kind == WakeKind.Lists)
                await accounts.RepairAsync(wake.Account, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogPutOff(logger, fault, wake.Kind, wake.Account.Value);
            await wakes.AddAsync(wake with { At = now + PutOff }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(string name, IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var batch in messages.Chunk(100))
            await queue.SendAsync(name, batch, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The wake-up {Kind} of account {Account} failed; it is put off.")]
    private static partial void LogPutOff(ILogger logger, Exception fault, WakeKind kind, string account);
}
