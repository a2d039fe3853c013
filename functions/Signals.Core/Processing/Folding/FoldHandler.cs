using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Response.Erasure;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Seen;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// Folds batches of usage events into account state, each event once however often its message comes. A fault in one account gives back
/// only the messages that hold events for it.
/// </summary>
public sealed partial class FoldHandler(
    EventRouter router,
    AccountFold fold,
    EventFolder folder,
    Quarantine quarantine,
    PipelineCounters counters,
    LiveSince live,
    ImportedHistory imported,
    KnownEvents knownEvents,
    MinuteCounts minutes,
    SeenBook seen,
    LeftOutCounts leftOut,
    ErasedIds erased,
    TimeProvider clock,
    ILogger<FoldHandler> logger
) : IMessageHandler
{
    private const int MaxRounds = 4;

    private static readonly ParallelOptions AccountsAtOnce = new() { MaxDegreeOfParallelism = 64 };

    public string Queue => QueueNames.Usage;

    public int BatchSize => 64;

    public async Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await knownEvents.RefreshAsync(folder.Plan, clock.GetUtcNow(), cancellationToken);
        await erased.RefreshAsync(cancellationToken);
        var settlements = new Settlement?[messages.Count];
        var batches = new EventBatch?[messages.Count];
        for (int i = 0; i < messages.Count; i++)
        {
            try
            {
                batches[i] = EventBatchCodec.Unpack(messages[i].Body);
            }
            catch (CorruptBatchException fault)
            {
                settlements[i] = Settlement.Dead(fault.Message);
                LogUnreadable(logger, messages[i].MessageId, fault.Message);
            }
        }

        var results = await FoldAsync(messages, batches, settlements, cancellationToken);
        var counts = new List<MessageCount>();
        for (int i = 0; i < messages.Count; i++)
        {
            if (settlements[i] is not null || batches[i] is not { } batch)
                continue;
            if (batch.Quarantined.Count > 0)
                await quarantine.AddAsync(
                    messages[i].MessageId,
                    [.. batch.Quarantined.Where(quarantined => !erased.Concerns(quarantined))],
                    cancellationToken
                );
            var left = batch.Events.Select(usageEvent => usageEvent.LeftOutBy).OfType<string>().ToList();
            leftOut.Note(left.Select(rule => new LeftOutNote(LeftOutKind.People, rule, null)));
            int dropped = batch.Events.Count(usageEvent => usageEvent.LeftOutBy is null && erased.Concerns(usageEvent));
            leftOut.Note(Enumerable.Repeat(new LeftOutNote(LeftOutKind.Erased, LeftOutRules.ErasedEvents, null), dropped));
            int folded = left.Count + dropped,
                duplicates = 0;
            foreach (var result in results)
            {
                var (f, d) = result.Counts.GetValueOrDefault(i);
                folded += f;
                duplicates += d;
            }
            counts.Add(new MessageCount(messages[i].MessageId, messages[i].EnqueuedAt, folded, duplicates, batch.Quarantined.Count));
            var lag = LagOf(batch);
            SignalsMetrics.RecordFold(folded, duplicates, batch.Quarantined.Count, lag);
            minutes.NoteFold(folded, duplicates, batch.Quarantined.Count, lag);
            seen.Note(batch);
        }
        await counters.AddAsync(counts, cancellationToken);
        return [.. settlements.Select(settlement => settlement ?? Settlement.Done)];
    }

    private TimeSpan? LagOf(EventBatch batch) =>
        batch.Events.Count == 0 ? null : clock.GetUtcNow() - batch.Events.Min(usageEvent => usageEvent.ReceivedAt);

    private async Task<IReadOnlyCollection<FoldResult>> FoldAsync(
        IReadOnlyList<QueueMessage> messages,
        EventBatch?[] batches,
        Settlement?[] settlements,
        CancellationToken cancellationToken
    )
    {
        ulong[] hashes = [.. messages.Select(message => MessageHash.Of(message.MessageId))];
        var pending = new List<(UsageEvent Event, int Message, ulong Id)>();
        for (int i = 0; i < batches.Length; i++)
        {
            // What a crawler did is counted and belongs to nobody; who was erased does not come back.
            foreach (
                var usageEvent in (batches[i]?.Events ?? []).Where(usageEvent =>
                    usageEvent.LeftOutBy is null && !erased.Concerns(usageEvent)
                )
            )
                pending.Add((usageEvent, i, MessageHash.Of(usageEvent.MessageId)));
        }
        await NoteAsync(pending.Select(item => item.Event), cancellationToken);
        await LearnAsync(pending, settlements, cancellationToken);

        var results = new ConcurrentBag<FoldResult>();
        for (int round = 0; pending.Count > 0; round++)
        {
            if (round == MaxRounds)
                throw new TransientStoreException($"{pending.Count} events found no account that stayed theirs in {MaxRounds} rounds.");
            var known = new Dictionary<AccountKey, AccountState?>();
            var accounts = await RouteAsync(pending, settlements, resolveUsers: round > 0, known, cancellationToken);
            var displaced = new ConcurrentBag<RoutedEvent>();
            await Parallel.ForEachAsync(
                accounts,
                AccountsAtOnce,
                async (account, _) =>
                {
                    try
                    {
                        var result = await fold.FoldAsync(
                            account.Key,
                            account.Value,
                            known.GetValueOrDefault(account.Key),
                            hashes,
                            cancellationToken
                        );
                        results.Add(result);
                        leftOut.Note(result.LeftOut);
                        foreach (var routed in result.Displaced)
                            displaced.Add(routed);
                        if (result.Retries > 0)
                            LogRetries(logger, account.Key.Value, result.Retries);
                    }
                    catch (Exception fault) when (fault is not OperationCanceledException)
                    {
                        foreach (
                            int message in account.Value.SelectMany(person => person.Events).Select(routed => routed.Message).Distinct()
                        )
                            settlements[message] = GivenBack(fault);
                        LogFailed(logger, fault, account.Key.Value);
                    }
                }
            );
            pending = displaced.Select(routed => (routed.Event, routed.Message, routed.Id)).OrderBy(item => item.Message).ToList();
        }
        return results;
    }

    /// <summary>
    /// Enters what the batch says of who is who into the directory; events that cannot be entered wait for another delivery.
    /// </summary>
    private async Task LearnAsync(
        List<(UsageEvent Event, int Message, ulong Id)> pending,
        Settlement?[] settlements,
        CancellationToken cancellationToken
    )
    {
        var learnt = new HashSet<(EventType, string, string)>();
        var faulty = new HashSet<UsageEvent>(ReferenceEqualityComparer.Instance);
        foreach (var (usageEvent, message, _) in pending)
        {
            try
            {
                await router.LearnAsync(usageEvent, learnt, cancellationToken);
            }
            catch (Exception fault) when (IsOfOne(fault))
            {
                settlements[message] = GivenBack(fault);
                faulty.Add(usageEvent);
                LogUnrouted(logger, fault, usageEvent.MessageId);
            }
        }
        pending.RemoveAll(item => faulty.Contains(item.Event));
    }

    private async Task<Dictionary<AccountKey, List<PersonWork>>> RouteAsync(
        List<(UsageEvent Event, int Message, ulong Id)> pending,
        Settlement?[] settlements,
        bool resolveUsers,
        Dictionary<AccountKey, AccountState?> known,
        CancellationToken cancellationToken
    )
    {
        var people = new Dictionary<(AccountKey, PersonKey), PersonWork>();
        var accounts = new Dictionary<AccountKey, List<PersonWork>>();
        foreach (var (usageEvent, message, id) in pending)
        {
            PersonKey person;
            AccountKey account;
            try
            {
                (person, account) = await router.RouteAsync(usageEvent, resolveUsers, known, cancellationToken);
            }
            catch (Exception fault) when (IsOfOne(fault))
            {
                settlements[message] = GivenBack(fault);
                LogUnrouted(logger, fault, usageEvent.MessageId);
                continue;
            }
            if (!people.TryGetValue((account, person), out var work))
            {
                people[(account, person)] = work = new PersonWork(person, []);
                if (!accounts.TryGetValue(account, out var list))
                    accounts[account] = list = [];
                list.Add(work);
            }
            work.Events.Add(new RoutedEvent(usageEvent, message, id, person, account));
        }
        return accounts;
    }

    /// <summary>Notes first live events, and the first of each event that the model mentions.</summary>
    private async Task NoteAsync(IEnumerable<UsageEvent> events, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstLive = null;
        bool isHistory = false;
        var earliest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var usageEvent in events)
        {
            isHistory |= usageEvent.Imported;
            if (EventFolder.IsLive(usageEvent) && (firstLive is null || usageEvent.ReceivedAt < firstLive))
                firstLive = usageEvent.ReceivedAt;
            if (
                folder.Plan.For(usageEvent.Name) is not null
                && (!earliest.TryGetValue(usageEvent.Name, out var at) || usageEvent.Timestamp < at)
            )
                earliest[usageEvent.Name] = usageEvent.Timestamp;
        }
        if (isHistory)
            await imported.NoteAsync(cancellationToken);
        if (firstLive is { } receivedAt)
            await live.NoteAsync(receivedAt, cancellationToken);
        foreach (var (name, at) in earliest)
            await knownEvents.NoteAsync(name, at, cancellationToken);
    }

    /// <summary>True for a fault of one person's or account's own; a store that is out of reach is everybody's.</summary>
    private static bool IsOfOne(Exception fault) => fault is not (OperationCanceledException or TransientStoreException);

    private static Settlement GivenBack(Exception fault) => Settlement.Again($"{fault.GetType().Name}: {fault.Message}");

    [LoggerMessage(Level = LogLevel.Error, Message = "Usage message {MessageId} cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string messageId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} found no account; its message is given back.")]
    private static partial void LogUnrouted(ILogger logger, Exception fault, string eventId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Folding into account {Account} failed; its messages are given back.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string account);

    [LoggerMessage(Level = LogLevel.Information, Message = "Folding into account {Account} met other writers {Retries} times.")]
    private static partial void LogRetries(ILogger logger, string account, int retries);
}
