using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Folding;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Indexes;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.WakeUps;

/// <summary>
/// Turns wake-ups that are due into work: reviews, sends and what other systems are told go to their queues, moves, alerts and list
/// repairs are done at once. One account's fault puts its own wake-up off and holds up nobody else's.
/// </summary>
/// <remarks>
/// A run takes one page of every shard. A shard with more is handed over to the workers of the reviews queue, so that a timer's one
/// call ends soon however much is due, and shards are swept side by side.
/// </remarks>
public sealed partial class WakeSweep(
    WakeIndex wakes,
    IMessageQueue queue,
    HistoryMover mover,
    AccountLists accounts,
    AlertKeeper alerts,
    LetterBox letters,
    UnreadableRows unreadable,
    TimeProvider clock,
    ILogger<WakeSweep> logger
)
{
    /// <summary>Wake-ups that are read and removed in one go.</summary>
    public const int PageSize = 500;

    /// <summary>Pages that a worker sweeps before it hands a shard on, well within a message's lock.</summary>
    private const int PagesAtOnce = 40;

    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(10);

    /// <summary>A page is a thousand entities of one partition, read and removed; the table serves 2,000 a second.</summary>
    private static readonly TimeSpan PageTime = TimeSpan.FromSeconds(0.6);

    /// <summary>Sweeps a page of every shard, and hands shards with more to the workers; returns how many wake-ups it did itself.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int total = await letters.SendDueAsync(cancellationToken);
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
        {
            int swept = await SweepPageAsync(shard, clock.GetUtcNow(), cancellationToken);
            if (swept == PageSize)
                await HandOverAsync(shard, cancellationToken);
            total += swept;
        }
        return total;
    }

    /// <summary>Goes on with a shard that was handed over, until nothing in it is due or it is time to hand it on.</summary>
    public async Task GoOnAsync(int shard, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        for (int page = 0; page < PagesAtOnce; page++)
        {
            long began = clock.GetTimestamp();
            if (await SweepPageAsync(shard, now, cancellationToken) < PageSize)
                return;
            var rest = PageTime - clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, clock, cancellationToken);
        }
        await HandOverAsync(shard, cancellationToken);
    }

    private Task HandOverAsync(int shard, CancellationToken cancellationToken) =>
        queue.SendAsync(QueueNames.Reviews, [ReviewMessage.OfSweep(shard, clock.GetUtcNow())], cancellationToken);

    private async Task<int> SweepPageAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await wakes.DueAsync(shard, now, PageSize, cancellationToken);
        if (due.Count == 0)
            return 0;
        var reviews = due.Where(wake => wake.Kind == WakeKind.Review).Select(wake => wake.Account).Distinct();
        await SendAsync(QueueNames.Reviews, ReviewMessage.Pack(reviews, now), cancellationToken);
        var outreach = due.Where(wake => wake.Kind == WakeKind.Outreach)
            .DistinctBy(wake => wake.Reference, StringComparer.Ordinal)
            .Select(wake => new OutreachId(wake.Reference).ToMessage(wake.At));
        await SendAsync(QueueNames.Outreach, outreach, cancellationToken);
        var webhooks = due.Where(wake => wake.Kind == WakeKind.Webhooks)
            .DistinctBy(wake => wake.Account)
            .Select(wake => WebhookOutbox.MessageOf(wake.Account, StorageKey.Time(wake.At)));
        await SendAsync(QueueNames.Webhooks, webhooks, cancellationToken);
        foreach (var wake in due)
            await DoAsync(wake, now, cancellationToken);
        await wakes.RemoveAsync(due, cancellationToken);
        return due.Count;
    }

    private async Task DoAsync(Wake wake, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            if (wake.Kind == WakeKind.Move)
                await mover.MoveAsync(wake.Account, cancellationToken);
            else if (wake.Kind == WakeKind.Lists)
                await accounts.RepairAsync(wake.Account, cancellationToken);
            else if (wake.Kind == WakeKind.Alert)
                await alerts.TendAsync(wake.Account, cancellationToken);
            else
                return;
            await unreadable.MendAsync(BackgroundWork.WakeUps, wake.Account.Value, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogPutOff(logger, fault, wake.Kind, wake.Account.Value);
            await wakes.AddAsync(wake with { At = now + PutOff }, cancellationToken);
            if (UnreadableRows.IsOwn(fault))
                await unreadable.NoteAsync(BackgroundWork.WakeUps, wake.Account.Value, fault, cancellationToken);
        }
    }

    private async Task SendAsync(string name, IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var batch in messages.Chunk(100))
            await queue.SendAsync(name, batch, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The wake-up {Kind} of account {Account} failed; it is put off.")]
    private static partial void LogPutOff(ILogger logger, Exception fault, WakeKind kind, string account);
}
